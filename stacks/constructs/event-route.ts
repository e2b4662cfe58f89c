import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule/index.js';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target/index.js';
import { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission/index.js';
import { Construct } from 'constructs';
import { type EventRule, liveAlias } from '../../config/functions.ts';
import type { Site } from '../site.ts';
import type { DeadLetters } from './dead-letters.ts';
import type { PipelineFunction } from './pipeline-function.ts';

interface RouteOptions {
  rule: EventRule;
  targets: readonly (readonly [string, PipelineFunction])[];
  deadLetters: DeadLetters;
}

/** Routes events of one pattern to functions; undelivered events go to the dead letters. */
export class EventRoute extends Construct {
  constructor(scope: Construct, id: string, { names }: Site, { rule, targets, deadLetters }: RouteOptions) {
    super(scope, id);
    const made = new CloudwatchEventRule(this, 'rule', {
      name: names.named(rule.name),
      eventPattern: JSON.stringify(rule.pattern),
    });
    for (const [name, target] of targets) {
      new LambdaPermission(this, `${name}-permission`, {
        statementId: names.named(rule.name),
        action: 'lambda:InvokeFunction',
        functionName: target.name,
        qualifier: liveAlias,
        principal: 'events.amazonaws.com',
        sourceArn: made.arn,
      });
      new CloudwatchEventTarget(this, `${name}-target`, {
        rule: made.name,
        targetId: name,
        arn: target.arn,
        deadLetterConfig: { arn: deadLetters.arn },
        retryPolicy: { maximumEventAgeInSeconds: 3600 * rule.hours, maximumRetryAttempts: 10 },
      });
    }
  }
}
