import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic/index.js';
import { SnsTopicPolicy } from '@cdktf/provider-aws/lib/sns-topic-policy/index.js';
import { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription/index.js';
import { Construct } from 'constructs';
import { policy } from './constructs/policy.ts';
import type { Site } from './site.ts';

/** Notifies the operator of failed jobs, through handle-error, and of every alarm. */
export class Notifications extends Construct {
  readonly topicArn: string;

  constructor(scope: Construct, { names, config, account }: Site) {
    super(scope, 'notifications');
    // Not encrypted with AWS's own key, which alarms can't use; no message contains a secret.
    const topic = new SnsTopic(this, 'errors', { name: names.errorTopic });
    this.topicArn = topic.arn;
    new SnsTopicPolicy(this, 'senders', {
      arn: topic.arn,
      policy: policy([
        ...['cloudwatch.amazonaws.com', 'budgets.amazonaws.com'].map((Service) => ({
          principal: { Service },
          actions: ['sns:Publish'],
          resources: [topic.arn],
          conditions: { StringEquals: { 'aws:SourceAccount': account } },
        })),
        {
          effect: 'Deny',
          principal: '*',
          actions: ['sns:Publish'],
          resources: [topic.arn],
          conditions: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ]),
    });
    if (config.alarmEmail)
      new SnsTopicSubscription(this, 'email', {
        topicArn: topic.arn,
        protocol: 'email',
        endpoint: config.alarmEmail,
      });
  }
}
