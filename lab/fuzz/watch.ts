import { fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inEnvironment } from '../../local/testing/environment.ts';
import type { Attack, Message } from './attack.ts';

/** Limits for an input: time in ms and memory in bytes. */
const limits = { longest: 10_000, largest: 1024 ** 3 };
/** On a busy machine a process waits for its turn: one that does not use the processor gets this many times as long. */
const patience = 12;

export interface Outcome {
  inputs: number;
  seconds: number;
  /** Peak resident memory in bytes; 0 if it cannot be read. */
  peakMemory: number;
  /** Slowest input, in ms, measured from outside. */
  slowest: number;
  /** The finding, if any. */
  finding?: string;
}

async function residentMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1024;
}

/** Returns the processor time of a process in milliseconds, or the elapsed time if that cannot be read. */
async function worked(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // Fields 14 and 15, in hundredths of a second, counted after the name in brackets (proc(5)).
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
    .map(Number);
  return user === undefined || system === undefined ? performance.now() : (user + system) * 10;
}

/**
 * Runs `runs` inputs of one parser in a separate process, which can only write to a temporary folder and is killed when
 * an input takes too long or too much memory.
 */
export const watch = (
  attack: Omit<Attack, 'folder' | 'targets'>,
  { longest, largest } = limits,
  targets = join(import.meta.dirname, 'targets/index.ts'),
): Promise<Outcome> =>
  inEnvironment('fuzz', async ({ folder }) => {
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
    /** The last input that the guard saw, and the processor time at that point. */
    let seen = { input: 0, worked: 0 };
    const spent = () => performance.now() - since;
    const found = (what: string, path = String(outcome.inputs - 1)) => {
      const repeat = `make lab WHAT=fuzz PARSER=${attack.parser} SEED=${attack.seed} AT=${path}`;
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
      const now = await worked(child.pid ?? 0);
      if (seen.input !== outcome.inputs) seen = { input: outcome.inputs, worked: now };
      else if (outcome.inputs > 0 && (now - seen.worked > longest || spent() > patience * longest))
        end(`one input took more than ${longest / 1000} s`);
      outcome.peakMemory = Math.max(outcome.peakMemory, await residentMemory(child.pid ?? 0));
      if (outcome.peakMemory > largest) end(`it took more than ${largest / 1024 ** 2} MiB of memory`);
    }, 200);
    // Its last message can arrive after its end.
    const heard = new Promise<void>((resolve) => child.once('disconnect', resolve));
    const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
      child.once('error', reject).once('close', (...ended) => resolve(ended));
    });
    await heard;
    clearInterval(guard);
    outcome.seconds = (performance.now() - started) / 1000;
    if (code !== 0) found(`ended by ${signal ?? code}\n${said}`);
    return outcome;
  });
