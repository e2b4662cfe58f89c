import { readdirSync, readFileSync } from 'node:fs';
import { identify, isAlive, type ProcessIdentity } from 'local-aws/state';
import { eventually } from 'local-aws/testing';
import { copyProject, type Dev, type ProjectCopy, startDev } from './testing/project-copy.ts';

/** make dev with every kind of child process: a machine, the debugger ports and the type checker. */
let project: ProjectCopy;
let dev: Dev | undefined;

beforeEach(() => {
  project = copyProject();
  project.save(
    'workers/renderer/main.ts',
    `import { spawn } from 'node:child_process';
     spawn('sleep', ['600']);
     console.log('at work');
     setInterval(() => {}, 1000);`,
  );
});
afterEach(async () => {
  await dev?.kill();
  project.remove();
});

const isLinux = process.platform === 'linux';
if (!isLinux) console.warn('skipped the tests of leftover processes, which need /proc');

/** Returns all descendants of a process. */
function below(pid: number): ProcessIdentity[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8').replace(/^.*\)\s/s, '');
        return [{ pid: Number(name), parent: Number(stat.split(' ')[1]) }];
      } catch {
        return [];
      }
    });
  const found = [pid];
  for (const parent of found)
    found.push(...parents.filter((one) => one.parent === parent).map((one) => one.pid));
  return found.slice(1).flatMap((one) => identify(one) ?? []);
}

/** Returns the command line of a process; empty if it has ended. */
function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

/** Starts everything. Returns the processes, at least one of each kind. */
async function busy(): Promise<ProcessIdentity[]> {
  // Below the ephemeral ports (from 32768), which other tests can have.
  dev = await startDev(project, { INSPECT: String(20_000 + Math.floor(Math.random() * 12_000)) });
  const { child, invoke, printed } = dev;
  await invoke('start-renderer', { job_id: 'job-left', task_token: 'token' });
  await printed(/\[renderer i-\w+\] at work/);
  project.save('functions/cleanup/handler.ts', `${project.read('functions/cleanup/handler.ts')}\n`);
  const commands = () => below(child.pid ?? 0).map(({ pid }) => commandOf(pid));
  for (const kind of [/instance-process/, /^sleep 600/, /proxy-process/, /type-check-process|tsc/])
    await eventually(`a process of ${kind}`, () => commands().some((command) => kind.test(command)));
  return below(child.pid ?? 0);
}

const allGone = (processes: readonly ProcessIdentity[]) =>
  eventually('the end of all processes', () => !processes.some(isAlive));

(isLinux ? describe : describe.skip)('leaves no process behind', () => {
  test('after Ctrl-C', async () => {
    const processes = await busy();
    expect(await dev?.end()).toBe(0);
    await allGone(processes);
  });

  test('after kill -9', async () => {
    const processes = await busy();
    await dev?.kill();
    await allGone(processes);
  });
});
