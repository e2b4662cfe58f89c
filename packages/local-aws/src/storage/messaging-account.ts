import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

/** fauxqs only supports this account in ARNs and URLs of topics and queues; it is seen only in this file. */
const ownAccount = '000000000000';

/** Sends a request to fauxqs within this process. */
type Inject = (request: {
  method: 'GET' | 'POST';
  url: string;
  headers: IncomingHttpHeaders;
  payload: string;
}) => Promise<{ statusCode: number; headers: Record<string, unknown>; payload: string }>;

/** Matches an account where an ARN, the URL of a queue or a whole element has one, plain or in a form. */
const inNames = (account: string) =>
  new RegExp(
    `(arn(?::|%3A)aws(?::|%3A)(?:sns|sqs|sts|iam)(?::|%3A)[\\w-]*(?::|%3A)|(?:/|%2F|>))${account}(?=[:/"<&]|%3A|%2F|$)`,
    'gi',
  );

/** Fields with content, which must arrive as it was sent: SDKs check its hash. */
const isContent = (field: string) =>
  /^(Message|Subject|MessageBody|MessageStructure|PublishBatch.*)\b/.test(field);

function requestText(body: string, isForm: boolean, account: string): string {
  const own = (value: string) => value.replace(inNames(account), `$1${ownAccount}`);
  if (!isForm) {
    // Only the address of a queue, and the ARNs in its attributes.
    const { QueueUrl, Attributes, ...rest } = JSON.parse(body || '{}') as Record<string, unknown>;
    const changed = {
      ...(QueueUrl !== undefined && { QueueUrl }),
      ...(Attributes !== undefined && { Attributes }),
    };
    return JSON.stringify({ ...rest, ...(JSON.parse(own(JSON.stringify(changed))) as object) });
  }
  return body
    .split('&')
    .map((pair) => (isContent(pair) ? pair : own(pair)))
    .join('&');
}

/** Serves SNS, SQS and STS of fauxqs with the account of the cloud. Returns the text of the request. */
export async function serveWithAccount(
  request: IncomingMessage,
  response: ServerResponse,
  { account, inject }: { account: string; inject: Inject },
): Promise<string> {
  const body = await text(request);
  const { 'content-length': _, ...headers } = request.headers;
  const isForm = !String(headers['content-type']).includes('json');
  const target = String(headers['x-amz-target'] ?? '');
  const answer = await inject({
    method: request.method === 'GET' ? 'GET' : 'POST',
    url: (request.url ?? '/').replace(inNames(account), `$1${ownAccount}`),
    headers,
    payload: requestText(body, isForm, account),
  });
  const isReceived = /ReceiveMessage/.test(target) || /Action=ReceiveMessage/.test(body);
  const answered = isReceived ? answer.payload : answer.payload.replace(inNames(ownAccount), `$1${account}`);
  for (const [name, value] of Object.entries(answer.headers))
    if (!['content-length', 'transfer-encoding', 'connection'].includes(name))
      response.setHeader(name, value as string);
  response.writeHead(answer.statusCode);
  response.end(answered);
  return body;
}
