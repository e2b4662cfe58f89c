/** The executions that run, and who waits for their end. */

import type { Execution } from './interpreter/execution.ts';
import type { ExecutionRecord } from './store/records.ts';

export class RunningExecutions {
  readonly #byKey = new Map<number, Execution>();
  readonly #byArn = new Map<string, Execution>();
  readonly #onEnd = new Map<number, ((record: ExecutionRecord) => void)[]>();

  add(execution: Execution): void {
    this.#byKey.set(execution.record.key, execution);
    this.#byArn.set(execution.record.arn, execution);
  }

  byKey(key: number): Execution | undefined {
    return this.#byKey.get(key);
  }

  /** Also one that has ended in this turn: the store does not know that yet. */
  byArn(arn: string): Execution | undefined {
    return this.#byArn.get(arn);
  }

  all(): Iterable<Execution> {
    return this.#byKey.values();
  }

  /** Calls back once an execution that runs has ended and that is stored. */
  whenEnded(key: number, callback: (record: ExecutionRecord) => void): void {
    this.#onEnd.set(key, [...(this.#onEnd.get(key) ?? []), callback]);
  }

  /** Takes an execution out; the answer is what to do once its end is stored. */
  remove({ record }: Execution): () => void {
    this.#byKey.delete(record.key);
    const callbacks = this.#onEnd.get(record.key) ?? [];
    this.#onEnd.delete(record.key);
    return () => {
      this.#byArn.delete(record.arn);
      for (const callback of callbacks) callback(record);
    };
  }
}
