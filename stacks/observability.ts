import { CloudwatchDashboard } from '@cdktf/provider-aws/lib/cloudwatch-dashboard/index.js';
import { Construct } from 'constructs';
import { countedVideo, runStart, workerAge, workerEnd } from '../config/log-lines.ts';
import { failedJobLine, failureClasses } from '../domain/runbook.ts';
import { createAlarm, type Watch } from './constructs/alarm.ts';
import { type Counted, measureLines } from './constructs/log-metric.ts';
import { dashboard } from './dashboard.ts';
import type { Functions } from './functions.ts';
import type { Pipeline } from './pipeline.ts';
import type { Site } from './site.ts';
import type { Workers } from './workers.ts';

const hour = 3600;
const day = 24 * hour;
/** A run starts every 24 hours, or 25 when summer time ends; one more hour for a start that is retried. */
const silentHours = 26;
/** No task takes longer (the flow waits 4 h for the renderer), and the image powers off after 5 h. */
const oldestWorkerHours = 4.5;

/** Alarms for the operator, and a dashboard to look at when one goes off. */
export class Observability extends Construct {
  readonly dashboardName: string;
  readonly #site: Site;
  readonly #topicArn: string;

  constructor(scope: Construct, site: Site, topicArn: string, parts: Parts) {
    super(scope, 'observability');
    this.#site = site;
    this.#topicArn = topicArn;
    this.#watchRuns(parts.pipeline, parts.functions);
    this.#watchJobs(parts.functions);
    this.#watchFunctions(parts.functions);
    this.#watchDeadLetters(parts.pipeline);
    this.#watchWorkers(parts.workers);
    const board = new CloudwatchDashboard(this, 'dashboard', {
      dashboardName: site.names.prefix,
      dashboardBody: dashboard(site, parts.pipeline.stateMachine.arn),
    });
    this.dashboardName = board.dashboardName;
  }

  /**
   * Every run reports its start, and ends with success or failure, since each of its states has a time limit. The end of a
   * run is not regular: one day has more chapters than another, or waits for a person.
   */
  #watchRuns({ stateMachine, scheduled }: Pipeline, { all }: Functions): void {
    this.#alarm('execution-failed', {
      ...{ namespace: 'AWS/States', metric: 'ExecutionsFailed' },
      dimensions: { StateMachineArn: stateMachine.arn },
      ...{ period: 300, threshold: 1 },
      description: 'A run of the pipeline failed; its history names the state',
    });
    this.#measure('run-starts', all['renderer-callback'].logs.name, {
      ...{ event: runStart.event, metric: 'RunsStarted' },
    });
    this.#alarm('no-run', {
      ...{ namespace: this.#site.names.prefix, metric: 'RunsStarted' },
      ...{ heartbeat: true, period: hour, periods: silentHours, threshold: 1 },
      description: `No run of the pipeline started for ${silentHours} hours`,
      // Without a schedule, days without a run are expected.
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
    const { event, field } = failedJobLine;
    const logs = all['handle-error'].logs.name;
    this.#measure('failed-jobs', logs, { event, metric });
    this.#measure('failed-jobs-by-class', logs, { event, metric, by: ['FailureClass', field] });
    this.#measure('counted-videos', all['increment-counter'].logs.name, {
      ...countedVideo,
      metric: 'VideosOfDay',
    });
    for (const failure of failureClasses)
      this.#alarm(`failed-${failure}`, {
        ...{ namespace, metric, dimensions: { FailureClass: failure } },
        ...{ period: hour, periods: 24, enough: 1, threshold: 1 },
        description: `A job failed with ${failure} within a day`,
        section: failure,
        wakes: false,
      });
    this.#alarm('failing-days', {
      ...{ namespace, metric, period: day, periods: 7, enough: 3, threshold: 1 },
      // CloudWatch can count a day or two more than seven.
      description: 'Jobs failed on three days in about a week',
    });
  }

  /** The flow retries a single failure; three in an hour are not a coincidence. */
  #watchFunctions({ all }: Functions): void {
    for (const [name, { name: FunctionName }] of Object.entries(all))
      for (const metric of ['Errors', 'Throttles'] as const)
        this.#alarm(`${name}-${metric.toLowerCase()}`, {
          ...{ namespace: 'AWS/Lambda', metric, dimensions: { FunctionName } },
          ...{ period: hour, threshold: 3 },
          description: `${name} had three ${metric.toLowerCase()} or more in an hour`,
        });
  }

  #watchDeadLetters({ deadLetters }: Pipeline): void {
    this.#alarm('dead-letters', {
      ...{ namespace: 'AWS/SQS', metric: 'ApproximateNumberOfMessagesVisible' },
      dimensions: { QueueName: deadLetters.name },
      ...{ statistic: 'Maximum', period: 300, threshold: 1 },
      description: 'A daily start or a state change of a machine could not be delivered',
    });
  }

  #watchWorkers({ logGroup }: Workers): void {
    this.#measure('worker-age', logGroup.name, { ...workerAge, metric: 'WorkerAge', unit: 'Seconds' });
    this.#measure('worker-time', logGroup.name, {
      ...{ ...workerEnd, metric: 'WorkerTime', unit: 'Seconds', by: ['Worker', 'worker'] },
    });
    this.#alarm('old-worker', {
      ...{ namespace: this.#site.names.prefix, metric: 'WorkerAge' },
      ...{ statistic: 'Maximum', period: 300, threshold: oldestWorkerHours * hour },
      description: `A worker has worked on its task for more than ${oldestWorkerHours} hours`,
    });
  }

  #measure(id: string, logGroup: string, counted: Counted): void {
    measureLines(this, this.#site, id, logGroup, counted);
  }

  #alarm(id: string, watch: Watch): void {
    createAlarm(this, this.#site, this.#topicArn, id, watch);
  }
}

interface Parts {
  pipeline: Pipeline;
  functions: Functions;
  workers: Workers;
}
