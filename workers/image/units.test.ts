import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { imageVersion } from '../../config/workers.ts';
import { machineLife, renderUserData, workerMemory } from '../../domain/worker-task.ts';

const units = join(import.meta.dirname, 'units');
const textOf = (name: string) => readFileSync(join(units, name), 'utf8');
const worker = textOf('manga-pipeline-worker.service');

/** A root with everything that the units name; undefined without systemd. */
function machine(): string | undefined {
  if (spawnSync('systemd-analyze', ['--version']).status !== 0) return undefined;
  const root = mkdtempSync(join(tmpdir(), 'machine-'));
  cpSync(units, join(root, 'etc/systemd/system'), { recursive: true });
  cpSync(join(import.meta.dirname, 'boot'), join(root, 'usr/local/lib/manga-pipeline'), { recursive: true });
  cpSync('/usr/lib/systemd/system', join(root, 'usr/lib/systemd/system'), { recursive: true });
  for (const program of ['usr/local/bin/node', 'usr/bin/sleep']) {
    mkdirSync(join(root, program, '..'), { recursive: true });
    writeFileSync(join(root, program), '#!/bin/sh\n', { mode: 0o755 });
  }
  return root;
}

test('an image that is built now has the version that workers need', () => {
  const template = readFileSync(join(import.meta.dirname, 'worker.pkr.hcl'), 'utf8');
  const { tag, built, needed } = imageVersion;
  expect(new RegExp(`"${tag}" += "(\\d+)"`).exec(template)?.[1]).toBe(String(built));
  expect([needed({ workerIdleMinutes: 0 }), needed({ workerIdleMinutes: 1 })]).toEqual([2, built]);
});

test('user data starts the unit, which reads the file that user data wrote', () => {
  const script = renderUserData({ WORKER: 'renderer' });
  expect(script).toContain('systemctl start manga-pipeline-worker\n');
  const [, file] = /^EnvironmentFile=(\/.+)$/m.exec(worker) ?? [];
  expect(file).toBeDefined();
  expect(script).toContain(`/dev/stdin ${file} <<`);
});

test('the machine powers off with the task, however it ends', () => {
  expect(worker).toMatch(/^SuccessAction=poweroff$/m);
  expect(worker).toMatch(/^FailureAction=poweroff$/m);
  expect(worker).toMatch(/^Restart=no$/m);
});

test('a worker has the same memory settings everywhere', () => {
  for (const [name, value] of Object.entries(workerMemory))
    expect(worker).toMatch(new RegExp(`^Environment=${name}=${value}$`, 'm'));
});

test('a machine that stays learns how long it can run from the script that gives it the time', () => {
  const { MACHINE_SECONDS: seconds } = machineLife;
  const prepare = readFileSync(join(import.meta.dirname, 'boot/prepare.sh'), 'utf8');
  expect(prepare).toContain(`MACHINE_SECONDS=${seconds}\\n`);
  expect(textOf('manga-pipeline-late-deadline.timer')).toMatch(
    new RegExp(`^OnBootSec=${Number(seconds) / 3600}h$`, 'm'),
  );
});

test('only the worker gets the task token', () => {
  const readers = readdirSync(units).filter((name) => /^EnvironmentFile=\/etc/m.test(textOf(name)));
  expect(readers.sort()).toEqual(['manga-pipeline-prepare.service', 'manga-pipeline-worker.service']);
  expect(textOf('manga-pipeline-prepare.service')).toMatch(/^UnsetEnvironment=TASK_TOKEN$/m);
});

test('systemd accepts the units and rates the worker as well isolated', () => {
  const root = machine();
  if (!root) return console.log('skipped: systemd-analyze is not installed');
  const ask = (...command: string[]) => {
    const { status, stdout, stderr } = spawnSync('systemd-analyze', command, { encoding: 'utf8' });
    // systemd also reports on the units of this machine; only ours count.
    const said = `${stdout}${stderr}`.split('\n').filter((line) => /^\S*manga-pipeline/.test(line));
    return { status, said };
  };
  const names = readdirSync(units);
  expect(ask('verify', `--root=${root}`, ...names).said).toEqual([]);
  const locked = ask(
    'security',
    '--offline=true',
    '--threshold=20',
    `--root=${root}`,
    'manga-pipeline-worker.service',
  );
  expect(locked.status).toBe(0);
  rmSync(root, { recursive: true });
});
