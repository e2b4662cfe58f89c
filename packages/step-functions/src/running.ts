/** The running executions, and the callbacks that wait for their end. */

import type { Execution } from './interpreter/execution.ts';
import type { ExecutionRecord } from './store/records.ts';

export class RunningExecutions {
  readonly #byKey = new Map<number, Execution>();
  readonly #byArn = new Map<string, Execution>();
  /** Numbers of executions by the ARN of their machine. */
  readonly #ofMachine = new Map<string, number>();
  readonly #onEnd = new Map<number, ((record: ExecutionRecord) => void)[]>();

  add(execution: Execution): void {
    this.#byKey.set(execution.record.key, execution);
    this.#byArn.set(execution.record.arn, execution);
    this.#count(execution, 1);
  }

  byKey(key: number): Execution | undefined {
    return this.#byKey.get(key);
  }

  /** Also finds an execution that has ended in this turn, which the store does not know yet. */
  byArn(arn: string): Execution | undefined {
    return this.#byArn.get(arn);
  }

  /** Returns whether executions of a machine run. */
  has(machineArn: string): boolean {
    return this.#ofMachine.has(machineArn);
  }

  #count({ record: { machineArn } }: Execution, change: number): void {
    const count = (this.#ofMachine.get(machineArn) ?? 0) + change;
    if (count > 0) this.#ofMachine.set(machineArn, count);
    else this.#ofMachine.delete(machineArn);
  }

  all(): Iterable<Execution> {
    return this.#byKey.values();
  }

  /** Calls back when a running execution has ended and its end is stored. */
  whenEnded(key: number, callback: (record: ExecutionRecord) => void): void {
    this.#onEnd.set(key, [...(this.#onEnd.get(key) ?? []), callback]);
  }

  /** Removes an execution. Returns the function to call once its end is stored. */
  remove(execution: Execution): () => void {
    const { record } = execution;
    this.#byKey.delete(record.key);
    this.#count(execution, -1);
    const callbacks = this.#onEnd.get(record.key) ?? [];
    this.#onEnd.delete(record.key);
    return () => {
      this.#byArn.delete(record.arn);
      for (const callback of callbacks) callback(record);
    };
  }
}
