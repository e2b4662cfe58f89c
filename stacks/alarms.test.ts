import { failureClasses } from '../domain/runbook.ts';
import { alarmRows, faultsWithoutAlarm, isInTime } from './testing/alarm-months.ts';
import { day, goodDay, hour, type Series, stageSeries } from './testing/alarm-series.ts';
import { alarmsIn, ringsOf } from './testing/alarms.ts';
import { synthesize } from './testing/synthesized.ts';

const stage = synthesize({ publisher: 'youtube' });

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
    const series = stageSeries(stage);
    const hours = [1, 22, 3, 22, 1, 12, 5, 20, 1, 22];
    for (let number = 0; number < 30; number++)
      goodDay(series, 18 * hour + number * day + (number > 12 ? hour : 0), hours[number % hours.length] ?? 1);
    expect(ringsIn(series, 30 * day, extra)).toEqual([]);
  },
);

test.each(readAhead)('a stage that has not run yet rings no alarm (%i periods more)', (extra) => {
  expect(ringsIn(stageSeries(stage), 7 * day, extra)).toEqual([]);
});

test.each(readAhead)(
  'no run for 26 hours rings once, and again after the next one (%i periods more)',
  (extra) => {
    const series = stageSeries(stage);
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

test('each alarm of the stack is raised in time by its fault in a month of faults, and never otherwise', () => {
  const rows = alarmRows(stage);
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.filter((row) => !isInTime(row))).toEqual([]);
  expect(faultsWithoutAlarm(rows)).toEqual([]);
});

test('an alarm without a fault in that month, and one that is too slow, are found', () => {
  const other = structuredClone(stage);
  const [added, slow] = Object.entries(other.resource.aws_cloudwatch_metric_alarm ?? {}).filter(
    ([, { alarm_name }]) => /-(cleanup-errors|execution-failed)$/.test(String(alarm_name)),
  );
  other.resource.aws_cloudwatch_metric_alarm = Object.fromEntries([
    ['added', { ...added?.[1], alarm_name: 'manga-pipeline-added' }],
    ['slow', { ...slow?.[1], period: 3600, evaluation_periods: 3 }],
  ]);
  const found = alarmRows(other).filter((row) => !isInTime(row));
  expect(found.map(({ alarm }) => alarm).sort()).toEqual(['added', 'execution-failed']);
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
  const series = stageSeries(stage);
  for (let number = 0; number < 30; number++) goodDay(series, number * day + hour, 3);
  strike(series, 10 * day + 5 * hour);
  expect(ringsIn(series, 30 * day, 2)).toEqual([]);
});

test.each(failureClasses)('a job that failed with %s shows for a day, and rings nothing', (failure) => {
  const series = stageSeries(stage);
  series.jobFails(failure, hour);
  const shown = (at: number) => alarmsIn(stage, series.metrics, at);
  expect(shown(2 * hour)).toEqual([`manga-pipeline-failed-${failure}`]);
  expect(shown(24 * hour)).toEqual([`manga-pipeline-failed-${failure}`]);
  expect(shown(26 * hour)).toEqual([]);
  expect(ringsIn(series, 3 * day, 2)).toEqual([]);
});
