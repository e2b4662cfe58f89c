import { workerAge } from '../config/log-lines.ts';
import { failureClasses } from '../domain/runbook.ts';
import { alarmsIn, ringsOf } from './testing/alarms.ts';
import { type Metrics, metricKey, record, recordLine } from './testing/metrics.ts';
import { synthesize } from './testing/synthesized.ts';

const stage = synthesize({ publisher: 'youtube' });
const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

const machine = {
  StateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:manga-pipeline',
};
const logs = (name: string) => `/aws/lambda/manga-pipeline-${name}`;

/** Series of a stage that was created at 0, as AWS and the log lines of the pipeline make them. */
function stageSeries() {
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
type Series = ReturnType<typeof stageSeries>;

/** A day whose run starts on schedule and ends after `hours`; each of its jobs takes an hour. */
function goodDay(series: Series, start: number, hours: number): void {
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

/** The number of additional periods that CloudWatch reads is not published. */
const readAhead = [0, 2, 5];
const ringsIn = (series: Series, until: number, extra: number) =>
  ringsOf(stage, series.metrics, { from: 0, until, extra }).map(({ alarm, state, at }) => ({
    alarm: alarm.replace('manga-pipeline-', ''),
    state,
    at,
  }));

test.each(readAhead)(
  'a month of good days rings no alarm: the first run comes hours after the deployment, days take 1 to 22 hours, and summer time ends (%i periods more)',
  (extra) => {
    const series = stageSeries();
    const hours = [1, 22, 3, 22, 1, 12, 5, 20, 1, 22];
    for (let number = 0; number < 30; number++)
      goodDay(series, 18 * hour + number * day + (number > 12 ? hour : 0), hours[number % hours.length] ?? 1);
    expect(ringsIn(series, 30 * day, extra)).toEqual([]);
  },
);

test.each(readAhead)('a stage that has not run yet rings no alarm (%i periods more)', (extra) => {
  expect(ringsIn(stageSeries(), 7 * day, extra)).toEqual([]);
});

test.each(readAhead)(
  'no run for 26 hours rings once, and again after the next one (%i periods more)',
  (extra) => {
    const series = stageSeries();
    for (const start of [0, 1, 2, 9]) goodDay(series, start * day + hour, 5);
    const rings = ringsIn(series, 13 * day, extra);
    expect(rings.map(({ alarm, state }) => [alarm, state])).toEqual([
      ['no-run', 'INSUFFICIENT_DATA'],
      ['no-run', 'INSUFFICIENT_DATA'],
    ]);
    for (const [index, last] of [2, 9].entries()) {
      const after = (rings[index]?.at ?? 0) - (last * day + hour);
      expect(after).toBeGreaterThan(26 * hour);
      expect(after).toBeLessThanOrEqual((28 + extra) * hour);
    }
  },
);

/** Faults at a time, the alarm that they ring, and the time after which it has rung. */
const faults: [what: string, alarm: string, within: number, strike: (series: Series, at: number) => void][] =
  [
    ['a run fails', 'execution-failed', 6 * minute, (series, at) => series.runEnds('ExecutionsFailed', at)],
    [
      'a function fails three times in an hour',
      'scriptgen-errors',
      50 * minute,
      (series, at) => {
        for (const after of [0, 20, 45]) series.calls('scriptgen', at + after * minute, 1);
      },
    ],
    [
      'a function is throttled three times in an hour',
      'check-quota-throttles',
      30 * minute,
      (series, at) => {
        for (const after of [0, 1, 25]) series.calls('check-quota', at + after * minute, 0, 1);
      },
    ],
    ['an event is not delivered', 'dead-letters', 6 * minute, (series, at) => series.deadLetters(at, 1)],
    [
      'a machine works for too long',
      'old-worker',
      4.6 * hour,
      (series, at) => series.works(at, at + 4.8 * hour),
    ],
    [
      'jobs fail on three of seven days',
      'failing-days',
      5 * day,
      (series, at) => {
        for (const after of [0, 2, 4]) series.jobFails('SpeechFailed', at + after * day);
      },
    ],
  ];

test.each(faults)('%s: rings %s in time and no other alarm', (_, alarm, within, strike) => {
  const series = stageSeries();
  for (let number = 0; number < 30; number++) goodDay(series, number * day + hour, 3);
  const at = 10 * day + 5 * hour;
  strike(series, at);
  const rings = ringsIn(series, 30 * day, 2);
  // CloudWatch can evaluate the last data of a metric again, and then notifies twice.
  expect(new Set(rings.map((one) => `${one.alarm}: ${one.state}`))).toEqual(new Set([`${alarm}: ALARM`]));
  expect((rings[0]?.at ?? 0) - at).toBeGreaterThan(0);
  expect((rings[0]?.at ?? 0) - at).toBeLessThanOrEqual(within);
});

test.each<[what: string, strike: (series: Series, at: number) => void]>([
  ['two failures of a function in an hour', (series, at) => series.calls('scriptgen', at, 2)],
  [
    'three failures within three hours',
    (series, at) => {
      for (const after of [0, 1, 2]) series.calls('scriptgen', at + after * hour, 1);
    },
  ],
  ['a machine that works for four hours', (series, at) => series.works(at, at + 4 * hour)],
  [
    'jobs that fail on two days in a week and again later',
    (series, at) => {
      for (const after of [0, 1, 10]) series.jobFails('SpeechFailed', at + after * day);
    },
  ],
  ['a run that is stopped by hand', () => undefined],
])('%s: rings no alarm', (_, strike) => {
  const series = stageSeries();
  for (let number = 0; number < 30; number++) goodDay(series, number * day + hour, 3);
  strike(series, 10 * day + 5 * hour);
  expect(ringsIn(series, 30 * day, 2)).toEqual([]);
});

test.each(failureClasses)('a job that failed with %s shows for a day, and rings nothing', (failure) => {
  const series = stageSeries();
  series.jobFails(failure, hour);
  const shown = (at: number) => alarmsIn(stage, series.metrics, at);
  expect(shown(2 * hour)).toEqual([`manga-pipeline-failed-${failure}`]);
  expect(shown(24 * hour)).toEqual([`manga-pipeline-failed-${failure}`]);
  expect(shown(26 * hour)).toEqual([]);
  expect(ringsIn(series, 3 * day, 2)).toEqual([]);
});
