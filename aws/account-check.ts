import { DescribeImagesCommand } from '@aws-sdk/client-ec2';
import { GetRoleCommand, NoSuchEntityException } from '@aws-sdk/client-iam';
import { DescribeStateMachineCommand, StateMachineDoesNotExist } from '@aws-sdk/client-sfn';
import { ListSubscriptionsByTopicCommand } from '@aws-sdk/client-sns';
import { ec2 } from './clients/ec2.ts';
import { iam } from './clients/iam.ts';
import { sfn } from './clients/sfn.ts';
import { sns } from './clients/sns.ts';
import { serviceQuota } from './service-quota.ts';

/** Read-only checks of an account before it runs unattended. */
export const accountCheck = {
  /** Whether the state machine exists; undefined if it does not. */
  async stateMachine(arn: string): Promise<string | undefined> {
    try {
      return (await sfn.send(new DescribeStateMachineCommand({ stateMachineArn: arn }))).status;
    } catch (error) {
      if (error instanceof StateMachineDoesNotExist) return undefined;
      throw error;
    }
  },

  /** Returns `available`, or the image's other state, and its tags; undefined when the account has no access to it. */
  async image(id: string): Promise<{ state: string; tags: Record<string, string> } | undefined> {
    const filters = [{ Name: 'image-id', Values: [id] }];
    const { Images } = await ec2.send(new DescribeImagesCommand({ Filters: filters }));
    const [image] = Images ?? [];
    if (!image) return undefined;
    const tags = (image.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]);
    return { state: image.State ?? 'unknown', tags: Object.fromEntries(tags) };
  },

  /** Whether the account has the service-linked role without which it gets no Spot machine. */
  async hasSpotRole(): Promise<boolean> {
    try {
      await iam.send(new GetRoleCommand({ RoleName: 'AWSServiceRoleForEC2Spot' }));
      return true;
    } catch (error) {
      if (error instanceof NoSuchEntityException) return false;
      throw error;
    }
  },

  /** Subscribers to errors; an address that has not confirmed receives nothing. */
  async subscribers(topicArn: string): Promise<{ endpoint: string; confirmed: boolean }[]> {
    const { Subscriptions = [] } = await sns.send(
      new ListSubscriptionsByTopicCommand({ TopicArn: topicArn }),
    );
    return Subscriptions.map(({ Endpoint = '', SubscriptionArn = '' }) => ({
      endpoint: Endpoint,
      confirmed: SubscriptionArn.startsWith('arn:'),
    }));
  },

  limit: serviceQuota,
};
