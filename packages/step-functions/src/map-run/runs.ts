/**
 * Distributed Maps: reads the items into the store, runs a child execution for each, and returns the results to the
 * Map's thread. Items, children and the run itself are in the store, so that a restart continues from there.
 */

import type { MapState } from '../definition/model.ts';
import type { Failure } from '../errors.ts';
import type { Execution } from '../interpreter/execution.ts';
import { completeMapRun, failMapRun } from '../interpreter/map-run.ts';
import { guarded } from '../interpreter/step.ts';
import type { Thread } from '../interpreter/thread.ts';
import type { Json } from '../json.ts';
import type { ExecutionRecord, MapRunRecord } from '../store/records.ts';
import { readFailure, resultFailure, thresholdExceeded } from './failures.ts';
import { storeItems } from './item-store.ts';
import { childRecord, newRecord } from './records.ts';
import { writeResults } from './result-files.ts';
import { collectResults, type ResultSources } from './results.ts';
import { Run } from './run.ts';

/** The parts of the engine that map runs use. */
export interface RunsOwner {
  now(): number;
  afterCommit(effect: () => void): void;
  find(arn: string): Execution | undefined;
  start(record: Omit<ExecutionRecord, 'key' | 'status' | 'redriveCount' | 'eventCount'>): Execution;
  redrive(record: ExecutionRecord, fromStart: boolean): Execution;
  stop(execution: Execution, failure: Failure): void;
}

export type MapRunLimits = {
  readonly [Limit in 'maxConcurrency' | 'toleratedCount' | 'toleratedPercentage']: number | undefined;
};

/** Number of children read at a time. */
const pageSize = 500;

export class Runs {
  readonly #owner: RunsOwner;
  readonly #sources: ResultSources;
  readonly #byArn = new Map<string, Run>();
  /** Records to store together with the other changes of this turn. */
  readonly #changed = new Set<MapRunRecord>();
  #closed = false;

  constructor(owner: RunsOwner, sources: ResultSources) {
    this.#owner = owner;
    this.#sources = sources;
  }

  /** Runs the Map of a thread in its mapRun phase: from the start, after a restart, or after a redrive. */
  run(execution: Execution, thread: Thread): void {
    this.#owner.afterCommit(() => {
      const { phase } = thread;
      const state = execution.stateOf(thread);
      if (this.#closed || !execution.running || phase.type !== 'mapRun' || state.type !== 'Map') return;
      const record = this.#sources.runs.find(phase.arn) ?? newRecord(execution, thread, this.#owner.now());
      const run = new Run(record, execution, thread, phase, this.#sources.runs);
      this.#byArn.set(record.arn, run);
      if (phase.redrives > record.redriveCount) this.#redrive(run);
      if (record.itemsRead) this.#goOn(run, state);
      else void this.#read(run, state);
    });
  }

  /** Stores the changed records within the turn's transaction. */
  commit(): void {
    for (const record of this.#changed) this.#sources.runs.put(record);
    this.#changed.clear();
  }

  /** Handles the end of a child, in the same turn. */
  childEnded(child: Execution): void {
    const run = this.#byArn.get(child.record.mapRun ?? '');
    if (!run?.children.delete(child)) return;
    if (child.record.status !== 'SUCCEEDED') run.failedItems += child.record.itemCount ?? 1;
    this.#proceed(run);
  }

  /** Ends the runs whose threads were aborted. */
  review(executions: readonly Execution[]): void {
    if (this.#byArn.size === 0) return;
    const changed = new Set(executions);
    for (const run of this.#byArn.values()) {
      if (changed.has(run.execution) && !run.current) this.#end(run, 'ABORTED');
    }
  }

  /** Handles UpdateMapRun; undefined limits stay unchanged. Returns false for a run that has ended. */
  update(arn: string, limits: MapRunLimits): boolean {
    const run = this.#byArn.get(arn);
    if (!run) return false;
    const given = Object.entries(limits).filter(([, value]) => value !== undefined);
    Object.assign(run.record, Object.fromEntries(given));
    this.#changed.add(run.record);
    run.execution.touch(run.thread);
    this.#proceed(run);
    return true;
  }

  close(): void {
    this.#closed = true;
  }

  async #read(run: Run, state: MapState): Promise<void> {
    const { execution, thread, record } = run;
    const goesOn = () => !this.#closed && run.current;
    try {
      await storeItems(run, state, this.#sources, goesOn);
      if (!goesOn()) return;
      record.itemsRead = true;
      this.#sources.runs.put(record);
      this.#goOn(run, state);
    } catch (error) {
      if (!goesOn()) return;
      const failure = readFailure(error, thread);
      this.#end(run, 'FAILED');
      guarded(execution, () => failMapRun(execution, thread, failure));
    }
  }

  /** Counts what is already in the store and starts the children that can start. */
  #goOn(run: Run, state: MapState): void {
    const { runs, executions } = this.#sources;
    for (const { status, items } of runs.counts(run.record)) {
      if (['FAILED', 'TIMED_OUT', 'ABORTED'].includes(status)) run.failedItems += items;
    }
    for (let offset = 0; ; offset += pageSize) {
      const page = executions.children(run.record.arn, 'RUNNING', pageSize, offset);
      for (const { arn } of page) {
        const child = this.#owner.find(arn);
        if (child) run.children.add(child);
      }
      if (page.length < pageSize) break;
    }
    this.#proceed(run, state);
  }

  #proceed(run: Run, state = mapState(run)): void {
    if (run.ending || !run.record.itemsRead || !run.current) return;
    if (run.failed) {
      this.#finish(run, state, thresholdExceeded);
      return;
    }
    while (!run.full) {
      const failed = this.#takeFailed(run);
      const item = failed ? undefined : run.takeItem();
      // AWS starts children of type EXPRESS again (the guide's page of redriving Map Runs).
      if (failed) run.children.add(this.#owner.redrive(failed, state.distributed?.express ?? false));
      else if (item) run.children.add(this.#owner.start(childRecord(run, state, item, this.#owner.now())));
      else break;
    }
    if (run.children.size === 0) this.#finish(run, state, undefined);
  }

  /** Takes the next child to run again. What is left is found in the store after a restart. */
  #takeFailed(run: Run): ExecutionRecord | undefined {
    const { record } = run;
    if (record.redrivenTo === undefined) return undefined;
    if (run.redrivable.length === 0) {
      const page = this.#sources.executions.redrivable(record.arn, record.redrivenTo, pageSize);
      run.redrivable = page.reverse();
    }
    const child = run.redrivable.pop();
    if (child) record.redrivenTo = child.position ?? record.redrivenTo;
    else delete record.redrivenTo;
    this.#changed.add(record);
    return child;
  }

  /** Makes the results of the children the state's result, once all children are stored. */
  #finish(run: Run, state: MapState, failure: Failure | undefined): void {
    run.ending = true;
    this.#stopChildren(run);
    this.#owner.afterCommit(async () => {
      const { execution, thread, record } = run;
      let result: Json | undefined;
      let failed = failure;
      try {
        result = await this.#result(run, state, failure !== undefined);
        record.resultsWritten = state.distributed?.writer?.toS3 ?? false;
      } catch (error) {
        failed ??= resultFailure(error);
      }
      if (this.#closed || !run.current) return;
      this.#byArn.delete(record.arn);
      this.#close(record, failed ? 'FAILED' : 'SUCCEEDED');
      guarded(execution, () => {
        if (failed) failMapRun(execution, thread, failed);
        else completeMapRun(execution, thread, result ?? []);
      });
    });
  }

  async #result(run: Run, state: MapState, failed: boolean): Promise<Json> {
    const writer = state.distributed?.writer;
    const { arn } = run.record;
    if (writer?.toS3) return writeResults(this.#sources, arn, writer, run.phase.target ?? {});
    return failed ? [] : collectResults(this.#sources, arn, writer);
  }

  #redrive(run: Run): void {
    const { record, phase } = run;
    record.redriveCount = phase.redrives;
    record.redriveDate = this.#owner.now();
    record.status = 'RUNNING';
    delete record.stopDate;
    record.redrivenTo = 0;
    this.#changed.add(record);
  }

  #end(run: Run, status: 'FAILED' | 'ABORTED'): void {
    run.ending = true;
    this.#byArn.delete(run.record.arn);
    this.#stopChildren(run);
    this.#close(run.record, status);
    // The record is stored directly because nothing else must change in this turn.
    this.#sources.runs.put(run.record);
  }

  #stopChildren(run: Run): void {
    const children = [...run.children];
    run.children.clear();
    for (const child of children) this.#owner.stop(child, {});
  }

  #close(record: MapRunRecord, status: 'SUCCEEDED' | 'FAILED' | 'ABORTED'): void {
    record.status = status;
    delete record.redrivenTo;
    record.stopDate = this.#owner.now();
    this.#changed.add(record);
  }
}

function mapState({ execution, thread }: Run): MapState {
  const state = execution.stateOf(thread);
  if (state.type !== 'Map') throw new Error(`${thread.state} is not a Map state`);
  return state;
}
