import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import { SchedulerSchedule } from '@cdktf/provider-aws/lib/scheduler-schedule/index.js';
import { SfnStateMachine } from '@cdktf/provider-aws/lib/sfn-state-machine/index.js';
import { Construct } from 'constructs';
import { fillPlaceholders, flowSettings } from '../asl/definition.ts';
import type { Deployment } from '../config/deployment.ts';
import { eventRules, type FunctionName, functionNames } from '../config/functions.ts';
import { DeadLetters } from './constructs/dead-letters.ts';
import { EventRoute } from './constructs/event-route.ts';
import type { Statement } from './constructs/policy.ts';
import { ServiceRole } from './constructs/role.ts';
import type { Functions } from './functions.ts';
import { namesOf } from './names.ts';
import { arn, type Site } from './site.ts';

/** Log delivery is account-wide: CloudWatch Logs has no resource-level permissions for these. */
const deliverLogs: Statement = {
  actions: [
    'logs:CreateLogDelivery',
    'logs:GetLogDelivery',
    'logs:UpdateLogDelivery',
    'logs:DeleteLogDelivery',
    'logs:ListLogDeliveries',
    'logs:PutResourcePolicy',
    'logs:DescribeResourcePolicies',
    'logs:DescribeLogGroups',
  ],
  resources: ['*'],
};
/** X-Ray has no resource-level permissions. */
const trace: Statement = {
  actions: [
    'xray:PutTraceSegments',
    'xray:PutTelemetryRecords',
    'xray:GetSamplingRules',
    'xray:GetSamplingTargets',
  ],
  resources: ['*'],
};

/** Checks that every placeholder has a value, before anything is written. */
export function checkFlow(flow: string, config: Deployment): void {
  const arns = Object.fromEntries(functionNames.map((name) => [name, name]));
  fillPlaceholders(flow, { ...arns, ...flowSettings(config, namesOf(config.stage).jobsTable) });
}

/**
 * A distributed Map starts its children as executions of the machine that it is part of, and describes, stops and redrives them. The
 * guide (IAM policies for distributed Maps) names executions of the machine; the ARN of a child has the label of the Map as well.
 */
function runShards(site: Site) {
  const machines = [site.names.prefix, ...(site.config.canary === 'one-job' ? [site.names.canary] : [])];
  return [
    {
      actions: ['states:StartExecution'],
      resources: machines.map((name) => arn(site, 'states', `stateMachine:${name}`)),
    },
    {
      actions: ['states:DescribeExecution', 'states:StopExecution'],
      resources: machines.flatMap((name) =>
        ['', '/Shards'].map((label) => arn(site, 'states', `execution:${name}${label}:*`)),
      ),
    },
    {
      actions: ['states:RedriveExecution'],
      resources: machines.map((name) => arn(site, 'states', `execution:${name}/Shards:*`)),
    },
  ];
}

/** Name in place of the ARN of a function that the stage does not have; the stage's settings keep the flow from calling it. */
const notInStage = (name: FunctionName) => `not-in-this-stage-${name}`;

/** Parts that both state machines share. */
interface Made {
  site: Site;
  flow: string;
  role: ServiceRole;
}

/** The flow, its schedule, and the events that invoke the callback functions of dead machines. */
export class Pipeline extends Construct {
  readonly stateMachine: SfnStateMachine;
  readonly logs: CloudwatchLogGroup;
  readonly deadLetters: DeadLetters;
  /** Whether the schedule is on. */
  readonly scheduled: boolean;

  constructor(scope: Construct, site: Site, { all }: Functions, flow: string, scheduled: boolean) {
    super(scope, 'pipeline');
    this.scheduled = scheduled;
    this.logs = new CloudwatchLogGroup(this, 'logs', {
      name: site.names.flowLogs,
      retentionInDays: site.config.logRetentionDays,
    });
    this.deadLetters = new DeadLetters(this, site);
    const role = this.#createRole(site, all);
    const isTried = site.config.canary === 'one-job';
    const machine = { site, flow, role };
    const arnsOf = (arn: 'arn' | 'canaryArn') =>
      Object.fromEntries(
        functionNames.map((name) => [name, all[name]?.[arn] ?? all[name]?.arn ?? notInStage(name)]),
      );
    this.stateMachine = this.#createStateMachine(site.names.prefix, arnsOf('arn'), machine, isTried);
    const canary = isTried
      ? [this.#createStateMachine(site.names.canary, arnsOf('canaryArn'), machine, false)]
      : [];
    this.#schedule(site, scheduled);
    for (const rule of eventRules(...[this.stateMachine, ...canary].map(({ arn }) => arn)))
      new EventRoute(this, rule.name, site, {
        rule,
        targets: rule.functions.map((name) => [name, all[name]]),
        deadLetters: this.deadLetters,
      });
  }

  #createRole(site: Site, all: Functions['all']): ServiceRole {
    return new ServiceRole(this, 'states-role', site, {
      name: 'states',
      description: 'The state machine of the pipeline: calls its functions',
      service: 'states',
      statements: [
        {
          actions: ['lambda:InvokeFunction'],
          resources: Object.values(all).flatMap(({ arn, canaryArn }) => [
            arn,
            ...(canaryArn ? [canaryArn] : []),
          ]),
        },
        // The review gate writes its task token on the job.
        {
          actions: ['dynamodb:UpdateItem'],
          resources: [arn(site, 'dynamodb', `table/${site.names.jobsTable}`)],
        },
        // A long run continues in a new execution, and opens its lanes as executions.
        {
          actions: ['states:StartExecution'],
          resources: [arn(site, 'states', `stateMachine:${site.names.prefix}`)],
        },
        // A run waits for its lanes, which are executions of the same machine, and stops them when it is stopped.
        {
          actions: ['states:DescribeExecution', 'states:StopExecution'],
          resources: [arn(site, 'states', `execution:${site.names.prefix}:*`)],
        },
        ...(site.config.renderShards === 0 ? [] : runShards(site)),
        // Step Functions reports the end of a lane by a rule that it manages itself.
        {
          actions: ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'],
          resources: [arn(site, 'events', 'rule/StepFunctionsGetEventsForStepFunctionsExecutionRule')],
        },
        deliverLogs,
        trace,
      ],
    });
  }

  /** With `isKept` the machine keeps its definition: the job that tries the newest one decides. */
  #createStateMachine(
    name: string,
    arns: Record<string, string>,
    made: Made,
    isKept: boolean,
  ): SfnStateMachine {
    const { site, flow, role } = made;
    return new SfnStateMachine(this, name === site.names.prefix ? 'state-machine' : 'canary', {
      name,
      type: 'STANDARD',
      roleArn: role.arn,
      definition: fillPlaceholders(flow, { ...arns, ...flowSettings(site.config, site.names.jobsTable) }),
      // Without data: the input of StartRenderer contains the task token, which is a credential.
      loggingConfiguration: {
        logDestination: `${this.logs.arn}:*`,
        level: 'ALL',
        includeExecutionData: false,
      },
      tracingConfiguration: { enabled: true },
      dependsOn: [role.policy],
      ...(isKept && { lifecycle: { ignoreChanges: ['definition'] } }),
    });
  }

  /** The Scheduler instead of a rule: it supports time zones with daylight saving time, and retries for a day. */
  #schedule(site: Site, scheduled: boolean): void {
    const { config, names } = site;
    const role = new ServiceRole(this, 'scheduler-role', site, {
      name: 'scheduler',
      description: 'The daily schedule of the pipeline: starts its state machine',
      service: 'scheduler',
      statements: [
        {
          actions: ['states:StartExecution'],
          resources: [arn(site, 'states', `stateMachine:${names.prefix}`)],
        },
        { actions: ['sqs:SendMessage'], resources: [this.deadLetters.arn] },
      ],
    });
    const [hour, minute] = config.scheduleTime.split(':').map(Number);
    new SchedulerSchedule(this, 'schedule', {
      name: names.named('daily'),
      description: 'Starts the day of the pipeline',
      state: scheduled ? 'ENABLED' : 'DISABLED',
      scheduleExpression: `cron(${minute} ${hour} * * ? *)`,
      scheduleExpressionTimezone: config.scheduleTimezone,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: this.stateMachine.arn,
        roleArn: role.arn,
        input: '{}',
        deadLetterConfig: { arn: this.deadLetters.arn },
        retryPolicy: { maximumEventAgeInSeconds: 6 * 3600, maximumRetryAttempts: 20 },
      },
      dependsOn: [role.policy],
    });
  }
}
