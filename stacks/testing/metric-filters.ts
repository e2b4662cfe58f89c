import { all, type Block, type Synthesized } from './synthesized.ts';

interface Transformation {
  namespace: string;
  name: string;
  dimensions?: Record<string, string>;
}

/** Parses `{ $.event = "job_failed" }`, the only form of a pattern that these stacks use. */
function matches(pattern: string, line: Block): boolean {
  const [, field = '', value] = /^\{ \$\.(\w+) = "([^"]*)" \}$/.exec(pattern) ?? [];
  if (value === undefined) throw new Error(`unsupported pattern ${pattern}`);
  return line[field] === value;
}

const identity = ({ namespace, name, dimensions = {} }: Transformation) =>
  JSON.stringify([namespace, name, Object.entries(dimensions).sort()]);

/** Returns what one log line adds to a metric, as CloudWatch counts: only a line that is JSON as a whole has fields. */
function metricsOf(stack: Synthesized, logGroup: string, text: string): string[] {
  if (!text.startsWith('{')) return [];
  const line = JSON.parse(text) as Block;
  const [resource] = Object.entries(stack.resource.aws_cloudwatch_log_group ?? {}).find(
    ([, { name }]) => name === logGroup,
  ) ?? [logGroup];
  return all(stack, 'aws_cloudwatch_log_metric_filter')
    .filter(({ log_group_name }) => String(log_group_name).includes(`.${resource}.`))
    .filter(({ pattern }) => matches(String(pattern), line))
    .map(({ metric_transformation }) => {
      const given = metric_transformation as Transformation;
      const dimensions = Object.entries(given.dimensions ?? {}).map(([name, path]) => [
        name,
        String(line[path.replace('$.', '')]),
      ]);
      return identity({ ...given, dimensions: Object.fromEntries(dimensions) });
    });
}

/** Returns the alarms of a stage that these log lines raise if they occur within an hour. */
export function alarmsBy(stack: Synthesized, logGroup: string, lines: readonly string[]): string[] {
  const counted = lines.flatMap((text) => metricsOf(stack, logGroup, text));
  return all(stack, 'aws_cloudwatch_metric_alarm')
    .filter((alarm) => {
      const { namespace, metric_name, dimensions, threshold } = alarm;
      const metric = { namespace, name: metric_name, dimensions } as Transformation;
      const isEnough = (alarm.datapoints_to_alarm ?? alarm.evaluation_periods) === 1;
      const count = counted.filter((one) => one === identity(metric)).length;
      return alarm.statistic === 'Sum' && isEnough && count >= Number(threshold);
    })
    .map(({ alarm_name }) => String(alarm_name));
}
