/** For tests: Lambda and SQS as the recorded cases describe them. */

import { createHash } from 'node:crypto';
import { text } from 'node:stream/consumers';
import {
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import type { LambdaBehaviour, QueueReply } from './recorded-cases.ts';
import { listen, sleep, stopServer } from './served.ts';

export interface RecordedServices {
  readonly url: string;
  readonly functions: Map<string, LambdaBehaviour>;
  readonly queues: Map<string, QueueReply>;
  /** Completes task tokens from queues. */
  client: SFNClient | undefined;
  close(): Promise<void>;
}

export async function recordedServices(): Promise<RecordedServices> {
  const functions = new Map<string, LambdaBehaviour>();
  const queues = new Map<string, QueueReply>();
  const { url, server } = await listen(async (request, response) => {
    const body = await text(request);
    if (request.headers['x-amz-target'] === 'AmazonSQS.SendMessage') {
      const message = JSON.parse(body) as { QueueUrl: string; MessageBody: string };
      void reply(services.client, queues.get(message.QueueUrl.split('/').at(-1) ?? ''), message.MessageBody);
      const digest = createHash('md5').update(message.MessageBody).digest('hex');
      response.end(JSON.stringify({ MD5OfMessageBody: digest, MessageId: crypto.randomUUID() }));
      return;
    }
    const name =
      decodeURIComponent(/functions\/([^/]+)\//.exec(request.url ?? '')?.[1] ?? '')
        .split(':')
        .at(-1) ?? '';
    const { status, headers, result } = await invoke(functions.get(name), name, body);
    response.writeHead(status, headers);
    response.end(result);
  });
  const services: RecordedServices = {
    url,
    functions,
    queues,
    client: undefined,
    close: () => stopServer(server),
  };
  return services;
}

async function invoke(behaviour: LambdaBehaviour | undefined, name: string, body: string) {
  const ok = { 'X-Amz-Executed-Version': '$LATEST' };
  switch (behaviour?.kind) {
    case undefined: {
      const Message = `Function not found: arn:aws:lambda:us-east-1:123456789012:function:${name}`;
      const headers = { 'x-amzn-ErrorType': 'ResourceNotFoundException' };
      return { status: 404, headers, result: JSON.stringify({ Type: 'User', Message }) };
    }
    case 'echo':
      return { status: 200, headers: ok, result: body || '{}' };
    case 'return':
      return { status: 200, headers: ok, result: JSON.stringify(behaviour.value) };
    case 'returnRepeat':
      return { status: 200, headers: ok, result: JSON.stringify(behaviour.text.repeat(behaviour.times)) };
    case 'sleep':
      // Nothing waits for this timer, so it must not keep the test process alive.
      await new Promise((resolve) => setTimeout(resolve, behaviour.seconds * 1000).unref());
      return { status: 200, headers: ok, result: body };
    case 'raise': {
      const { errorMessage, errorType, stackTrace } = behaviour;
      const result = JSON.stringify({ errorMessage, errorType, requestId: crypto.randomUUID(), stackTrace });
      return { status: 200, headers: { ...ok, 'X-Amz-Function-Error': 'Unhandled' }, result };
    }
  }
}

async function reply(
  client: SFNClient | undefined,
  queue: QueueReply | undefined,
  body: string,
): Promise<void> {
  if (!client || !queue || queue.reply === 'none') return;
  await sleep(200);
  const { TaskToken: taskToken, Message } = JSON.parse(body) as { TaskToken: string; Message: unknown };
  for (let beat = 0; beat < (queue.heartbeats ?? 0); beat += 1)
    await client.send(new SendTaskHeartbeatCommand({ taskToken }));
  if (queue.reply === 'failure') {
    await client.send(new SendTaskFailureCommand({ taskToken, error: queue.error, cause: queue.cause }));
    return;
  }
  const output = queue.output === 'body' ? body : JSON.stringify(Message);
  await client.send(new SendTaskSuccessCommand({ taskToken, output }));
}
