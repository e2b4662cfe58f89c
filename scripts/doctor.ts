/** `make doctor`: checks this machine, the settings of a stage and the account, and says how to fix problems. */
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { accountCheck } from '../aws/account-check.ts';
import { accountRepair } from '../aws/account-repair.ts';
import { deployedFunction } from '../aws/deployed-functions.ts';
import { secretStore } from '../aws/secret-store.ts';
import { stateBucket } from '../aws/state-bucket.ts';
import type { OptionsOf } from '../config/commands/command.ts';
import type { doctor } from '../config/commands/operate.ts';
import { ControlError } from '../local/control/control.ts';
import { loadDeployment } from '../stacks/deployment.ts';
import { namesOf } from '../stacks/names.ts';
import { type Cloud, chooseCloud, enterCloud } from './cloud.ts';
import { accountChecks } from './doctor/account.ts';
import { type Check, type Finding, lookAt, report } from './doctor/check.ts';
import { localCloudChecks, thisMachine } from './doctor/local-cloud.ts';
import { machineChecks, toolChecks } from './doctor/machine.ts';
import { offerRepairs } from './doctor/repair.ts';
import { settingsChecks } from './doctor/stage.ts';
import { providerLock, stateChecks } from './doctor/state.ts';
import { secretNeeds } from './secrets/needs.ts';
import { sharedChannels } from './secrets/youtube-channel.ts';
import { set as setSecret } from './secrets.ts';

type Options = OptionsOf<typeof doctor>;
type Section = readonly [title: string, checks: readonly Check[]];
type Found = { name: string; finding: Finding };

const root = join(import.meta.dirname, '..');

export async function run(options: Options): Promise<number> {
  if (options.audit) return (await import('./supply-chain.ts')).audit();
  const cloud = chosenCloud();
  const found: Found[] = [];
  const checks = new Map<string, Check>();
  for await (const [title, section] of sectionsOf(cloud, options)) {
    const findings = await Promise.all(section.map(lookAt));
    found.push(...findings);
    for (const check of section) checks.set(check.name, check);
    console.log(`${report(title, findings)}\n`);
  }
  const done = options.fix ? await repair(found, options.yes) : [];
  const left = await Promise.all(
    found.map(async (one) => {
      const check = done.includes(one.name) ? checks.get(one.name) : undefined;
      return check ? lookAt(check) : one;
    }),
  );
  const failed = left.filter(({ finding }) => finding.state === 'fail').length;
  if (failed > 0) console.log(`${failed} to fix`);
  return failed > 0 ? 1 : 0;
}

/** Returns the reason in place of a cloud that has not finished starting or stopping: its check says more. */
function chosenCloud(): Cloud | ControlError {
  try {
    return chooseCloud();
  } catch (error) {
    if (error instanceof ControlError) return error;
    throw error;
  }
}

async function* sectionsOf(
  cloud: Cloud | ControlError,
  { ffmpegPath, ffprobePath }: Options,
): AsyncGenerator<Section> {
  const entered =
    cloud instanceof ControlError
      ? cloud
      : await enterCloud(cloud, console.log).catch((error: Error) => error);
  if (entered instanceof Error) console.log(`no cloud is checked: ${entered.message}`);
  console.log();
  const machine = machineChecks(root, ffmpegPath, ffprobePath);
  yield ['This machine', [...machine, ...localCloudChecks(root, thisMachine)]];
  yield ['Tools for deploying', [...toolChecks(), providerLock(root)]];
  if (cloud instanceof ControlError) return;
  const { stage, local } = cloud;
  const deployment = await loadDeployment(stage, root);
  // The local cloud checked its settings when it started.
  if (!local) yield [`Settings of stage ${stage}`, settingsChecks(deployment)];
  if (entered instanceof Error) return;
  const names = namesOf(stage);
  const account = accountChecks(deployment, names, {
    ...accountCheck,
    ...accountRepair,
    deployedFunction,
    secretNeeds: () => secretNeeds({ ...deployment }, (name) => secretStore.stateOf(names.secret(name))),
    sharedChannels: () => sharedChannels(cloud),
    setSecret: (secret) => setSecret(cloud, secret),
  });
  // The local cloud has no images, subscriptions, limits or Terraform.
  if (local) yield ['Local cloud', account.slice(0, 3)];
  else {
    const { bucket, region = deployment.region } = deployment.state;
    yield [`Account, stage ${stage}`, [...stateChecks(deployment, stateBucket(bucket, region)), ...account]];
  }
}

async function repair(found: readonly Found[], yes: boolean): Promise<string[]> {
  const say = (line: string) => console.log(line);
  return offerRepairs(found, { say, yes, ask: process.stdin.isTTY ? askPerson : undefined });
}

/** Opened for each question, since the prompts of secrets read the terminal too. Its end (Ctrl-C, Ctrl-D) is a no. */
async function askPerson(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await terminal.question(question)).trim());
  } catch (error) {
    if ((error as Error).name !== 'AbortError') throw error;
    console.log();
    return false;
  } finally {
    terminal.close();
  }
}
