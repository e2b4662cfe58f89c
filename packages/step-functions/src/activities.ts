/** Tasks of activities that wait for a worker, and workers that wait for a task. */

import type { Execution } from './interpreter/execution.ts';
import { guarded } from './interpreter/step.ts';
import { startActivity } from './interpreter/task.ts';
import type { TaskPhase, Thread } from './interpreter/thread.ts';
import { jsonText } from './json.ts';
import { formatToken } from './task/token.ts';

/** The task that a worker gets. */
export interface ActivityTask {
  readonly taskToken: string;
  /** JSON text. */
  readonly input: string;
}

interface Waiting {
  readonly execution: Execution;
  readonly thread: Thread;
  readonly phase: TaskPhase;
}

type Worker = (task: Waiting) => void;

export class Activities {
  /** By the activity's ARN. An activity has either tasks or workers. */
  readonly #tasks = new Map<string, Waiting[]>();
  readonly #workers = new Map<string, Set<Worker>>();

  /** Gives a task to a worker, or keeps it until one asks. */
  schedule(activityArn: string, task: Waiting): void {
    const workers = this.#workers.get(activityArn);
    const [worker] = workers ?? [];
    if (worker) worker(task);
    else this.#tasks.set(activityArn, [...(this.#tasks.get(activityArn) ?? []), task]);
  }

  /** Number of workers that wait for a task. */
  workers(activityArn: string): number {
    return this.#workers.get(activityArn)?.size ?? 0;
  }

  /** Resolves with the oldest task, or with undefined when the signal aborts first. */
  take(
    activityArn: string,
    workerName: string | undefined,
    signal: AbortSignal,
  ): Promise<ActivityTask | undefined> {
    const tasks = this.#tasks.get(activityArn) ?? [];
    for (let task = tasks.shift(); task !== undefined; task = tasks.shift()) {
      if (isCurrent(task)) return Promise.resolve(begun(task, workerName));
    }
    this.#tasks.delete(activityArn);
    return new Promise((resolve) => {
      const workers = this.#workers.get(activityArn) ?? new Set<Worker>();
      this.#workers.set(activityArn, workers);
      const leave = () => {
        workers.delete(worker);
        if (workers.size === 0) this.#workers.delete(activityArn);
        signal.removeEventListener('abort', abort);
      };
      const worker: Worker = (task) => {
        leave();
        resolve(begun(task, workerName));
      };
      const abort = () => {
        leave();
        resolve(undefined);
      };
      workers.add(worker);
      signal.addEventListener('abort', abort);
      if (signal.aborted) abort();
    });
  }
}

/** Returns whether the thread still waits for this attempt: it could have timed out or been aborted. */
function isCurrent({ execution, thread, phase }: Waiting): boolean {
  return (
    execution.running &&
    execution.threads.get(thread.id) === thread &&
    thread.phase.type === 'task' &&
    thread.phase.nonce === phase.nonce
  );
}

function begun({ execution, thread, phase }: Waiting, workerName: string | undefined): ActivityTask {
  guarded(execution, () => startActivity(execution, thread, phase, workerName));
  return {
    taskToken: formatToken({ execution: execution.record.key, thread: thread.id, nonce: phase.nonce }),
    input: jsonText(phase.parameters),
  };
}
