import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface LiveDebugger {
  /** The program with its first arguments. */
  command: readonly [string, ...string[]];
  /** Folder of its configuration, and for its output. */
  folder: string;
}

/** Time limit for restoring. */
const restoreMs = 180_000;

const start = (
  { command: [program, ...first], folder }: LiveDebugger,
  args: readonly string[],
): ChildProcess =>
  // In a separate process group, so that Ctrl-C reaches it only when this program forwards it.
  spawn(program, [...first, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
    cwd: folder,
  });

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  process.kill(-child.pid, signal);
}

/** Runs the bridge until it ends or `stop` resolves; returns whether it was told to end. */
export async function bridge(
  debug: LiveDebugger,
  stop: AbortSignal,
  { say, started }: { say(line: string): void; started(pid: number): void },
): Promise<boolean> {
  const child = start(debug, []);
  if (child.pid !== undefined) started(child.pid);
  const end = () => signalGroup(child, 'SIGINT');
  stop.addEventListener('abort', end, { once: true });
  if (child.stdout)
    createInterface({ input: child.stdout }).on('line', (line) => {
      say(line);
      if (/\[IoT\] Error/.test(line))
        say(
          "live: the bridge to AWS is DOWN; invocations wait for it. Ctrl-C restores the functions' own code.",
        );
    });
  await ended(child);
  stop.removeEventListener('abort', end);
  return stop.aborted;
}

/** Restores the functions' own code. */
export async function restore(debug: LiveDebugger, say: (line: string) => void): Promise<void> {
  const child = start(debug, ['--remove', 'keep-layer']);
  if (child.stdout) createInterface({ input: child.stdout }).on('line', say);
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), restoreMs);
  const code = await ended(child);
  clearTimeout(timer);
  if (code !== 0) throw new Error(`restoring ended with ${code ?? 'a signal'}`);
}
