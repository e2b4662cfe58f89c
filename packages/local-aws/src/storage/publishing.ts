import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CloudObserver } from '../observer.ts';

/**
 * Reports a message once SNS has accepted it. It reads the request's chunks as they pass, before the service adds its
 * listeners; pausing lets the service decide when they flow.
 */
export function watchPublishing(
  request: IncomingMessage,
  response: ServerResponse,
  published: CloudObserver['published'],
): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.pause();
  response.once('finish', () => {
    if (response.statusCode >= 300) return;
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    if (form.get('Action') !== 'Publish') return;
    const topicArn = form.get('TopicArn') ?? form.get('TargetArn') ?? '';
    published({ topicArn, subject: form.get('Subject') ?? '', text: form.get('Message') ?? '' });
  });
}
