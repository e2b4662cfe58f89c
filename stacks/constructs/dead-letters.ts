import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue/index.js';
import { SqsQueuePolicy } from '@cdktf/provider-aws/lib/sqs-queue-policy/index.js';
import { Construct } from 'constructs';
import { arn, type Site } from '../site.ts';
import { policy } from './policy.ts';

const twoWeeks = 14 * 24 * 3600;

/** Receives undelivered starts and events. The scheduler writes with its role, EventBridge with this policy. */
export class DeadLetters extends Construct {
  readonly arn: string;
  readonly name: string;
  readonly url: string;

  constructor(scope: Construct, site: Site) {
    super(scope, 'dead-letters');
    const queue = new SqsQueue(this, 'queue', {
      name: site.names.deadLetters,
      messageRetentionSeconds: twoWeeks,
      sqsManagedSseEnabled: true,
    });
    this.arn = queue.arn;
    this.name = queue.name;
    this.url = queue.url;
    new SqsQueuePolicy(this, 'senders', {
      queueUrl: queue.url,
      policy: policy([
        {
          principal: { Service: 'events.amazonaws.com' },
          actions: ['sqs:SendMessage'],
          resources: [queue.arn],
          conditions: { ArnLike: { 'aws:SourceArn': arn(site, 'events', `rule/${site.names.named('*')}`) } },
        },
      ]),
    });
  }
}
