import { type LocalAddress, localCredentials } from './account.ts';

/** An error response of an AWS service. */
export class WireError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.name = 'WireError';
    this.code = code;
  }
}

/** Calls a service in the AWS JSON protocol, as an SDK does; the local cloud does not check signatures. */
export async function callJson<T = unknown>(
  { endpoint, region }: LocalAddress,
  service: 'states' | 'local-states' | 'dynamodb' | 'secretsmanager',
  operation: string,
  input: object,
): Promise<T> {
  const prefix = {
    states: 'AWSStepFunctions',
    'local-states': 'LocalStates',
    dynamodb: 'DynamoDB_20120810',
    secretsmanager: 'secretsmanager',
  }[service];
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      ...signature(service.replace('local-', ''), region),
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `${prefix}.${operation}`,
    },
    body: JSON.stringify(input),
  });
  const body = (await response.json()) as { __type?: string; message?: string };
  if (response.ok) return body as T;
  throw new WireError(
    (body.__type ?? `HTTP ${response.status}`).replace(/^.*#/, ''),
    body.message ?? operation,
  );
}

/** Creates a bucket, unless it exists. */
export async function makeBucket({ endpoint, region }: LocalAddress, name: string): Promise<void> {
  const response = await fetch(`${endpoint}/${name}`, { method: 'PUT', headers: signature('s3', region) });
  const text = await response.text();
  if (!response.ok && response.status !== 409) throw new WireError(`HTTP ${response.status}`, text);
}

/** Creates a topic, unless it exists. */
export async function makeTopic({ endpoint, region }: LocalAddress, name: string): Promise<void> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: signature('sns', region),
    body: new URLSearchParams({ Action: 'CreateTopic', Version: '2010-03-31', Name: name }),
  });
  const text = await response.text();
  if (!response.ok) throw new WireError(`HTTP ${response.status}`, text);
}

/** Returns the headers that name the service of a request. */
export function signature(service: string, region: string): Record<string, string> {
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const scope = `${localCredentials.AWS_ACCESS_KEY_ID}/${date.slice(0, 8)}/${region}/${service}/aws4_request`;
  return {
    'x-amz-date': date,
    authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host;x-amz-date, Signature=local`,
  };
}
