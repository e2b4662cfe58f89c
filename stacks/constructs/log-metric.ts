import { CloudwatchLogMetricFilter } from '@cdktf/provider-aws/lib/cloudwatch-log-metric-filter/index.js';
import type { Construct } from 'constructs';
import type { Site } from '../site.ts';

/** Log lines that become a metric in the namespace of the stage. */
export interface Counted {
  /** Event of the lines. */
  event: string;
  metric: string;
  /** Field of a line with its value; without one, lines are counted. */
  field?: string;
  unit?: 'Count' | 'Seconds';
  /** Name of a dimension, and the field with its value. */
  by?: readonly [dimension: string, field: string];
}

/** Makes a metric of the log lines of an event. */
export function measureLines(scope: Construct, site: Site, id: string, logGroup: string, counted: Counted) {
  const { event, metric, field, unit = 'Count', by } = counted;
  return new CloudwatchLogMetricFilter(scope, id, {
    name: site.names.named(id),
    logGroupName: logGroup,
    pattern: `{ $.event = "${event}" }`,
    metricTransformation: {
      namespace: site.names.prefix,
      name: metric,
      value: field === undefined ? '1' : `$.${field}`,
      unit,
      ...(by && { dimensions: { [by[0]]: `$.${by[1]}` } }),
    },
  });
}
