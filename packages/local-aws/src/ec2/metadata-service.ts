import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isFromThisMachine } from 'step-functions-local/loopback';
import { localCredentials } from '../account.ts';
import { type Instance, zoneOf } from './instance.ts';

export interface MetadataService {
  endpoint: string;
  /** Shows the instance a notice that it ends at this time. */
  giveNotice(time: Date): void;
  close(): void;
}

/** Starts the instance metadata service, version 2, of one instance. */
export async function startMetadataService(instance: Instance, region: string): Promise<MetadataService> {
  const tokens = new Map<string, number>();
  let notice: string | undefined;

  function answer(request: IncomingMessage): Answer {
    if (!isFromThisMachine(request)) return { status: 403 };
    if (request.method === 'PUT' && request.url === '/latest/api/token') return issueToken(request);
    const token = String(request.headers['x-aws-ec2-metadata-token'] ?? '');
    if ((tokens.get(token) ?? 0) < Date.now()) return { status: 401 };
    if (request.method !== 'GET') return { status: 405 };
    const path = (request.url ?? '').replace(/^\/latest\/|\/$/g, '');
    const text = contents(instance, region, notice).get(path);
    return text === undefined ? { status: 404 } : { status: 200, text };
  }

  function issueToken(request: IncomingMessage): Answer {
    const seconds = Number(request.headers[ttlHeader]);
    if (!(seconds >= 1 && seconds <= 21_600)) return { status: 400 };
    const text = randomBytes(40).toString('base64url');
    tokens.set(text, Date.now() + seconds * 1000);
    return { status: 200, text, headers: { [ttlHeader]: String(seconds) } };
  }

  const server = createServer((request, response) => {
    const { status, text = '', headers = {} } = answer(request);
    request.resume();
    response.writeHead(status, { 'content-type': 'text/plain', ...headers }).end(text);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    giveNotice: (time) => {
      notice = JSON.stringify({ action: 'terminate', time: time.toISOString().replace(/\.\d+Z$/, 'Z') });
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

interface Answer {
  status: number;
  text?: string;
  headers?: Record<string, string>;
}

const ttlHeader = 'x-aws-ec2-metadata-token-ttl-seconds';
const role = 'worker';

/** Returns all entries by their path below `/latest/`. */
function contents(instance: Instance, region: string, notice: string | undefined) {
  const tags = instance.tagsInMetadata ? instance.tags : {};
  const credentials = {
    Code: 'Success',
    Type: 'AWS-HMAC',
    AccessKeyId: localCredentials.AWS_ACCESS_KEY_ID,
    SecretAccessKey: localCredentials.AWS_SECRET_ACCESS_KEY,
    Token: 'local',
    Expiration: new Date(Date.now() + 6 * 3_600_000).toISOString(),
  };
  const all: Record<string, string | undefined> = {
    'meta-data/instance-id': instance.id,
    'meta-data/instance-type': instance.type,
    'meta-data/instance-life-cycle': instance.spotRequestId ? 'spot' : 'on-demand',
    'meta-data/ami-id': instance.imageId,
    'meta-data/placement/region': region,
    'meta-data/placement/availability-zone': zoneOf(region),
    'meta-data/spot/instance-action': notice,
    'meta-data/tags/instance': Object.keys(tags).join('\n') || undefined,
    'meta-data/iam/security-credentials': role,
    [`meta-data/iam/security-credentials/${role}`]: JSON.stringify(credentials),
    'user-data': instance.userData || undefined,
  };
  const byTag = Object.entries(tags).map(
    ([key, value]) => [`meta-data/tags/instance/${key}`, value] as const,
  );
  return new Map([...Object.entries(all), ...byTag]);
}
