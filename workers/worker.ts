import { workerAge } from '../config/workers.ts';
import { PipelineError, SpotInterrupted } from '../domain/errors.ts';
import type { Log } from '../domain/log.ts';
import type { WorkerTask } from '../domain/worker-task.ts';

export interface WorkerPorts {
  /** Answers and heartbeats; false when nobody waits for the task any more. */
  heartbeat(taskToken: string): Promise<boolean>;
  succeed(taskToken: string, output: unknown): Promise<boolean>;
  fail(taskToken: string, error: string, cause: string): Promise<boolean>;
  /** When EC2 takes the machine back, ISO 8601; undefined while it does not. */
  spotNotice(): Promise<string | undefined>;
  log: Log;
}

export interface WorkerOptions {
  /** The ASL waits 300 s for a heartbeat, so four may be lost. */
  heartbeatMs: number;
  /** AWS recommends to look for a notice every 5 s (EC2 user guide, Spot interruption notices). */
  noticeMs: number;
  /** The contract's error name for whatever has no name of its own. */
  fallbackError: string;
  /** Ends the work from outside, as SIGTERM does. */
  terminated: AbortSignal;
}

/** The work of one machine. It ends soon after the signal and leaves its finished pieces in the bucket. */
export type Work = (signal: AbortSignal) => Promise<unknown>;

/** Somebody else answered, or the execution ended: there is nothing left to answer. */
class TaskOver extends Error {
  override readonly name = 'TaskOver';
}

/** Calls `check` again and again until the signal; a failing check is logged and tried again next time. */
function every(ms: number, signal: AbortSignal, log: Log, check: () => Promise<void>): void {
  const timer = setInterval(() => {
    check().catch((error: unknown) =>
      log({ level: 'WARN', event: 'worker_check_failed', reason: String(error) }),
    );
  }, ms);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}

/** The pipeline's own errors keep their name: the flow knows it. */
function describe(error: unknown, fallback: string): { error: string; cause: string } {
  if (error instanceof PipelineError) return { error: error.name, cause: error.message };
  return {
    error: fallback,
    cause: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
  };
}

/**
 * Does one task: heartbeats while it works, stops when EC2 takes the machine back, answers the token, returns. The
 * machine powers off when the process ends. Answers whether the task was answered with success.
 */
export async function runWorker(task: WorkerTask, work: Work, ports: WorkerPorts, options: WorkerOptions) {
  const { TASK_TOKEN: token, JOB_ID: job_id, WORKER: worker } = task;
  const stop = new AbortController();
  const finished = new AbortController();
  const log: Log = (line) => ports.log({ worker, job_id, ...line });
  const interrupted = (reason: string) => stop.abort(new SpotInterrupted(reason));
  options.terminated.addEventListener(
    'abort',
    () => interrupted(`The machine of the ${worker} was shut down`),
    { once: true },
  );

  const startedAt = performance.now();
  every(options.heartbeatMs, finished.signal, log, async () => {
    const age = Math.round((performance.now() - startedAt) / 1000);
    log({ level: 'INFO', event: workerAge.event, [workerAge.field]: age });
    if (!(await ports.heartbeat(token))) stop.abort(new TaskOver('Nobody waits for this task any more'));
  });
  every(options.noticeMs, finished.signal, log, async () => {
    const time = await ports.spotNotice();
    if (time !== undefined) interrupted(`EC2 takes the machine of the ${worker} back at ${time}`);
  });

  log({ level: 'INFO', event: 'worker_started' });
  try {
    const output = await work(stop.signal);
    const answered = await ports.succeed(token, output);
    log({ level: 'INFO', event: 'worker_finished', answered });
    return answered;
  } catch (thrown) {
    // Work that is stopped throws whatever it was at; the reason it was stopped is what counts.
    const reason: unknown = stop.signal.aborted ? stop.signal.reason : thrown;
    if (reason instanceof TaskOver) {
      log({ level: 'WARN', event: 'worker_abandoned', reason: reason.message });
      return false;
    }
    const { error, cause } = describe(reason, options.fallbackError);
    const answered = await ports.fail(token, error, cause);
    log({ level: 'ERROR', event: 'worker_failed', error, cause, answered });
    return false;
  } finally {
    finished.abort();
  }
}
