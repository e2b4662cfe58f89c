import { spawn } from 'node:child_process';
import { platform } from 'node:os';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { treeMemory, whileHalted } from './process-tree.ts';

export interface TimedRun {
  /** Without its pauses. */
  seconds: number;
  pausedSeconds: number;
  /** Highest memory of the whole process tree seen, in bytes; 0 where it can't be read. */
  peakMemory: number;
  lines: string[];
}

export interface TimedRunOptions {
  cwd: string;
  /** Of the run and its pauses. */
  timeoutSeconds: number;
  /** Variables beside those of this process. */
  environment?: Readonly<Record<string, string>>;
  /** The run counts as done when this is printed; the process is then stopped. Else it is done when it ends. */
  until?: RegExp;
  pauses?: Pauses | undefined;
}

/** The program and its processes halt after so many seconds of their own, for as long as `meanwhile` takes. */
export interface Pauses {
  /** Ascending; what comes after its end is left out. */
  at: readonly number[];
  meanwhile: () => Promise<void>;
}

const sampleMs = 200;

/** Runs a program to its end, or to a line that it prints; throws when it fails. */
export async function timedRun(command: string, args: string[], options: TimedRunOptions): Promise<TimedRun> {
  const { cwd, timeoutSeconds, environment, until, pauses } = options;
  const started = performance.now();
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: timeoutSeconds * 1000,
  });
  const lines: string[] = [];
  let peakMemory = 0;
  let pausedMs = 0;
  let paused = false;
  let readyAt: number | undefined;
  const sampler = setInterval(() => {
    if (platform() === 'linux' && child.pid && !paused) {
      peakMemory = Math.max(peakMemory, treeMemory(child.pid));
    }
  }, sampleMs);
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    if (until?.test(line) && readyAt === undefined) {
      readyAt = performance.now();
      child.kill('SIGINT');
    }
  });
  const over = new AbortController();
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  }).finally(() => over.abort());

  const takePauses = async (root: number, { at, meanwhile }: Pauses) => {
    for (const seconds of at) {
      const own = performance.now() - started - pausedMs;
      await sleep(seconds * 1000 - own, undefined, { signal: over.signal }).catch(() => {});
      if (over.signal.aborted) return;
      const since = performance.now();
      paused = true;
      await whileHalted(root, meanwhile);
      paused = false;
      pausedMs += performance.now() - since;
    }
  };
  const pausing = pauses && child.pid ? takePauses(child.pid, pauses) : undefined;
  pausing?.catch(() => child.kill());
  const [status] = await Promise.all([ended, pausing]).finally(() => clearInterval(sampler));
  if (readyAt === undefined && (until !== undefined || status !== 0)) {
    throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${lines.slice(-20).join('\n')}`);
  }
  const seconds = ((readyAt ?? performance.now()) - started - pausedMs) / 1000;
  return { seconds, pausedSeconds: pausedMs / 1000, peakMemory, lines };
}

/** The middle one, or the mean of the two in the middle; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  const middle = sorted.slice(Math.ceil(half) - 1, Math.floor(half) + 1);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}
