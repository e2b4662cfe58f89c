import { CloudwatchDashboard } from '@cdktf/provider-aws/lib/cloudwatch-dashboard/index.js';
import { CloudwatchLogMetricFilter } from '@cdktf/provider-aws/lib/cloudwatch-log-metric-filter/index.js';
import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js';
import { Construct } from 'constructs';
import { workerAge } from '../config/workers.ts';
import { anchorOf, failedJobLine, failureClasses } from '../domain/runbook.ts';
import { dashboard } from './dashboard.ts';
import type { Functions } from './functions.ts';
import type { Pipeline } from './pipeline.ts';
import type { Site } from './site.ts';
import type { Workers } from './workers.ts';

const hour = 3600;
const day = 24 * hour;
/** A day and two hours, so that a run that starts late causes no alarm. */
const silentHours = 26;
/** No task takes longer (the flow waits 4 h for the renderer), and the image powers off after 5 h. */
const oldestWorkerHours = 4.5;

interface Watch {
  description: string;
  namespace: string;
  metric: string;
  dimensions?: Record<string, string>;
  statistic?: string;
  period?: number;
  threshold: number;
  comparison?: string;
  periods?: number;
  /** Number of breaching periods that raise the alarm; all of them by default. */
  enough?: number;
  missing?: 'notBreaching' | 'breaching';
  /** False: it is shown, but sends no notification. */
  wakes?: boolean;
  /** The section of the runbook that says what to do. */
  section?: string;
}

/** Alarms for the operator, and a dashboard to look at when one goes off. */
export class Observability extends Construct {
  readonly dashboardName: string;
  readonly #site: Site;
  readonly #topicArn: string;

  constructor(scope: Construct, site: Site, topicArn: string, parts: Parts) {
    super(scope, 'observability');
    this.#site = site;
    this.#topicArn = topicArn;
    this.#watchExecutions(parts.pipeline);
    this.#watchJobs(parts.functions);
    this.#watchFunctions(parts.functions);
    this.#watchDeadLetters(parts.pipeline);
    this.#watchWorkers(parts.workers);
    const board = new CloudwatchDashboard(this, 'dashboard', {
      dashboardName: site.names.prefix,
      dashboardBody: dashboard(site, parts.pipeline.stateMachine.arn, parts.pipeline.logs.name),
    });
    this.dashboardName = board.dashboardName;
  }

  #watchExecutions({ stateMachine, scheduled }: Pipeline): void {
    const dimensions = { StateMachineArn: stateMachine.arn };
    const common = { namespace: 'AWS/States', dimensions, period: 300, threshold: 1 };
    this.#alarm('execution-failed', {
      ...common,
      metric: 'ExecutionsFailed',
      description: 'A run of the pipeline failed; its history names the state',
    });
    this.#alarm('no-success', {
      ...common,
      metric: 'ExecutionsSucceeded',
      description: `No run of the pipeline succeeded for ${silentHours} hours`,
      period: hour,
      periods: silentHours,
      comparison: 'LessThanThreshold',
      missing: 'breaching',
      // Where no run starts, missing data is not a problem.
      wakes: scheduled,
    });
  }

  /**
   * `handle-error` has already reported each failed job, so the alarm of its class sends no notification: it shows for a day
   * what is wrong. Failures that recur on several days notify the operator, even if runs succeed.
   */
  #watchJobs({ all }: Functions): void {
    const namespace = this.#site.names.prefix;
    const metric = 'JobsFailed';
    const classDimension = 'FailureClass';
    const byClass = { dimensions: { [classDimension]: `$.${failedJobLine.field}` } };
    for (const [id, dimensions] of Object.entries({ 'failed-jobs': {}, 'failed-jobs-by-class': byClass }))
      new CloudwatchLogMetricFilter(this, id, {
        name: this.#site.names.named(id),
        logGroupName: all['handle-error'].logs.name,
        pattern: `{ $.event = "${failedJobLine.event}" }`,
        metricTransformation: { namespace, name: metric, value: '1', unit: 'Count', ...dimensions },
      });
    for (const failure of failureClasses)
      this.#alarm(`failed-${failure}`, {
        ...{ namespace, metric, dimensions: { [classDimension]: failure } },
        ...{ period: hour, periods: 24, enough: 1, threshold: 1 },
        description: `A job failed with ${failure} within a day`,
        section: failure,
        wakes: false,
      });
    this.#alarm('failing-days', {
      ...{ namespace, metric, period: day, periods: 7, enough: 3, threshold: 1 },
      description: 'Jobs failed on three of seven days',
    });
  }

  /** The flow retries a single failure; three in an hour are not a coincidence. */
  #watchFunctions({ all }: Functions): void {
    for (const [name, { name: FunctionName }] of Object.entries(all))
      for (const metric of ['Errors', 'Throttles'] as const)
        this.#alarm(`${name}-${metric.toLowerCase()}`, {
          namespace: 'AWS/Lambda',
          metric,
          dimensions: { FunctionName },
          period: hour,
          threshold: 3,
          description: `${name} had three ${metric.toLowerCase()} or more in an hour`,
        });
  }

  #watchDeadLetters({ deadLetters }: Pipeline): void {
    this.#alarm('dead-letters', {
      namespace: 'AWS/SQS',
      metric: 'ApproximateNumberOfMessagesVisible',
      dimensions: { QueueName: deadLetters.name },
      statistic: 'Maximum',
      period: 300,
      threshold: 1,
      description: 'A daily start or a state change of a machine could not be delivered',
    });
  }

  #watchWorkers({ logGroup }: Workers): void {
    const namespace = this.#site.names.prefix;
    new CloudwatchLogMetricFilter(this, 'worker-age', {
      name: this.#site.names.named('worker-age'),
      logGroupName: logGroup.name,
      pattern: `{ $.event = "${workerAge.event}" }`,
      metricTransformation: {
        namespace,
        name: 'WorkerAge',
        value: `$.${workerAge.field}`,
        unit: 'Seconds',
      },
    });
    this.#alarm('old-worker', {
      namespace,
      metric: 'WorkerAge',
      statistic: 'Maximum',
      period: 300,
      threshold: oldestWorkerHours * hour,
      description: `A worker has worked on its task for more than ${oldestWorkerHours} hours`,
    });
  }

  #alarm(id: string, watch: Watch): void {
    const section = anchorOf(watch.section ?? 'What to do first');
    new CloudwatchMetricAlarm(this, id, {
      alarmName: this.#site.names.named(id),
      alarmDescription: `${watch.description}. ${this.#site.config.runbookUrl}#${section}`,
      namespace: watch.namespace,
      metricName: watch.metric,
      ...(watch.dimensions && { dimensions: watch.dimensions }),
      statistic: watch.statistic ?? 'Sum',
      period: watch.period ?? hour,
      evaluationPeriods: watch.periods ?? 1,
      ...(watch.enough !== undefined && { datapointsToAlarm: watch.enough }),
      threshold: watch.threshold,
      comparisonOperator: watch.comparison ?? 'GreaterThanOrEqualToThreshold',
      treatMissingData: watch.missing ?? 'notBreaching',
      actionsEnabled: watch.wakes ?? true,
      alarmActions: [this.#topicArn],
      okActions: [this.#topicArn],
    });
  }
}

interface Parts {
  pipeline: Pipeline;
  functions: Functions;
  workers: Workers;
}
