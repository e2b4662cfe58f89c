import { workerAge, workerEnd } from '../config/log-lines.ts';
import { PipelineError, SpotInterrupted } from '../domain/errors.ts';
import { inWords } from '../domain/in-words.ts';
import type { Log } from '../domain/log.ts';
import type { WorkerTask } from '../domain/worker-task.ts';
import { every } from './every.ts';

export interface WorkerPorts {
  /** Sends results and heartbeats; false when the task no longer waits. */
  heartbeat(taskToken: string): Promise<boolean>;
  succeed(taskToken: string, output: unknown): Promise<boolean>;
  fail(taskToken: string, error: string, cause: string): Promise<boolean>;
  /** Returns when EC2 interrupts the machine, ISO 8601; undefined otherwise. */
  spotNotice(): Promise<string | undefined>;
  log: Log;
}

export interface WorkerOptions {
  /** The ASL waits 300 s for a heartbeat, so four can be lost. */
  heartbeatMs: number;
  /** AWS recommends checking for a notice every 5 s (EC2 user guide, Spot interruption notices). */
  noticeMs: number;
  /** The specified error name for errors without their own. */
  fallbackError: string;
  /** Stops the work from outside, as SIGTERM does. */
  terminated: AbortSignal;
}

/** The work of one machine. It ends soon after the signal and leaves its finished pieces in the bucket. */
export type Work = (signal: AbortSignal) => Promise<unknown>;

/** The task was completed elsewhere, or the execution ended: there is nothing left to report. */
class TaskOver extends Error {
  override readonly name = 'TaskOver';
}

/** The pipeline's own errors keep their name, which the flow handles. */
function describe(thrown: unknown, fallback: string): { error: string; cause: string } {
  const error = inWords(thrown);
  if (error instanceof PipelineError) return { error: error.name, cause: error.message };
  return {
    error: fallback,
    cause: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
  };
}

/**
 * Does one task: sends heartbeats while it works, stops when EC2 interrupts the machine, completes the task, returns. Returns whether
 * the task was completed with success.
 */
export async function runWorker(task: WorkerTask, work: Work, ports: WorkerPorts, options: WorkerOptions) {
  const { TASK_TOKEN: token, JOB_ID: job_id, WORKER: worker } = task;
  const stop = new AbortController();
  const finished = new AbortController();
  const log: Log = (line) => ports.log({ worker, job_id, ...line });
  const interrupted = (reason: string) => stop.abort(new SpotInterrupted(reason));
  const shutDown = () => interrupted(`The machine of the ${worker} was shut down`);
  options.terminated.addEventListener('abort', shutDown, { once: true, signal: finished.signal });
  if (options.terminated.aborted) shutDown();

  const startedAt = performance.now();
  const age = () => Math.round((performance.now() - startedAt) / 1000);
  every(options.heartbeatMs, finished.signal, log, async () => {
    log({ level: 'INFO', event: workerAge.event, [workerAge.field]: age() });
    if (!(await ports.heartbeat(token))) stop.abort(new TaskOver('This task no longer waits'));
  });
  every(options.noticeMs, finished.signal, log, async () => {
    const time = await ports.spotNotice();
    if (time !== undefined) interrupted(`EC2 interrupts the machine of the ${worker} at ${time}`);
  });

  log({ level: 'INFO', event: 'worker_started' });
  try {
    stop.signal.throwIfAborted();
    const output = await work(stop.signal);
    const accepted = await ports.succeed(token, output);
    log({ level: 'INFO', event: workerEnd.event, [workerEnd.field]: age(), accepted });
    return accepted;
  } catch (thrown) {
    // Stopped work can throw anything; the reason of the stop is reported.
    const reason: unknown = stop.signal.aborted ? stop.signal.reason : thrown;
    if (reason instanceof TaskOver) {
      log({ level: 'WARN', event: 'worker_abandoned', reason: reason.message });
      return false;
    }
    const { error, cause } = describe(reason, options.fallbackError);
    const accepted = await ports.fail(token, error, cause);
    log({ level: 'ERROR', event: 'worker_failed', error, cause, accepted });
    return false;
  } finally {
    finished.abort();
  }
}
