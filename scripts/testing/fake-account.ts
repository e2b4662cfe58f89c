import { request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { recordConformance } from 'local-aws/conformance';
import { accountServices } from './account-services.ts';

const clients = ['STS', 'IAM', 'EC2', 'SERVICE_QUOTAS'];

/**
 * Starts what the local cloud lacks of an account on a free port. With `environment`, a program takes the services at `endpoint`
 * for an account's: there is one variable per service, since AWS_ENDPOINT_URL would mean a local cloud.
 */
export async function startFakeAccount(endpoint: string, services: readonly string[]) {
  const answer = accountServices();
  const conformance = recordConformance();
  const setBucket = bucketSettings();
  const server = createServer(async (request, response) => {
    const [, name = ''] = /\/([^/]+)\/aws4_request/.exec(request.headers.authorization ?? '') ?? [];
    void conformance.middleware(name, request, response);
    if (name === 's3' && !isBucketSetting(request.url)) return forward(request, response, endpoint);
    if (name === 's3') return void setBucket(request, response);
    const { status, type, body } = answer(
      new URLSearchParams(await text(request)),
      request.headers['x-amz-target'],
    );
    response.writeHead(status, { 'content-type': type }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const own = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const variables = (names: readonly string[], url: string) =>
    Object.fromEntries(names.map((name) => [`AWS_ENDPOINT_URL_${name}`, url]));
  return {
    environment: {
      PATH: process.env.PATH,
      NODE_NO_WARNINGS: '1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      ...variables(clients, own),
      ...variables(services, endpoint),
      // The local cloud's buckets have no settings.
      ...(services.includes('S3') && variables(['S3'], own)),
    },
    /** Differences of requests and responses from AWS's models. */
    problems: conformance.problems,
    close: () => void server.close(),
  };
}

const isBucketSetting = (url = '') => /\?(versioning|publicAccessBlock)\b/.test(url);

/** Every bucket has versions once somebody has asked for them. */
function bucketSettings() {
  const versioned = new Set<string>();
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [bucket = '', setting = ''] = (request.url ?? '').split(/[?&=]/);
    const asked = await text(request);
    if (request.method === 'PUT' && setting === 'versioning' && asked.includes('<Status>Enabled</Status>'))
      versioned.add(bucket);
    const status = versioned.has(bucket) ? '<Status>Enabled</Status>' : '';
    response.end(
      request.method === 'GET'
        ? `<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${status}</VersioningConfiguration>`
        : '',
    );
  };
}

function forward(request: IncomingMessage, response: ServerResponse, endpoint: string): void {
  const { method, url, headers } = request;
  const passed = ask(`${endpoint}${url}`, { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(response);
  });
  request.pipe(passed);
}
