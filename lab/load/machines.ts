import { Worker } from 'node:worker_threads';
import type { StartWorker, WorkerProcess } from 'local-aws';
import type { Fate, Ill } from './fate.ts';
import type { HostNews, HostOrder } from './machine-host.ts';

interface Options {
  fate(): Fate;
  onIll(kind: Ill): void;
  /** A machine that waits for its Spot notice; `token` belongs to its task. */
  onWaiting(token: string): void;
  onCrash(error: Error): void;
}

/** Machines that work in one thread, because a process for each would take a second of processor time. */
export function hostMachines({ fate, onIll, onWaiting, onCrash }: Options) {
  let host: Worker | undefined;
  let last = 0;
  const running = new Map<number, { busy: boolean; news(news: HostNews): void }>();

  function hostFor(variables: Record<string, string>): Worker {
    if (host) return host;
    host = new Worker(new URL('./machine-host.ts', import.meta.url), {
      env: variables,
      // As for the threads of functions: random variations of the memory would hide growth.
      resourceLimits: { maxYoungGenerationSizeMb: 12 },
    });
    host.on('message', (news: HostNews) => running.get(news.id)?.news(news));
    host.once('error', (error: Error) => {
      onCrash(error);
      for (const [id, { news }] of running) news({ id, kind: 'ended', how: `the host: ${error.message}` });
    });
    return host;
  }

  const startWorker: StartWorker = (_main, variables, orders, onLine): WorkerProcess => {
    const id = ++last;
    const own = fate();
    if (own.kind !== 'works') onIll(own.kind);
    const thread = hostFor(variables);
    const tell = (order: HostOrder) => thread.postMessage(order);
    const ended = Promise.withResolvers<string>();
    const followed = new Map<number, () => void>();
    const machine = {
      // Time can pass while a machine hangs.
      busy: own.kind !== 'hangs',
      news(news: HostNews) {
        if (news.kind === 'line') return onLine(news.text);
        if (news.kind === 'followed') return followed.get(news.number)?.();
        if (news.kind === 'waiting') {
          machine.busy = false;
          return onWaiting(variables.TASK_TOKEN ?? '');
        }
        running.delete(id);
        ended.resolve(news.how);
      },
    };
    running.set(id, machine);
    tell({ kind: 'start', id, variables, fate: own, clock: orders.clock });
    return {
      identity: undefined,
      ended: ended.promise,
      follow(clock) {
        const number = ++last;
        tell({ kind: 'clock', id, number, clock });
        const done = new Promise<void>((resolve) => followed.set(number, resolve));
        return Promise.race([done, ended.promise]).then(() => void followed.delete(number));
      },
      shutDown: () => tell({ kind: 'end', id, gently: true }),
      kill: () => tell({ kind: 'end', id, gently: false }),
    };
  };

  return {
    startWorker,
    /** Returns whether a machine is working rather than waiting for time to pass. */
    isBusy: () => [...running.values()].some(({ busy }) => busy),
    close: () => host?.terminate(),
  };
}
