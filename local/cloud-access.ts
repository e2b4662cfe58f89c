/** The console's access to the cloud. Apart from events, it uses the same protocols as any client. */

import { callJson, type LocalAddress, signature, WireError } from 'local-aws/client';
import type { LocalCloud } from './cloud-interface.ts';
import type { Control } from './control/control.ts';
import { type Attributes, plainItem } from './item.ts';

/** The parts of the local cloud that the console uses. */
export type ShownCloud = LocalAddress &
  Pick<LocalCloud, 'stateMachineArn' | 'flowFile' | 'resources' | 'functionArns' | 'journal' | 'problems'> &
  Pick<LocalCloud, 'instances' | 'secretTexts' | 'history' | 'taskOf' | 'traceOf'> & {
    /** The cloud's clock, which can differ from this machine's. */
    clock: Pick<LocalCloud['clock'], 'now' | 'speed'>;
    control: Pick<Control, 'run'>;
  };

export interface StoredObject {
  key: string;
  size: number;
  modified: string;
}

export interface DeployedFunction {
  FunctionName: string;
  /** MB */
  MemorySize: number;
  /** seconds */
  Timeout: number;
  Environment: { Variables: Record<string, string> };
}

interface Scanned {
  Items: Attributes[];
  Count: number;
  LastEvaluatedKey?: Attributes;
}

export type CloudAccess = ReturnType<typeof accessTo>;

export function accessTo(cloud: Pick<ShownCloud, 'endpoint' | 'region' | 'resources'>) {
  const bucketUrl = `${cloud.endpoint}/${cloud.resources.artifactsBucket}`;
  const objectUrl = (key: string) => {
    const parts = key.split('/');
    // An address with such parts leads to another object, or out of the bucket.
    if (parts.includes('.') || parts.includes('..'))
      throw new WireError('InvalidObjectName', 'A key of the local cloud has no . or .. between its slashes');
    return `${bucketUrl}/${parts.map(encodeURIComponent).join('/')}`;
  };
  /** Returns a part of a listing: its objects, the prefixes up to a delimiter, and the token of the next part. */
  async function list(query: Record<string, string>) {
    const url = `${bucketUrl}?${new URLSearchParams({ 'list-type': '2', ...query })}`;
    const xml = await bodyOf(fetch(url, { headers: signature('s3', cloud.region) }));
    const objects = elements(xml, 'Contents').map(
      (entry): StoredObject => ({
        key: inXml(entry, 'Key'),
        size: Number(inXml(entry, 'Size')),
        modified: inXml(entry, 'LastModified'),
      }),
    );
    const folders = elements(xml, 'CommonPrefixes').map((entry) => inXml(entry, 'Prefix'));
    return { objects, folders, next: inXml(xml, 'NextContinuationToken') };
  }

  /** Yields the parts of a scan; `input` can have a filter. */
  async function* scanned(TableName: string, input: object = {}): AsyncGenerator<Scanned> {
    let ExclusiveStartKey: Attributes | undefined;
    do {
      const page: Scanned = await callJson(cloud, 'dynamodb', 'Scan', {
        TableName,
        ConsistentRead: true,
        ...input,
        ...(ExclusiveStartKey && { ExclusiveStartKey }),
      });
      yield page;
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey);
  }

  return {
    states: <T>(operation: string, input: object) => callJson<T>(cloud, 'states', operation, input),
    /** Operations of the local engine that AWS does not have. */
    localStates: <T>(operation: string, input: object) =>
      callJson<T>(cloud, 'local-states', operation, input),
    dynamodb: <T>(operation: string, input: object) => callJson<T>(cloud, 'dynamodb', operation, input),

    scanned,

    /** Returns all items of a table as plain values. */
    async scan(TableName: string): Promise<Record<string, unknown>[]> {
      const items: Record<string, unknown>[] = [];
      for await (const { Items } of scanned(TableName)) items.push(...Items.map(plainItem));
      return items;
    },

    async item(TableName: string, key: Record<string, string>): Promise<Record<string, unknown> | undefined> {
      const Key = Object.fromEntries(Object.entries(key).map(([name, value]) => [name, { S: value }]));
      const input = { TableName, Key, ConsistentRead: true };
      const { Item } = await callJson<{ Item?: Attributes }>(cloud, 'dynamodb', 'GetItem', input);
      return Item && plainItem(Item);
    },

    /** Returns all functions as currently deployed. */
    async functions(): Promise<DeployedFunction[]> {
      const url = `${cloud.endpoint}/2015-03-31/functions/`;
      const text = await bodyOf(fetch(url, { headers: signature('lambda', cloud.region) }));
      return (JSON.parse(text) as { Functions: DeployedFunction[] }).Functions;
    },

    async invoke(functionName: string, payload: string) {
      const url = `${cloud.endpoint}/2015-03-31/functions/${encodeURIComponent(functionName)}/invocations`;
      const response = await fetch(url, {
        method: 'POST',
        headers: { ...signature('lambda', cloud.region), 'content-type': 'application/json' },
        body: payload,
      });
      const text = await response.text();
      if (!response.ok) throw new WireError(`HTTP ${response.status}`, text);
      return {
        requestId: response.headers.get('x-amzn-requestid') ?? '',
        failed: response.headers.has('x-amz-function-error'),
        result: text,
      };
    },

    list,

    /** Returns the objects below a prefix. */
    async objects(prefix: string): Promise<StoredObject[]> {
      const found: StoredObject[] = [];
      let token = '';
      do {
        const part = await list({ prefix, ...(token && { 'continuation-token': token }) });
        found.push(...part.objects);
        token = part.next;
      } while (token);
      return found;
    },

    /** Returns S3's response for an object; `headers` can request a range. */
    object: async (key: string, headers: Record<string, string> = {}): Promise<Response> =>
      fetch(objectUrl(key), { headers: { ...signature('s3', cloud.region), ...headers } }),

    /** Copies an object of the same or another bucket into this one. */
    async copy(key: string, to: string, from = cloud.resources.artifactsBucket): Promise<void> {
      const source = `/${from}${new URL(objectUrl(key)).pathname.slice(`/${cloud.resources.artifactsBucket}`.length)}`;
      const headers = { ...signature('s3', cloud.region), 'x-amz-copy-source': source };
      await bodyOf(fetch(objectUrl(to), { method: 'PUT', headers }));
    },

    async json(key: string): Promise<unknown> {
      const response = await fetch(objectUrl(key), { headers: signature('s3', cloud.region) });
      if (response.status === 404) return undefined;
      if (!response.ok) throw new WireError(`HTTP ${response.status}`, key);
      return response.json();
    },

    /** Sends a request to the bucket. Throws S3's error message. */
    async s3(
      method: string,
      key: string,
      query = '',
      body?: Uint8Array<ArrayBuffer> | string,
    ): Promise<Response> {
      const response = await fetch(`${objectUrl(key)}${query}`, {
        method,
        headers: signature('s3', cloud.region),
        ...(body !== undefined && { body }),
      });
      if (response.ok) return response;
      const said = await response.text();
      throw new WireError(inXml(said, 'Code') || `HTTP ${response.status}`, inXml(said, 'Message') || key);
    },
  };
}

async function bodyOf(request: Promise<Response>): Promise<string> {
  const response = await request;
  const text = await response.text();
  if (!response.ok)
    throw new WireError(inXml(text, 'Code') || `HTTP ${response.status}`, inXml(text, 'Message'));
  return text;
}

const elements = (xml: string, name: string): string[] =>
  Array.from(xml.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, 'gs')), ([, inner = '']) => inner);

const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Returns the text of the first element with a name. */
export function inXml(xml: string, name: string): string {
  const text = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? '';
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (all, hex, decimal, entity) => {
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal) return String.fromCodePoint(Number(decimal));
    return entities[entity] ?? all;
  });
}
