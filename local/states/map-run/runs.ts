/**
 * Distributed Maps: reads the items into the store, runs a child execution for each, and tells the Map's thread what
 * came of them. Items, children and the run itself are in the store, so that a restart goes on where it was.
 */

import type { MapState } from '../definition/model.ts';
import { EvaluationError, type Failure, StateFailed } from '../errors.ts';
import type { Execution } from '../interpreter/execution.ts';
import { failureOf } from '../interpreter/failure.ts';
import { readItems } from '../interpreter/items.ts';
import { completeMapRun, failMapRun, labelOf, selectItem } from '../interpreter/map-run.ts';
import { guarded } from '../interpreter/step.ts';
import type { Thread } from '../interpreter/thread.ts';
import type { Json } from '../json.ts';
import type { MapItem } from '../store/map-runs.ts';
import type { ExecutionRecord, MapRunRecord } from '../store/records.ts';
import { childInputs } from './batches.ts';
import { readSource } from './reader.ts';
import { collectResults, type ResultSources, writeResults } from './results.ts';
import { Run } from './run.ts';

/** What the runs need of the engine. */
export interface RunsOwner {
  now(): number;
  afterCommit(effect: () => void): void;
  find(arn: string): Execution | undefined;
  start(record: Omit<ExecutionRecord, 'key' | 'status' | 'redriveCount' | 'eventCount'>): Execution;
  redrive(record: ExecutionRecord): Execution;
  stop(execution: Execution, failure: Failure): void;
}

const THRESHOLD_EXCEEDED: Failure = {
  error: 'States.ExceedToleratedFailureThreshold',
  cause: 'The specified tolerated failure threshold was exceeded',
};
/** Items are stored by so many. */
const PAGE = 500;

export class Runs {
  readonly #owner: RunsOwner;
  readonly #sources: ResultSources;
  readonly #byArn = new Map<string, Run>();
  /** Records to be stored with what else this turn changes. */
  readonly #changed = new Set<MapRunRecord>();
  #closed = false;

  constructor(owner: RunsOwner, sources: ResultSources) {
    this.#owner = owner;
    this.#sources = sources;
  }

  /** Runs what a thread in its mapRun phase stands for: from the start, after a restart, or redriven. */
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

  /** The run with this ARN, while it runs. */
  find(arn: string): Run | undefined {
    return this.#byArn.get(arn);
  }

  /** Takes part in the turn's transaction. */
  commit(): void {
    for (const record of this.#changed) this.#sources.runs.put(record);
    this.#changed.clear();
  }

  /** A child has ended, in this turn. */
  childEnded(child: Execution): void {
    const run = this.#byArn.get(child.record.mapRun ?? '');
    if (!run?.children.delete(child)) return;
    if (child.record.status !== 'SUCCEEDED') run.failedItems += child.record.itemCount ?? 1;
    this.#proceed(run);
  }

  /** Ends the runs whose threads were given up. */
  review(executions: readonly Execution[]): void {
    if (this.#byArn.size === 0) return;
    const changed = new Set(executions);
    for (const run of this.#byArn.values()) {
      if (changed.has(run.execution) && !run.current) this.#end(run, 'ABORTED');
    }
  }

  /** Limits that UpdateMapRun changed take effect. */
  updated(run: Run): void {
    this.#changed.add(run.record);
    this.#proceed(run);
  }

  close(): void {
    this.#closed = true;
  }

  async #read(run: Run, state: MapState): Promise<void> {
    const { runs, objects } = this.#sources;
    const { record, execution, thread, phase } = run;
    const reader = state.distributed?.reader;
    try {
      runs.put(record);
      runs.removeItems(record.arn);
      record.itemCount = 0;
      const select = selectItem(execution, thread, state);
      const source = reader
        ? readSource(reader, phase.source ?? {}, objects)
        : readItems(execution, thread, state);
      let page: MapItem[] = [];
      for await (const item of childInputs(selected(source, select, phase.maxItems), phase.batch)) {
        if (this.#closed || !run.current) return;
        record.itemCount += item.itemCount;
        if (page.push(item) < PAGE) continue;
        runs.addItems(record.arn, page);
        page = [];
      }
      if (this.#closed || !run.current) return;
      runs.addItems(record.arn, page);
      record.itemsRead = true;
      runs.put(record);
      this.#goOn(run, state);
    } catch (error) {
      if (this.#closed || !run.current) return;
      const failure = readFailure(error, thread);
      this.#end(run, 'FAILED');
      guarded(execution, () => failMapRun(execution, thread, failure));
    }
  }

  /** Counts what is in the store already, and starts what may start. */
  #goOn(run: Run, state: MapState): void {
    const { runs, executions } = this.#sources;
    for (const { status, items } of runs.counts(run.record.arn)) {
      if (['FAILED', 'TIMED_OUT', 'ABORTED'].includes(status)) run.failedItems += items;
    }
    for (const { itemCount = 1 } of run.redrivable) run.failedItems -= itemCount;
    for (let offset = 0; ; offset += PAGE) {
      const page = executions.listOfMapRun(run.record.arn, 'RUNNING', PAGE, offset);
      for (const { arn } of page) {
        const child = this.#owner.find(arn);
        if (child) run.children.add(child);
      }
      if (page.length < PAGE) break;
    }
    this.#proceed(run, state);
  }

  #proceed(run: Run, state = mapState(run)): void {
    if (run.ending || !run.record.itemsRead || !run.current) return;
    if (run.failed) {
      this.#finish(run, state, THRESHOLD_EXCEEDED);
      return;
    }
    while (!run.full) {
      const failed = run.redrivable.pop();
      const item = failed ? undefined : run.takeItem();
      if (failed) run.children.add(this.#owner.redrive(failed));
      else if (item) run.children.add(this.#owner.start(childRecord(run, state, item, this.#owner.now())));
      else break;
    }
    if (run.children.size === 0) this.#finish(run, state, undefined);
  }

  /** Once all children are stored, their results are made the state's. */
  #finish(run: Run, state: MapState, failure: Failure | undefined): void {
    run.ending = true;
    this.#stopChildren(run);
    this.#owner.afterCommit(async () => {
      const { execution, thread, record } = run;
      let result: Json | undefined;
      let failed = failure;
      try {
        result = await this.#result(run, state, failure !== undefined);
      } catch (error) {
        failed ??= resultFailure(error);
      }
      if (this.#closed || !run.current) return;
      this.#byArn.delete(record.arn);
      this.#close(record, failed ? 'FAILED' : 'SUCCEEDED');
      guarded(execution, () => {
        if (failed) failMapRun(execution, thread, failed);
        else completeMapRun(execution, thread, state, result ?? []);
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
    for (const status of ['FAILED', 'TIMED_OUT', 'ABORTED'])
      run.redrivable.push(...this.#sources.executions.listOfMapRun(record.arn, status, -1, 0));
    this.#changed.add(record);
  }

  #end(run: Run, status: 'FAILED' | 'ABORTED'): void {
    run.ending = true;
    this.#byArn.delete(run.record.arn);
    this.#stopChildren(run);
    this.#close(run.record, status);
    // Nothing else may change in this turn that would store it.
    this.#sources.runs.put(run.record);
  }

  #stopChildren(run: Run): void {
    const children = [...run.children];
    run.children.clear();
    for (const child of children) this.#owner.stop(child, {});
  }

  #close(record: MapRunRecord, status: 'SUCCEEDED' | 'FAILED' | 'ABORTED'): void {
    record.status = status;
    record.stopDate = this.#owner.now();
    this.#changed.add(record);
  }
}

function mapState({ execution, thread }: Run): MapState {
  const state = execution.stateOf(thread);
  if (state.type !== 'Map') throw new Error(`${thread.state} is no Map state`);
  return state;
}

async function* selected(
  items: AsyncIterable<Json> | Iterable<Json>,
  select: (value: Json, index: number) => Json,
  most: number | undefined,
): AsyncGenerator<Json> {
  let index = 0;
  for await (const item of items) {
    if (index === most) return;
    yield select(item, index);
    index += 1;
  }
}

function newRecord(execution: Execution, thread: Thread, now: number): MapRunRecord {
  const { phase } = thread;
  if (phase.type !== 'mapRun') throw new Error(`${thread.state} runs no Map`);
  return {
    arn: phase.arn,
    execution: execution.record.key,
    executionArn: execution.record.arn,
    machineArn: execution.record.machineArn,
    thread: thread.id,
    startDate: now,
    status: 'RUNNING',
    itemsRead: false,
    itemCount: 0,
    maxConcurrency: phase.limit,
    ...(phase.toleratedCount === undefined ? {} : { toleratedCount: phase.toleratedCount }),
    ...(phase.toleratedPercentage === undefined ? {} : { toleratedPercentage: phase.toleratedPercentage }),
    redriveCount: 0,
  };
}

/** `execution:MACHINE/LABEL:NAME`, in the same account as its parent. */
function childRecord(run: Run, state: MapState, item: MapItem, now: number) {
  const { record } = run.execution;
  const label = labelOf(state);
  const prefix = record.machineArn.replace(/:stateMachine:.*$/, '');
  const name = crypto.randomUUID();
  return {
    arn: `${prefix}:execution:${record.machineName}/${label}:${name}`,
    name,
    type: 'STANDARD' as const,
    machineArn: `${prefix}:stateMachine:${record.machineName}/${label}`,
    machineName: record.machineName,
    roleArn: record.roleArn,
    definition: record.definition,
    input: item.input,
    startDate: now,
    mapRun: run.record.arn,
    flow: state.name,
    position: item.position,
    itemCount: item.itemCount,
  };
}

/** What went wrong with an expression goes by its own name; everything else is the reader's failure. */
function readFailure(error: unknown, thread: Thread): Failure {
  if (error instanceof EvaluationError || error instanceof StateFailed) return failureOf(error, thread);
  return { error: 'States.ItemReaderFailed', cause: error instanceof Error ? error.message : String(error) };
}

function resultFailure(error: unknown): Failure {
  if (error instanceof StateFailed) return error.failure;
  return {
    error: 'States.ResultWriterFailed',
    cause: error instanceof Error ? error.message : String(error),
  };
}
