import type { ServerResponse } from 'node:http';
import type { CloudObserver } from '../observer.ts';

/** Reports the message of a request that SNS has accepted. */
export function reportPublished(
  body: string,
  { statusCode }: ServerResponse,
  published: CloudObserver['published'],
): void {
  if (statusCode >= 300) return;
  const form = new URLSearchParams(body);
  if (form.get('Action') !== 'Publish') return;
  const topicArn = form.get('TopicArn') ?? form.get('TargetArn') ?? '';
  published({ topicArn, subject: form.get('Subject') ?? '', text: form.get('Message') ?? '' });
}
