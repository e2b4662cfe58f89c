import type { IncomingMessage } from 'node:http';

const targets: Readonly<Record<string, string>> = {
  AWSStepFunctions: 'states',
  DynamoDB_20120810: 'dynamodb',
  secretsmanager: 'secretsmanager',
  AWSEvents: 'events',
  AmazonSQS: 'sqs',
  ServiceQuotasV20190624: 'servicequotas',
};

/** Returns the service of a request: from its signature's scope, else its target, else its path. */
export function serviceNameOf(request: IncomingMessage): string | undefined {
  return fromCredential(request) ?? fromTarget(request) ?? fromPath(request);
}

/** Reads the service from `…/20261123/us-east-1/dynamodb/aws4_request`, in the header or in a presigned URL. */
function fromCredential(request: IncomingMessage): string | undefined {
  const header = /Credential=([^,\s]+)/.exec(request.headers.authorization ?? '')?.[1];
  const scope = header ?? queryOf(request).get('X-Amz-Credential') ?? '';
  return /^.+\/\d{8}\/[^/]+\/([^/]+)\/aws4_request$/.exec(scope)?.[1];
}

function fromTarget(request: IncomingMessage): string | undefined {
  const [prefix = ''] = String(request.headers['x-amz-target'] ?? '').split('.');
  return Object.hasOwn(targets, prefix) ? targets[prefix] : undefined;
}

function fromPath(request: IncomingMessage): string | undefined {
  if (request.url?.startsWith('/2015-03-31/functions')) return 'lambda';
  return request.method === 'GET' || request.method === 'HEAD' ? 's3' : undefined;
}

function queryOf(request: IncomingMessage): URLSearchParams {
  const url = request.url ?? '';
  const question = url.indexOf('?');
  return new URLSearchParams(question < 0 ? '' : url.slice(question + 1));
}
