import type { Log } from '../domain/log.ts';
import type { WorkerTask } from '../domain/worker-task.ts';
import { every } from './every.ts';

export interface NextTaskPorts {
  /** Returns the task that this machine has got; undefined while it has none. */
  handedTask(): Promise<WorkerTask | undefined>;
  /** After it, this machine gets no task; false if it has got one. */
  leave(): Promise<boolean>;
  /** Returns when EC2 interrupts the machine, ISO 8601; undefined otherwise. */
  spotNotice(): Promise<string | undefined>;
  log: Log;
}

export interface NextTaskOptions {
  /** When the waiting ends, in milliseconds since 1970. */
  until: number;
  /** Milliseconds from one look for a task to the next. */
  lookMs: number;
  /** Milliseconds from one check for a Spot notice to the next. */
  noticeMs: number;
  /** Ends the waiting from outside, as SIGTERM does. */
  terminated: AbortSignal;
}

/**
 * Waits for the next task of a machine that has completed one. Returns undefined when the time is over or EC2 takes the machine back:
 * after that it gets no task. A task that it got at the last moment is returned even so, since nothing else works on it.
 */
export async function nextTask(
  ports: NextTaskPorts,
  { until, lookMs, noticeMs, terminated }: NextTaskOptions,
): Promise<WorkerTask | undefined> {
  const { log, handedTask, leave, spotNotice } = ports;
  log({ level: 'INFO', event: 'worker_idle', idle_until: new Date(until).toISOString() });
  const end = new AbortController();
  const found = Promise.withResolvers<WorkerTask | undefined>();
  terminated.addEventListener('abort', () => found.resolve(undefined), { once: true, signal: end.signal });
  if (terminated.aborted) found.resolve(undefined);
  every(lookMs, end.signal, log, async () => {
    try {
      const task = await handedTask();
      if (task) found.resolve(task);
    } finally {
      // Also when no look succeeds, as after a deployment without this setting, which deletes the table.
      if (Date.now() >= until) found.resolve(undefined);
    }
  });
  every(noticeMs, end.signal, log, async () => {
    if ((await spotNotice()) !== undefined) found.resolve(undefined);
  });
  const task = await found.promise;
  end.abort();
  if (task) return task;
  return (await leave()) ? undefined : handedTask();
}
