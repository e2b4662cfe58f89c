import { type ChildProcess, spawn } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Reading } from '../clock/reading.ts';
import { lineSplitter } from '../log.ts';
import { identify, killGroup, type ProcessIdentity } from '../state/process-identity.ts';
import type { ClockOrder, LaunchOrders, MachineAnswer } from './launch-orders.ts';

export interface WorkerProcess {
  identity: ProcessIdentity | undefined;
  /** Resolves when the process has ended and the rest of its group is gone. */
  ended: Promise<string>;
  /** Sends the clock. Resolves when everything due has run, or after a short limit. */
  follow(clock: Reading): Promise<void>;
  /** Sends SIGTERM, and SIGKILL after the given milliseconds. */
  shutDown(grace: number): void;
  kill(): void;
}

/** Does not print the inspector's address: debuggers use the cloud's stable port. */
const quietly = ['--inspect-publish-uid=http'];
/** Milliseconds to wait for a response about the clock. */
const answerTime = 1_000;
type InspectorAnswer = Exclude<MachineAnswer, { kind: 'clock' }>;
const launcher = fileURLToPath(new URL(`./instance-process${extname(import.meta.url)}`, import.meta.url));

/** Starts a worker's main module with only the given variables. */
export type StartWorker = (
  main: string,
  variables: Record<string, string>,
  orders: LaunchOrders,
  onLine: (line: string) => void,
  onAnswer?: (answer: InspectorAnswer) => void,
) => WorkerProcess;

/** Starts it in its own process group. */
export const startWorkerProcess: StartWorker = (main, variables, orders, onLine, onAnswer = () => {}) => {
  const child = spawn(process.execPath, [...(orders.inspect ? quietly : []), launcher, main], {
    env: variables,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const { pid } = child;
  // The end of a child that is already gone is reported below.
  child.send(orders, () => {});
  const signal = (name: NodeJS.Signals) => pid !== undefined && killGroup(pid, name);
  for (const stream of [child.stdout, child.stderr]) {
    const lines = lineSplitter(onLine);
    stream?.setEncoding('utf8').on('data', lines.write).on('end', lines.end);
  }
  const answers = new Map<number, () => void>();
  let lastOrder = 0;
  child.on('message', (answer: MachineAnswer) => {
    if (answer.kind === 'clock') answers.get(answer.number)?.();
    else onAnswer(answer);
  });
  let timer: NodeJS.Timeout | undefined;
  return {
    identity: pid === undefined ? undefined : identify(pid),
    ended: endOf(child).finally(() => {
      clearTimeout(timer);
      signal('SIGKILL');
    }),
    follow(clock) {
      const number = ++lastOrder;
      return new Promise<void>((resolve) => {
        answers.set(number, resolve);
        // A worker that hangs, or is paused by a debugger, must not stop the clock for all others.
        setTimeout(resolve, answerTime).unref();
        child.send({ kind: 'clock', number, clock } satisfies ClockOrder, (error) => error && resolve());
      }).finally(() => answers.delete(number));
    },
    shutDown(grace) {
      signal('SIGTERM');
      timer ??= setTimeout(() => signal('SIGKILL'), grace);
    },
    kill: () => void signal('SIGKILL'),
  };
};

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (status, signal) => resolve(signal ?? `exit status ${status}`));
  });
}
