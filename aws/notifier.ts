import { PublishCommand } from '@aws-sdk/client-sns';
import { sns } from './clients/sns.ts';

/** SNS takes subjects of up to 100 printable ASCII characters (API reference, Publish). */
const asSubject = (text: string) =>
  text
    .normalize('NFD')
    .replace(/[^\x20-\x7e]/g, '')
    .slice(0, 100);

/** Tells the operator something over an SNS topic. */
export const notifier = (topicArn: string) => ({
  async notify(subject: string, message: string): Promise<void> {
    await sns.send(new PublishCommand({ TopicArn: topicArn, Subject: asSubject(subject), Message: message }));
  },
});
