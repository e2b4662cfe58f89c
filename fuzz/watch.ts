import { fork } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Attack, Message } from './attack.ts';

/** What no input may do: take longer, in ms, or more memory, in bytes. */
const limits = { longest: 10_000, largest: 1024 ** 3 };

export interface Outcome {
  inputs: number;
  seconds: number;
  /** Highest resident memory seen, in bytes; 0 where it can't be read. */
  peakMemory: number;
  /** Slowest single input, in ms, as seen from outside. */
  slowest: number;
  /** What went wrong, or nothing. */
  finding?: string;
}

async function residentMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1024;
}

/**
 * Lets one parser read `runs` inputs in a process of its own: with no right to write outside of a folder that is
 * deleted afterwards, and ended when one input takes too long or too much memory.
 */
export async function watch(
  attack: Omit<Attack, 'folder' | 'targets'>,
  { longest, largest } = limits,
  targets = join(import.meta.dirname, 'targets/index.ts'),
): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'fuzz-'));
  const child = fork(
    join(import.meta.dirname, 'attack.ts'),
    [JSON.stringify({ ...attack, targets, folder })],
    {
      cwd: folder,
      execArgv: ['--permission', '--allow-addons', '--allow-fs-read=*', `--allow-fs-write=${folder}`],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    },
  );
  const started = performance.now();
  const outcome: Outcome = { inputs: 0, seconds: 0, peakMemory: 0, slowest: 0 };
  let said = '';
  let since = started;
  const spent = () => performance.now() - since;
  const found = (what: string, path = String(outcome.inputs - 1)) => {
    const repeat = `make fuzz PARSER=${attack.parser} SEED=${attack.seed} AT=${path}`;
    outcome.finding ??= `${what.trim().slice(0, 4000)}\nagain: ${repeat}`;
  };
  const end = (why: string) => {
    found(why);
    child.kill('SIGKILL');
  };
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-8000);
  });
  child.on('message', (message: Message) => {
    if (outcome.inputs > 0) outcome.slowest = Math.max(outcome.slowest, spent());
    since = performance.now();
    if ('run' in message) outcome.inputs += 1;
    else if (message.finding) found(message.finding.report, message.finding.path);
  });
  const guard = setInterval(async () => {
    if (outcome.inputs > 0 && spent() > longest) end(`one input took more than ${longest / 1000} s`);
    outcome.peakMemory = Math.max(outcome.peakMemory, await residentMemory(child.pid ?? 0));
    if (outcome.peakMemory > largest) end(`it took more than ${largest / 1024 ** 2} MiB of memory`);
  }, 200);
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.once('error', reject).once('close', (...ended) => resolve(ended));
  });
  clearInterval(guard);
  await rm(folder, { recursive: true, force: true });
  outcome.seconds = (performance.now() - started) / 1000;
  if (code !== 0) found(`ended by ${signal ?? code}\n${said}`);
  return outcome;
}
