import { firstDataFrom, type Metrics, metricKey, statisticOf } from './metrics.ts';
import { resolved } from './references.ts';
import { all, type Block, type Synthesized } from './synthesized.ts';

type State = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
/** A change of state that notifies someone. */
export interface Ring {
  alarm: string;
  state: State;
  /** Seconds. */
  at: number;
}

/** Properties of an alarm of these stacks; any other property is unsupported. */
interface Alarm {
  name: string;
  key: string;
  statistic: string;
  period: number;
  periods: number;
  enough: number;
  isBreaching(value: number): boolean;
  missing: 'missing' | 'notBreaching';
  /** States whose beginning notifies. */
  notifies: readonly State[];
}

const comparisons: Readonly<Record<string, (value: number, threshold: number) => boolean>> = {
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
};

const actions: readonly (readonly [State, string])[] = [
  ['ALARM', 'alarm_actions'],
  ['OK', 'ok_actions'],
  ['INSUFFICIENT_DATA', 'insufficient_data_actions'],
];

function alarmOf(stack: Synthesized, block: Block): Alarm {
  const compare = comparisons[String(block.comparison_operator)];
  const missing = block.treat_missing_data;
  if (!compare || (missing !== 'missing' && missing !== 'notBreaching'))
    throw new Error(`unsupported alarm ${JSON.stringify(block)}`);
  const dimensions = Object.entries((block.dimensions ?? {}) as Record<string, string>);
  const periods = Number(block.evaluation_periods);
  return {
    name: String(block.alarm_name),
    key: metricKey(
      String(block.namespace),
      String(block.metric_name),
      Object.fromEntries(dimensions.map(([name, value]) => [name, resolved(stack, value)])),
    ),
    statistic: String(block.statistic),
    period: Number(block.period),
    periods,
    enough: Number(block.datapoints_to_alarm ?? periods),
    isBreaching: (value) => compare(value, Number(block.threshold)),
    missing,
    notifies: actions.flatMap(([state, action]) => (block.actions_enabled && block[action] ? [state] : [])),
  };
}

/**
 * Returns the state of an alarm at a time (CloudWatch user guide, how alarms treat missing data). CloudWatch reads `extra`
 * periods more than it evaluates, an unpublished number. With enough data in that range, the newest count. Otherwise all of
 * it counts and the rest is filled in: with data within the threshold, or not at all.
 */
function stateAt(alarm: Alarm, metrics: Metrics, now: number, extra: number): State {
  const { key, statistic, period, periods, enough, missing, isBreaching } = alarm;
  const newestFirst: number[] = [];
  for (let back = 1; back <= periods + extra; back++) {
    const start = now - back * period;
    const value = statisticOf(metrics, key, statistic, start, start + period);
    if (value !== undefined) newestFirst.push(value);
  }
  if (newestFirst.length === 0) return missing === 'missing' ? 'INSUFFICIENT_DATA' : 'OK';
  const counted = newestFirst.slice(0, periods);
  const needed = missing === 'missing' ? Math.min(enough, counted.length) : enough;
  return counted.filter(isBreaching).length >= needed ? 'ALARM' : 'OK';
}

/** CloudWatch evaluates an alarm over more than a day each hour, and others each minute; here long periods less often. */
const stepOf = ({ period, periods }: Alarm): number =>
  period * periods > 86_400 ? 3600 : Math.max(60, period / 10);

/** Returns when an alarm is evaluated next. Without data in its range its state stays until there are some. */
function nextLook(
  { key, period, periods }: Alarm,
  metrics: Metrics,
  { at, step, extra }: { at: number; step: number; extra: number },
): number {
  const data = firstDataFrom(metrics, key, at - (periods + extra) * period);
  return data < at ? at + step : at + Math.max(1, Math.floor((data - at) / step)) * step;
}

/** A change of an alarm's state. */
export interface Change extends Ring {
  notifies: boolean;
}

interface Span {
  /** Seconds. */
  from: number;
  until: number;
  extra: number;
}

/** Returns every change of an alarm's state from the creation of the alarms until a time, in order. */
export function changesOf(stack: Synthesized, metrics: Metrics, { from, until, extra }: Span): Change[] {
  const changes: Change[] = [];
  for (const block of all(stack, 'aws_cloudwatch_metric_alarm')) {
    const alarm = alarmOf(stack, block);
    // An alarm begins without data.
    let state: State = 'INSUFFICIENT_DATA';
    const step = stepOf(alarm);
    for (let at = from; at <= until; at = nextLook(alarm, metrics, { at, step, extra })) {
      const next = stateAt(alarm, metrics, at, extra);
      if (next !== state)
        changes.push({ alarm: alarm.name, state: next, at, notifies: alarm.notifies.includes(next) });
      state = next;
    }
  }
  return changes.sort((a, b) => a.at - b.at);
}

/** Returns who is notified and when. */
export const ringsOf = (stack: Synthesized, metrics: Metrics, span: Span): Ring[] =>
  changesOf(stack, metrics, span).flatMap(({ notifies, ...ring }) => (notifies ? [ring] : []));

/** Returns the alarms that are in the state ALARM at a time. */
export const alarmsIn = (stack: Synthesized, metrics: Metrics, now: number): string[] =>
  all(stack, 'aws_cloudwatch_metric_alarm')
    .map((block) => alarmOf(stack, block))
    .filter((alarm) => stateAt(alarm, metrics, now, 0) === 'ALARM')
    .map(({ name }) => name);
