import { DescribeImagesCommand } from '@aws-sdk/client-ec2';
import { GetServiceQuotaCommand } from '@aws-sdk/client-service-quotas';
import { DescribeStateMachineCommand, StateMachineDoesNotExist } from '@aws-sdk/client-sfn';
import { ListSubscriptionsByTopicCommand } from '@aws-sdk/client-sns';
import { ec2 } from './clients/ec2.ts';
import { serviceQuotas } from './clients/service-quotas.ts';
import { sfn } from './clients/sfn.ts';
import { sns } from './clients/sns.ts';

/** What a person wants to know of an account before they leave it alone; read-only. */
export const accountCheck = {
  /** Whether there is a state machine; undefined when there is none. */
  async stateMachine(arn: string): Promise<string | undefined> {
    try {
      return (await sfn.send(new DescribeStateMachineCommand({ stateMachineArn: arn }))).status;
    } catch (error) {
      if (error instanceof StateMachineDoesNotExist) return undefined;
      throw error;
    }
  },

  /** `available`, or what else an image is; undefined when the account does not see it. */
  async imageState(id: string): Promise<string | undefined> {
    const filters = [{ Name: 'image-id', Values: [id] }];
    return (await ec2.send(new DescribeImagesCommand({ Filters: filters }))).Images?.[0]?.State;
  },

  /** Who is told of errors; an address that has not confirmed yet gets nothing. */
  async subscribers(topicArn: string): Promise<{ endpoint: string; confirmed: boolean }[]> {
    const { Subscriptions = [] } = await sns.send(
      new ListSubscriptionsByTopicCommand({ TopicArn: topicArn }),
    );
    return Subscriptions.map(({ Endpoint = '', SubscriptionArn = '' }) => ({
      endpoint: Endpoint,
      confirmed: SubscriptionArn.startsWith('arn:'),
    }));
  },

  /** The value of an account's limit. */
  async limit(service: string, code: string): Promise<number> {
    const { Quota } = await serviceQuotas.send(
      new GetServiceQuotaCommand({ ServiceCode: service, QuotaCode: code }),
    );
    return Quota?.Value ?? 0;
  },
};
