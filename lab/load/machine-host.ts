/** The thread that runs the machines of a load test, each with the life cycle of a real worker. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import type { Reading } from 'local-aws/clock';
import { followWithIntervals, showTime } from 'local-aws/clock';
import { dynamodb } from '../../aws/clients/dynamodb.ts';
import { s3 } from '../../aws/clients/s3.ts';
import { sfn } from '../../aws/clients/sfn.ts';
import { taskCallback } from '../../aws/task-callback.ts';
import { WorkerTask } from '../../domain/worker-task.ts';
import { instanceMetadata } from '../../workers/instance-metadata.ts';
import { runWorker } from '../../workers/worker.ts';
import type { Fate } from './fate.ts';
import { work } from './light/work.ts';

export type HostOrder =
  | { kind: 'start'; id: number; variables: Record<string, string>; fate: Fate; clock: Reading }
  | { kind: 'clock'; id: number; number: number; clock: Reading }
  | { kind: 'end'; id: number; gently: boolean };
export type HostNews = { id: number } & (
  | { kind: 'line'; text: string }
  | { kind: 'waiting' }
  | { kind: 'followed'; number: number }
  | { kind: 'ended'; how: string }
);

const fallbackErrors = { renderer: 'RenderError', uploader: 'UploadError' } as const;
const clock = followWithIntervals();
showTime(() => clock.reading);
const tell = (news: HostNews) => parentPort?.postMessage(news);

/** Thrown on a machine that has died, so that nothing it had planned happens. */
class Gone extends Error {
  override readonly name = 'Gone';
}

/** The end of the machine that makes a call. */
const ends = new AsyncLocalStorage<AbortSignal>();
/** A machine that died during a call does not make another one. */
const askWhileAlive =
  <Request, Answer>(next: (request: Request) => Promise<Answer>) =>
  (request: Request): Promise<Answer> => {
    ends.getStore()?.throwIfAborted();
    return next(request);
  };
const eachAttempt = { step: 'finalizeRequest', priority: 'low' } as const;
s3.middlewareStack.add(askWhileAlive, eachAttempt);
dynamodb.middlewareStack.add(askWhileAlive, eachAttempt);
sfn.middlewareStack.add(askWhileAlive, eachAttempt);

/** Creates a machine. Its steps are counted, and nothing after the last one has an effect. */
function createMachine(id: number, fate: Fate) {
  const terminated = new AbortController();
  const died = new AbortController();
  let steps = 0;

  function die(): void {
    died.abort(new Gone());
    tell({ id, kind: 'ended', how: 'SIGKILL' });
  }

  function step(): void {
    if (fate.kind === 'dies' && steps === fate.at) die();
    steps += 1;
    died.signal.throwIfAborted();
  }

  return {
    terminated,
    died: died.signal,
    hangs: fate.kind === 'hangs',
    die,
    /** Wraps ports so that each call is two steps, one there and one back. */
    mortal: <Ports extends object>(ports: Ports): Ports =>
      new Proxy(ports, {
        get(target, name) {
          const port: unknown = Reflect.get(target, name);
          if (typeof port !== 'function') return port;
          return (...args: unknown[]) => {
            step();
            const result: unknown = Reflect.apply(port, target, args);
            if (!(result instanceof Promise)) return result;
            return result.finally(step);
          };
        },
      }),
  };
}
type Machine = ReturnType<typeof createMachine>;
const machines = new Map<number, Machine>();

/** Resolves when the signal aborts, with its reason. */
const until = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

async function live(id: number, machine: Machine, variables: Record<string, string>, fate: Fate) {
  const { died, terminated, mortal } = machine;
  const task = WorkerTask.parse(variables);
  const log = (line: object) => tell({ id, kind: 'line', text: JSON.stringify(line) });
  const metadata = variables.AWS_EC2_METADATA_SERVICE_ENDPOINT ?? '';
  try {
    if (fate.kind === 'hangs') await until(died);
    // On the machine's disk, which is deleted with it.
    const folder = await mkdtemp(join(variables.TMPDIR ?? tmpdir(), 'work-'));
    const succeeded = await runWorker(
      task,
      (signal) => {
        if (fate.kind !== 'taken back') return work(task, { variables, folder, mortal, signal });
        tell({ id, kind: 'waiting' });
        return until(signal);
      },
      { ...mortal({ ...taskCallback, spotNotice: instanceMetadata(metadata).spotNotice }), log },
      {
        heartbeatMs: 60_000,
        noticeMs: 5000,
        fallbackError: fallbackErrors[task.WORKER],
        terminated: terminated.signal,
      },
    );
    if (!died.aborted) tell({ id, kind: 'ended', how: `exit status ${succeeded ? 0 : 1}` });
  } catch (error) {
    if (!died.aborted) tell({ id, kind: 'ended', how: String(error) });
  } finally {
    machines.delete(id);
  }
}

parentPort?.on('message', (order: HostOrder) => {
  const { id } = order;
  if (order.kind === 'start') {
    clock.follow(order.clock);
    const machine = createMachine(id, order.fate);
    machines.set(id, machine);
    void ends.run(machine.died, () => live(id, machine, order.variables, order.fate));
  } else if (order.kind === 'clock') {
    clock.follow(order.clock);
    setImmediate(() => tell({ id, kind: 'followed', number: order.number }));
  } else {
    const machine = machines.get(id);
    if (order.gently && !machine?.hangs) machine?.terminated.abort();
    else machine?.die();
  }
});
