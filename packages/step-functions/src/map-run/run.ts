/** The state of one running map run: its children, its remaining items, and whether it has failed. */

import type { Execution } from '../interpreter/execution.ts';
import type { MapRunPhase, Thread } from '../interpreter/thread.ts';
import type { MapItem, MapRuns } from '../store/map-runs.ts';
import type { ExecutionRecord, MapRunRecord } from '../store/records.ts';

/** Number of items fetched at a time. */
const page = 100;
/** AWS runs up to 10,000 children at a time; one machine cannot use that many. */
const mostChildrenAtOnce = 1000;

export class Run {
  readonly record: MapRunRecord;
  readonly execution: Execution;
  readonly thread: Thread;
  readonly phase: MapRunPhase;
  readonly children = new Set<Execution>();
  /** Children to redrive before new ones are started, fetched from the store; the last one comes first. */
  redrivable: ExecutionRecord[] = [];
  failedItems = 0;
  ending = false;
  readonly #store: MapRuns;
  #fetched: MapItem[] = [];
  #after = 0;

  constructor(
    record: MapRunRecord,
    execution: Execution,
    thread: Thread,
    phase: MapRunPhase,
    store: MapRuns,
  ) {
    this.record = record;
    this.execution = execution;
    this.thread = thread;
    this.phase = phase;
    this.#store = store;
  }

  /** Returns whether its thread still waits for it. */
  get current(): boolean {
    const { execution, thread, phase } = this;
    return (
      execution.running &&
      execution.threads.get(thread.id) === thread &&
      thread.phase.type === 'mapRun' &&
      thread.phase.arn === phase.arn
    );
  }

  get full(): boolean {
    return this.children.size >= Math.min(this.record.maxConcurrency, mostChildrenAtOnce);
  }

  /** Returns whether more items have failed than are tolerated. Without a tolerance, one failure is enough. */
  get failed(): boolean {
    const { toleratedCount, toleratedPercentage, itemCount } = this.record;
    const share = toleratedPercentage === undefined ? undefined : (itemCount * toleratedPercentage) / 100;
    const limits = [toleratedCount, share].filter((limit) => limit !== undefined);
    return this.failedItems > (limits.length === 0 ? 0 : Math.min(...limits));
  }

  /** Takes the next item without a child. */
  takeItem(): MapItem | undefined {
    if (this.#fetched.length === 0)
      this.#fetched = this.#store.items(this.record.arn, this.#after, page).reverse();
    const item = this.#fetched.pop();
    if (item) this.#after = item.position;
    return item;
  }
}
