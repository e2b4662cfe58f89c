import { type Metrics, metricKey, statisticOf } from './metrics.ts';
import { resolved } from './references.ts';
import { all, type Synthesized } from './synthesized.ts';

interface Options {
  id?: string;
  label?: string;
  stat?: string;
  visible?: boolean;
  expression?: string;
}
interface Widget {
  properties: { title: string; metrics: (string | Options)[][]; stat: string; period: number };
}

/** Returns the widgets of a stage's dashboard, by title. */
export function widgetsOf(stack: Synthesized): Map<string, Widget['properties']> {
  const [board] = all(stack, 'aws_cloudwatch_dashboard');
  const { widgets } = JSON.parse(resolved(stack, String(board?.dashboard_body))) as { widgets: Widget[] };
  return new Map(widgets.map(({ properties }) => [properties.title, properties]));
}

const operators: Readonly<Record<string, (a: number, b: number) => number>> = {
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
};

/** Computes metric math without parentheses, from left to right: these stacks do not mix `-` with `*` and `/`. */
function compute(expression: string, values: ReadonlyMap<string, number>): number | undefined {
  const [first = '', ...rest] = expression.split(' ');
  const read = (term: string) => (/^[\d.]+$/.test(term) ? Number(term) : values.get(term));
  let result = read(first);
  for (let index = 0; index < rest.length; index += 2) {
    const operate = operators[rest[index] ?? ''];
    if (!operate) throw new Error(`unsupported expression ${expression}`);
    const next = read(rest[index + 1] ?? '');
    // Metric math has no result where one of its metrics has no data.
    result = result === undefined || next === undefined ? undefined : operate(result, next);
  }
  return result;
}

/** Parses a search for the metrics of a namespace with one dimension and a name. */
const searchPattern = /^SEARCH\('\{"([^"]+)",(\w+)\} MetricName="(\w+)"', '(\w+)', (\d+)\)$/;

/** Returns the values that a widget shows for the period that begins at `start`, by label. */
export function shownBy(
  widget: Widget['properties'],
  metrics: Metrics,
  start: number,
): Record<string, number> {
  const values = new Map<string, number>();
  const shown: Record<string, number> = {};
  const read = (key: string, stat = widget.stat) =>
    statisticOf(metrics, key, stat, start, start + widget.period);
  const lines = widget.metrics.map((metric) => {
    const last = metric.at(-1);
    const options: Options = typeof last === 'object' ? last : {};
    const [namespace = '', name = '', ...dimensions] = metric.filter((part) => typeof part === 'string');
    const pairs = dimensions.flatMap((part, index) =>
      index % 2 ? [] : [[part, dimensions[index + 1] ?? '']],
    );
    return { options, name, key: metricKey(namespace, name, Object.fromEntries(pairs)) };
  });
  for (const { options, name, key } of lines) {
    if (options.expression !== undefined) continue;
    const value = read(key, options.stat);
    if (value === undefined) continue;
    if (options.id) values.set(options.id, value);
    if (options.visible !== false) shown[options.label ?? name] = value;
  }
  for (const { expression, label = '' } of lines.map(({ options }) => options)) {
    if (expression === undefined) continue;
    const [, namespace, dimension, name] = searchPattern.exec(expression) ?? [];
    if (namespace) {
      for (const key of metrics.keys()) {
        const [space, metric, [pair] = []] = JSON.parse(key) as [string, string, [string, string][]];
        if (space !== namespace || metric !== name || !pair || pair[0] !== dimension) continue;
        shown[pair[1]] = read(key) ?? 0;
      }
      continue;
    }
    const value = compute(expression, values);
    if (value !== undefined) shown[label] = value;
  }
  return shown;
}
