import { resolved } from './references.ts';
import { all, type Block, type Synthesized } from './synthesized.ts';

/** Data of CloudWatch metrics in order of time, by {@link metricKey}; times in whole seconds. */
export type Metrics = Map<string, { at: number; value: number }[]>;

/** Identifies a metric: one with other dimensions is another metric. */
export const metricKey = (namespace: string, name: string, dimensions: Record<string, string> = {}) =>
  JSON.stringify([namespace, name, Object.entries(dimensions).sort()]);

export function record(metrics: Metrics, key: string, at: number, value = 1): void {
  const points = metrics.get(key) ?? [];
  points.splice(firstFrom(points, at + 1), 0, { at, value });
  metrics.set(key, points);
}

/** Returns the index of the first point at a time or later. */
function firstFrom(points: readonly { at: number }[], time: number): number {
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.at ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Returns the time of a metric's first data from a time on; infinite without any. */
export function firstDataFrom(metrics: Metrics, key: string, time: number): number {
  const points = metrics.get(key) ?? [];
  return points[firstFrom(points, time)]?.at ?? Number.POSITIVE_INFINITY;
}

interface Transformation {
  namespace: string;
  name: string;
  value: string;
  dimensions?: Record<string, string>;
}

/** Parses `{ $.event = "job_failed" }`, the only form of a pattern that these stacks use. */
function matches(pattern: string, line: Block): boolean {
  const [, field = '', value] = /^\{ \$\.(\w+) = "([^"]*)" \}$/.exec(pattern) ?? [];
  if (value === undefined) throw new Error(`unsupported pattern ${pattern}`);
  return line[field] === value;
}

const fieldOf = (line: Block, path: string) => line[path.replace('$.', '')];

/** Adds a log line to the metrics of a stage as CloudWatch does: only a line that is JSON as a whole has fields. */
export function recordLine(
  metrics: Metrics,
  stack: Synthesized,
  logGroup: string,
  text: string,
  at: number,
): void {
  if (!text.startsWith('{')) return;
  const line = JSON.parse(text) as Block;
  for (const filter of all(stack, 'aws_cloudwatch_log_metric_filter')) {
    if (resolved(stack, String(filter.log_group_name)) !== logGroup) continue;
    if (!matches(String(filter.pattern), line)) continue;
    const { namespace, name, value, dimensions = {} } = filter.metric_transformation as Transformation;
    const read = Object.entries(dimensions).map(([dimension, path]) => [dimension, fieldOf(line, path)]);
    // A line without the field of a dimension or of the value adds nothing.
    if (read.some(([, one]) => one === undefined)) continue;
    const number = value.startsWith('$.') ? fieldOf(line, value) : Number(value);
    if (typeof number === 'number')
      record(metrics, metricKey(namespace, name, Object.fromEntries(read)), at, number);
  }
}

const statistics: Readonly<Record<string, (values: number[]) => number>> = {
  Sum: (values) => values.reduce((sum, value) => sum + value, 0),
  Maximum: (values) => Math.max(...values),
  Average: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  p50: (values) => values.sort((a, b) => a - b)[Math.ceil(values.length / 2) - 1] as number,
};

/** Returns the statistic of a metric from `start` to before `end`; undefined without data. */
export function statisticOf(
  metrics: Metrics,
  key: string,
  statistic: string,
  start: number,
  end: number,
): number | undefined {
  const points = metrics.get(key) ?? [];
  const values = points.slice(firstFrom(points, start), firstFrom(points, end));
  const compute = statistics[statistic];
  if (!compute) throw new Error(`unsupported statistic ${statistic}`);
  return values.length === 0 ? undefined : compute(values.map(({ value }) => value));
}
