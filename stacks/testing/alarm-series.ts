import { workerAge } from '../../config/log-lines.ts';
import { type Metrics, metricKey, record, recordLine } from './metrics.ts';
import { account } from './references.ts';
import type { Synthesized } from './synthesized.ts';

export const minute = 60;
export const hour = 60 * minute;
export const day = 24 * hour;

const machine = { StateMachineArn: `arn:aws:states:us-east-1:${account}:stateMachine:manga-pipeline` };
const logs = (name: string) => `/aws/lambda/manga-pipeline-${name}`;

/** Series of a stage that was created at 0, as AWS and the log lines of the pipeline make them. */
export function stageSeries(stage: Synthesized) {
  const metrics: Metrics = new Map();
  const line = (group: string, facts: object, at: number) =>
    recordLine(metrics, stage, group, JSON.stringify(facts), at);
  return {
    metrics,
    /** A call of a function; its errors are counted as 0 when it succeeds. */
    calls(name: string, at: number, errors = 0, throttles = 0) {
      const dimensions = { FunctionName: `manga-pipeline-${name}` };
      record(metrics, metricKey('AWS/Lambda', 'Errors', dimensions), at, errors);
      record(metrics, metricKey('AWS/Lambda', 'Throttles', dimensions), at, throttles);
    },
    runStarts: (at: number) => line(logs('renderer-callback'), { event: 'run_started' }, at),
    runEnds: (name: 'ExecutionsSucceeded' | 'ExecutionsFailed', at: number) =>
      record(metrics, metricKey('AWS/States', name, machine), at),
    jobFails: (failure_class: string, at: number) =>
      line(logs('handle-error'), { event: 'job_failed', failure_class }, at),
    works(start: number, end: number) {
      for (let at = start + minute; at <= end; at += minute)
        line('/manga-pipeline/workers', { event: workerAge.event, [workerAge.field]: at - start }, at);
    },
    deadLetters: (at: number, count: number) =>
      record(
        metrics,
        metricKey('AWS/SQS', 'ApproximateNumberOfMessagesVisible', {
          QueueName: 'manga-pipeline-dead-letters',
        }),
        at,
        count,
      ),
  };
}
export type Series = ReturnType<typeof stageSeries>;

/** A day whose run starts on schedule and ends after `hours`; each of its jobs takes an hour. */
export function goodDay(series: Series, start: number, hours: number): void {
  series.runStarts(start);
  for (let at = start; at < start + hours * hour; at += hour) {
    for (const name of ['check-quota', 'fetcher', 'scriptgen', 'ttsgen', 'start-renderer', 'cleanup'])
      series.calls(name, at);
    // A call that is retried once does not wake anyone.
    series.calls('ttsgen', at + minute, at % (2 * hour) === 0 ? 1 : 0);
    series.works(at + 10 * minute, at + 40 * minute);
  }
  for (let at = start; at < start + day; at += 5 * minute) series.deadLetters(at, 0);
  series.runEnds('ExecutionsSucceeded', start + hours * hour);
}
