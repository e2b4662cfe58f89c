import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js';
import type { Construct } from 'constructs';
import { anchorOf } from '../../domain/runbook.ts';
import type { Site } from '../site.ts';

/** Condition of an alarm: by default a sum in one period that reaches a threshold. */
export interface Watch {
  description: string;
  namespace: string;
  metric: string;
  dimensions?: Record<string, string>;
  statistic?: 'Sum' | 'Maximum';
  /** Seconds. */
  period: number;
  threshold: number;
  periods?: number;
  /** Number of breaching periods that raise the alarm; all of them by default. */
  enough?: number;
  /**
   * The metric has to have data: the alarm notifies when it becomes INSUFFICIENT_DATA. A new alarm begins in that state, so
   * that a stage causes none before its first data.
   */
  heartbeat?: boolean;
  /** False: it is shown, but sends no notification. */
  wakes?: boolean;
  /** The section of the runbook that says what to do. */
  section?: string;
}

/** An alarm that notifies the topic. It sends nothing when it becomes OK, since each new alarm does that once. */
export function createAlarm(scope: Construct, site: Site, topicArn: string, id: string, watch: Watch): void {
  const section = anchorOf(watch.section ?? 'What to do first');
  new CloudwatchMetricAlarm(scope, id, {
    alarmName: site.names.named(id),
    alarmDescription: `${watch.description}. ${site.config.runbookUrl}#${section}`,
    namespace: watch.namespace,
    metricName: watch.metric,
    ...(watch.dimensions && { dimensions: watch.dimensions }),
    statistic: watch.statistic ?? 'Sum',
    period: watch.period,
    evaluationPeriods: watch.periods ?? 1,
    ...(watch.enough !== undefined && { datapointsToAlarm: watch.enough }),
    threshold: watch.threshold,
    comparisonOperator: watch.heartbeat ? 'LessThanThreshold' : 'GreaterThanOrEqualToThreshold',
    treatMissingData: watch.heartbeat ? 'missing' : 'notBreaching',
    actionsEnabled: watch.wakes ?? true,
    alarmActions: [topicArn],
    ...(watch.heartbeat && { insufficientDataActions: [topicArn] }),
  });
}
