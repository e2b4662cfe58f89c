/** `make deploy WHAT=record`: keeps what is deployed, so that later deployments can be undone. `make deploy` does it itself. */
import { spawnSync } from 'node:child_process';
import { isSame, timeAfter } from '../../domain/deployment-record.ts';
import { ConfigurationError } from '../../domain/errors.ts';
import { storedSchema } from '../../domain/stored-schema.ts';
import { type Cloud, enterCloud } from '../cloud.ts';
import { deployedStage } from './deployed.ts';
import { nameOf } from './rollback.ts';

/** Records what is live, unless the newest record has it. */
export async function recordDeployment(cloud: Cloud, say: (line: string) => void): Promise<void> {
  const stage = await deployedStage(cloud);
  const live = await stage.live();
  const newestCode = Object.entries(live.functions).filter(([, version]) => version === '$LATEST');
  if (newestCode.length > 0)
    throw new ConfigurationError(
      `${newestCode.map(([name]) => name).join(', ')}: the newest code is called and not a published version, as while make live runs, and in a local cloud that nothing was deployed to`,
    );
  const newest = (await stage.records()).at(-1);
  if (newest && isSame(newest, live)) return say(`recorded already: ${nameOf(newest)}`);
  const commit = commitOfCheckout();
  const record = {
    ...{ at: timeAfter(newest, await stage.now()), stored_schema: storedSchema, ...live },
    ...(commit && { commit }),
    ...(await stage.machines(live)),
    policies: await stage.policies(),
  };
  await stage.putRecord(record);
  say(`recorded: ${nameOf(record)}`);
}

/** Returns the commit of this checkout, with `+` when files differ from it; undefined without git. */
function commitOfCheckout(): string | undefined {
  const git = (...args: string[]) => {
    const { status, stdout } = spawnSync('git', args, { cwd: import.meta.dirname, encoding: 'utf8' });
    return status === 0 ? stdout.trim() : undefined;
  };
  const commit = git('rev-parse', 'HEAD');
  return commit && git('status', '--porcelain', '--untracked-files=no') ? `${commit}+` : commit;
}

export async function run(): Promise<void> {
  await recordDeployment(await enterCloud(), console.log);
}
