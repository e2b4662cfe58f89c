import { PublishCommand } from '@aws-sdk/client-sns';
import { sns } from './clients/sns.ts';

/** SNS allows subjects of up to 100 printable ASCII characters (API reference, Publish). */
const asSubject = (text: string) =>
  text
    .normalize('NFD')
    .replace(/[^\x20-\x7e]/g, '')
    .slice(0, 100);

/** Sends the operator a message through an SNS topic. */
export const notifier = (topicArn: string) => ({
  async notify(subject: string, message: string): Promise<void> {
    await sns.send(new PublishCommand({ TopicArn: topicArn, Subject: asSubject(subject), Message: message }));
  },
});
