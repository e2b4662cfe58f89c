import { spawn } from 'node:child_process';
import { platform } from 'node:os';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { treeMemory, whileHalted } from './process-tree.ts';

export interface TimedRun {
  /** Excludes the pauses. */
  seconds: number;
  pausedSeconds: number;
  /** Peak memory of the whole process tree, in bytes; 0 if it cannot be read. */
  peakMemory: number;
  lines: string[];
}

export interface TimedRunOptions {
  cwd: string;
  /** Time limit, including the pauses. */
  timeoutSeconds: number;
  /** Variables in addition to those of this process. */
  environment?: Readonly<Record<string, string>>;
  /** The run is done when it prints this, and the process is then stopped; without it, when the process ends. */
  until?: RegExp;
  pauses?: Pauses | undefined;
}

/** Stops the program and its processes after these seconds of its running time while `meanwhile` runs. */
export interface Pauses {
  /** Ascending; times after its end are ignored. */
  at: readonly number[];
  meanwhile: () => Promise<void>;
}

const sampleMs = 200;

/** Runs a program to its end, or until it prints a line. Throws when it fails. */
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
