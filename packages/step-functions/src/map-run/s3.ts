/** The S3 calls of a distributed Map. Objects are read as they arrive. */

import type { IncomingMessage } from 'node:http';
import { buffer, text } from 'node:stream/consumers';
import { type Endpoints, resolveEndpoint } from '../task/endpoints.ts';
import type { ServiceClient, ServiceRequest } from '../task/http.ts';
import { element } from '../task/xml.ts';
import type { RangedFile } from './parquet.ts';

interface ListedObject {
  readonly Etag: string;
  readonly Key: string;
  /** Seconds since the epoch. */
  readonly LastModified: number;
  readonly Size: number;
  readonly StorageClass: string;
}

export interface ObjectStore {
  /** Reads the newest version of an object, or the given one. */
  read(bucket: string, key: string, version?: string): Promise<IncomingMessage>;
  /** Returns an object to read in parts. */
  file(bucket: string, key: string): Promise<RangedFile>;
  list(bucket: string, prefix: string): AsyncGenerator<ListedObject>;
  write(bucket: string, key: string, body: string): Promise<void>;
}

export function createObjectStore(client: ServiceClient, endpoints: Endpoints, region: string): ObjectStore {
  const send = async (
    method: 'GET' | 'PUT',
    path: string,
    { body = '', range }: { body?: string; range?: string } = {},
  ): Promise<IncomingMessage> => {
    const base = resolveEndpoint(endpoints, 's3').replace(/\/$/, '');
    const headers: ServiceRequest['headers'] = {
      'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD',
      ...(range !== undefined && { Range: range }),
    };
    const response = await client.open({
      method,
      url: `${base}/${path}`,
      service: 's3',
      region,
      headers,
      body,
    });
    if ((response.statusCode ?? 500) < 300) return response;
    const answer = await text(response);
    const code = element(answer, 'Code') ?? `status ${response.statusCode}`;
    throw new Error(
      `${element(answer, 'Message') ?? 'S3 refused the request'} (Service: S3; Error Code: ${code})`,
    );
  };
  return {
    read: (bucket, key, version) =>
      send(
        'GET',
        objectPath(bucket, key) + (version === undefined ? '' : `?versionId=${encodeURIComponent(version)}`),
      ),
    async file(bucket, key) {
      const path = objectPath(bucket, key);
      // The answer has the size as well, and S3's message if there is no such object.
      const beginning = await send('GET', path, { range: 'bytes=0-3' });
      beginning.resume();
      return {
        size: Number(
          beginning.headers['content-range']?.split('/').at(-1) ?? beginning.headers['content-length'],
        ),
        read: async ({ start, end }) =>
          buffer(await send('GET', path, { range: `bytes=${start}-${end - 1}` })),
      };
    },
    async *list(bucket, prefix) {
      for (let token: string | undefined = ''; token !== undefined; ) {
        const query = new URLSearchParams({ 'list-type': '2', prefix });
        if (token !== '') query.set('continuation-token', token);
        const answer = await text(await send('GET', `${encodeURIComponent(bucket)}?${query}`));
        for (const [, found = ''] of answer.matchAll(/<Contents>([\s\S]*?)<\/Contents>/g))
          yield listed(found);
        token = element(answer, 'NextContinuationToken');
      }
    },
    async write(bucket, key, body) {
      (await send('PUT', objectPath(bucket, key), { body })).resume();
    },
  };
}

function objectPath(bucket: string, key: string): string {
  return `${encodeURIComponent(bucket)}/${key.split('/').map(encodeURIComponent).join('/')}`;
}

function listed(xml: string): ListedObject {
  return {
    Etag: element(xml, 'ETag') ?? '',
    Key: element(xml, 'Key') ?? '',
    LastModified: Math.floor(Date.parse(element(xml, 'LastModified') ?? '') / 1000) || 0,
    Size: Number(element(xml, 'Size') ?? 0),
    StorageClass: element(xml, 'StorageClass') ?? 'STANDARD',
  };
}
