/** `make test`, `make check` and `make clean`. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { lockHolder } from 'local-aws/state';
import type * as declared from '../config/commands/check.ts';
import { CommandFailed, type OptionsOf } from '../config/commands/command.ts';
import { childStatus, inTurn } from './manga/child.ts';

export function test({ only, long }: OptionsOf<typeof declared.test>): Promise<number> {
  const ofMinutes = long ? ['--testMatch', '**/*.long.ts', '--maxWorkers=1'] : [];
  return childStatus('jest', [...ofMinutes, ...(only ? [only] : [])], {
    ...process.env,
    NODE_OPTIONS: '--experimental-vm-modules',
  });
}

export async function check({ fix }: OptionsOf<typeof declared.check>): Promise<number> {
  if (fix) {
    const status = await childStatus('biome', ['check', '--write', '.']);
    if (status !== 0) return status;
    await (await import('./generated-pages.ts')).writePages();
  }
  // Results of the last check are kept, so that the next one checks only what changed and its dependents.
  const types = (name: string, project: string) =>
    ['tsc', '--incremental', '--tsBuildInfoFile', `dist/types/${name}.tsbuildinfo`, '-p', project] as const;
  return inTurn(
    types('project', '.'),
    types('page', 'local/console/page'),
    ['biome', 'check', '.'],
    ['knip', '--no-progress'],
  );
}

export async function clean(): Promise<void> {
  for (const name of await readdir('.local').catch(() => [])) {
    const pid = lockHolder(join('.local', name));
    if (pid !== undefined)
      throw new CommandFailed(
        `.local/${name} is in use by a running local cloud (process ${pid}); stop it first`,
      );
  }
  for (const folder of ['.local', 'out', 'dist', 'cdktf.out'])
    await rm(folder, { recursive: true, force: true });
}
