import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { lineSplitter } from 'local-aws';
import type { Order, Report } from './orders.ts';
import type { Call, Point } from './point.ts';

type Ready = Extract<Report, { kind: 'ready' }>;
interface Options {
  /** What the process is told to start. */
  order: Extract<Order, { kind: 'start' }>;
  variables: Readonly<Record<string, string>>;
  /** The point at which it is stopped next. */
  armed(): Point | null;
  onCall(call: Call): void;
  onStruck(): void;
}

const program = fileURLToPath(new URL('cloud-process.ts', import.meta.url));

/**
 * Starts the local cloud in a process that can be killed. When it is killed at its point, it starts again on the same
 * state; when it ends in any other way, everything that uses it fails at once, with its last output.
 */
export function startKillableCloud({ order, variables, armed, onCall, onStruck }: Options) {
  const lines: string[] = [];
  let child: ChildProcess | undefined;
  let cloud = start();

  function start(): Promise<Ready> {
    const started = fork(program, {
      env: { ...process.env, ...variables },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    child = started;
    for (const stream of [started.stdout, started.stderr])
      stream?.setEncoding('utf8').on('data', lineSplitter((line) => lines.push(line)).write);
    const { promise: ready, resolve } = Promise.withResolvers<Ready>();
    started.on('message', (report: Report) => {
      if (report.kind === 'ready') resolve(report);
      else if (report.kind === 'passed') onCall(report.call);
      else onStruck();
    });
    started.once('exit', (_status, signal) => {
      if (child !== started) return;
      const isStruck = armed()?.victim === 'cloud' && signal === 'SIGKILL';
      if (isStruck) onStruck();
      cloud = isStruck ? start() : failure(started, lines);
      cloud.catch(() => undefined);
      resolve(cloud);
    });
    tell(order);
    tell({ kind: 'arm', point: armed(), fresh: true });
    return ready;
  }

  function tell(message: Order): void {
    if (child?.connected) child.send(message);
  }

  return {
    /** The running cloud; waits for one that is starting. */
    cloud: () => cloud,
    lines,
    tell,
    kill: () => void child?.kill('SIGKILL'),
    async end(): Promise<void> {
      const last = child;
      child = undefined;
      if (!last || last.exitCode !== null || last.signalCode !== null) return;
      last.kill('SIGKILL');
      await once(last, 'exit');
    },
  };
}

/** Rejects with how a process ended and what it printed last. */
async function failure(child: ChildProcess, lines: readonly string[]): Promise<never> {
  const [status, signal] = await once(child, 'close');
  throw new Error(`the cloud ended (${signal ?? status}):\n${lines.slice(-30).join('\n')}`);
}
