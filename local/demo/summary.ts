import type { HistoryEvent } from 'step-functions-local';
import type { Job } from '../../domain/job.ts';
import { stateIn } from './executions.ts';

export interface StateRun {
  name: string;
  seconds: number;
  /** Number of failed attempts that were retried. */
  retries: number;
}

/** Returns the duration of each state of an execution, in the order of entry. */
export function stateRuns(events: readonly HistoryEvent[]): StateRun[] {
  const runs: StateRun[] = [];
  let open: { run: StateRun; since: number; attempts: number } | undefined;
  for (const event of events) {
    const state = stateIn(event);
    if (state?.entered) {
      open = { run: { name: state.name, seconds: 0, retries: 0 }, since: event.timestamp, attempts: 0 };
      runs.push(open.run);
    } else if (open) {
      open.run.seconds = event.timestamp - open.since;
      if (event.type === 'TaskScheduled') open.run.retries = open.attempts++;
      // Time between two states, such as after the last one, belongs to none.
      if (state) open = undefined;
    }
  }
  return runs;
}

/** Formats the states and their durations as a table. */
export function stateTable(runs: readonly StateRun[]): string {
  const width = Math.max(...runs.map(({ name }) => name.length), 'State'.length);
  const row = (name: string, seconds: string, note: string) =>
    `  ${name.padEnd(width)}  ${seconds.padStart(9)}  ${note}`.trimEnd();
  const total = runs.reduce((sum, { seconds }) => sum + seconds, 0);
  return [
    row('State', 'seconds', ''),
    ...runs.map(({ name, seconds, retries }) =>
      row(name, seconds.toFixed(2), retries ? `(retried ${retries} ×)` : ''),
    ),
    row('all', total.toFixed(2), ''),
  ].join('\n');
}

/**
 * Returns the record of a job without its token, which would let anyone complete its task. The address of a video that is on this
 * machine is called what it is.
 */
export function jobRecord(job: Job): string {
  const { task_token: _task, shard_tokens: _shards, ...rest } = job;
  const { youtube_url, ...others } = rest;
  const isFile = youtube_url?.startsWith('file:');
  return JSON.stringify(isFile ? { ...others, video_url: youtube_url } : rest, null, 2);
}
