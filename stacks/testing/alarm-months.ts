import { functionNames, isOptional } from '../../config/functions.ts';
import { failureClasses } from '../../domain/runbook.ts';
import { day, goodDay, hour, minute, type Series, stageSeries } from './alarm-series.ts';
import { changesOf } from './alarms.ts';
import { all, type Synthesized } from './synthesized.ts';

/** A fault of a stage, in seconds. */
interface Fault {
  what: string;
  /** The alarm that it has to raise, without the name of the stage. */
  alarm: string;
  at: number;
  /** The longest time until then. */
  within: number;
  strike(series: Series, at: number): void;
}

/** Result of an alarm in the month of faults. */
export interface AlarmRow {
  alarm: string;
  /** Whether it notifies the operator; others are only shown. */
  notifies: boolean;
  what?: string;
  /** Seconds. */
  within?: number;
  /** Seconds from the fault to the alarm; undefined when it was not raised. */
  after?: number;
  /** Number of times that it was raised wrongly. */
  wrongly: number;
  /** Number of times that it was raised in the month of good days. */
  onGoodDays: number;
}

const month = 30;
const lastRun = 27;
/** Periods beyond those that an alarm evaluates; CloudWatch does not publish their number. */
const extra = 2;
const failedAt = 16 * day + 5 * hour;

/** One fault for each alarm that the stacks can have, apart from each other unless one includes the other. */
const faults: readonly Fault[] = [
  ...functionNames
    .filter((name) => !isOptional(name))
    .flatMap((name, index): Fault[] => [
      {
        ...{ what: 'it fails three times within 45 minutes', alarm: `${name}-errors` },
        ...{ at: (1 + index) * day + 5 * hour, within: 50 * minute },
        strike(series, at) {
          for (const after of [0, 20, 45]) series.calls(name, at + after * minute, 1);
        },
      },
      {
        ...{ what: 'it is throttled three times within 25 minutes', alarm: `${name}-throttles` },
        ...{ at: (1 + index) * day + 12 * hour, within: 32 * minute },
        strike(series, at) {
          for (const after of [0, 1, 25]) series.calls(name, at + after * minute, 0, 1);
        },
      },
    ]),
  {
    ...{ what: 'a run fails', alarm: 'execution-failed', at: 12 * day + 9 * hour, within: 6 * minute },
    strike: (series, at) => series.runEnds('ExecutionsFailed', at),
  },
  {
    ...{
      what: 'an event is not delivered',
      alarm: 'dead-letters',
      at: 13 * day + 9 * hour,
      within: 6 * minute,
    },
    strike: (series, at) => series.deadLetters(at, 1),
  },
  {
    ...{
      what: 'a machine works for 4.8 hours',
      alarm: 'old-worker',
      at: 14 * day + 9 * hour,
      within: 4.6 * hour,
    },
    strike: (series, at) => series.works(at, at + 4.8 * hour),
  },
  ...failureClasses.map(
    (failure): Fault => ({
      ...{ what: 'a job fails with it', alarm: `failed-${failure}`, at: failedAt, within: 70 * minute },
      strike: (series, at) => series.jobFails(failure, at),
    }),
  ),
  {
    ...{ what: 'jobs fail on three of seven days', alarm: 'failing-days', at: failedAt, within: 5 * day },
    strike(series, at) {
      // The classes that have an alarm failed on the first day.
      for (const after of [2, 4]) series.jobFails('another', at + after * day);
    },
  },
  {
    ...{
      what: 'the daily start fails from day 28 on',
      alarm: 'no-run',
      at: lastRun * day + hour,
      within: 30 * hour,
    },
    // Days without a run are not in the series.
    strike: () => {},
  },
];

/**
 * Simulates a month of good days and one in which each fault happens, and returns a row for each alarm of the stack: the alarms come
 * from its Terraform, so one without a fault has a row without one.
 */
export function alarmRows(stage: Synthesized): AlarmRow[] {
  const calm = stageSeries(stage);
  const bad = stageSeries(stage);
  for (let number = 0; number < month; number++) {
    goodDay(calm, number * day + hour, 3);
    if (number <= lastRun) goodDay(bad, number * day + hour, 3);
  }
  for (const { strike, at } of faults) strike(bad, at);
  const changes = ({ metrics }: Series) =>
    changesOf(stage, metrics, { from: 0, until: month * day, extra }).filter(({ state }) => state !== 'OK');
  const [inCalm, inBad] = [changes(calm), changes(bad)];
  return all(stage, 'aws_cloudwatch_metric_alarm').map((block) => {
    const name = String(block.alarm_name);
    const alarm = name.replace('manga-pipeline-', '');
    const fault = faults.find((one) => one.alarm === alarm);
    const raised = inBad.filter((one) => one.alarm === name).map(({ at }) => at);
    const isExpected = (at: number) =>
      fault !== undefined && at > fault.at && at <= fault.at + fault.within + day;
    const first = raised.find(isExpected);
    return {
      ...{ alarm, notifies: Boolean(block.actions_enabled) },
      ...(fault && { what: fault.what, within: fault.within }),
      ...(fault && first !== undefined && { after: first - fault.at }),
      wrongly: raised.filter((at) => !isExpected(at)).length,
      onGoodDays: inCalm.filter((one) => one.alarm === name).length,
    };
  });
}

/** Returns the faults whose alarm the stack does not have. */
export const faultsWithoutAlarm = (rows: readonly AlarmRow[]): string[] =>
  faults.map(({ alarm }) => alarm).filter((alarm) => !rows.some((row) => row.alarm === alarm));

export const isInTime = ({ within, after, wrongly, onGoodDays }: AlarmRow): boolean =>
  within !== undefined && after !== undefined && after <= within && wrongly === 0 && onGoodDays === 0;
