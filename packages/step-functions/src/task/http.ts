/** HTTP requests to service endpoints, mostly without a timeout, since a Lambda call can take 900 s. */

import {
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { JsonObject } from '../json.ts';

export interface ServiceRequest {
  readonly method?: string;
  readonly url: string;
  /** Service name in the credential scope, by which a gateway routes; undefined for a request without authorization. */
  readonly service: string | undefined;
  readonly region: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Ends the request and its response. */
  readonly signal?: AbortSignal;
}

export interface ServiceResponse {
  readonly status: number;
  /** The text after the status, such as `OK`. */
  readonly reason: string;
  readonly headers: IncomingHttpHeaders;
  /** The values of each header, in the order of their lines. */
  readonly headerLines: NodeJS.Dict<string[]>;
  readonly body: string;
  /** True if all bytes of the body are text in its charset. */
  readonly isDecoded: boolean;
}

/** The request of an HTTP task and its response, as TestState shows them. */
export interface Exchange {
  readonly request: JsonObject;
  readonly response?: JsonObject;
}

export interface ServiceClient {
  post(request: ServiceRequest): Promise<ServiceResponse>;
  /** Returns the response as it arrives; the caller reads it to its end or destroys it. */
  open(request: ServiceRequest): Promise<IncomingMessage>;
  /** Aborts all pending requests. */
  close(): void;
}

export function createServiceClient(): ServiceClient {
  // There can be as many calls as tasks; opening a connection costs more than the call itself.
  const kept = { keepAlive: true, maxFreeSockets: 1000 };
  const http = new HttpAgent(kept);
  const https = new HttpsAgent(kept);
  return {
    async post(request) {
      const response = await open(request, http, https);
      const { statusCode: status = 0, statusMessage: reason = '', headers, headersDistinct } = response;
      const head = { status, reason, headers, headerLines: headersDistinct };
      return { ...head, ...decoded(await wholeBody(response), headers) };
    },
    open: (request) => open(request, http, https),
    close() {
      http.destroy();
      https.destroy();
    },
  };
}

function open(request: ServiceRequest, http: HttpAgent, https: HttpsAgent): Promise<IncomingMessage> {
  const secure = request.url.startsWith('https:');
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const headers = {
    ...request.headers,
    'Content-Length': String(Buffer.byteLength(request.body)),
    ...(request.service && { 'X-Amz-Date': date, Authorization: unsigned(request, date.slice(0, 8)) }),
  };
  const { method = 'POST', signal } = request;
  return new Promise((resolve, reject) => {
    const send = secure ? httpsRequest : httpRequest;
    const outgoing = send(request.url, {
      ...{ method, headers, agent: secure ? https : http, timeout: 0 },
      ...(signal && { signal }),
    });
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      // The server closed a kept connection just as it was used again. The repeated call can run twice, as it can after a
      // restart.
      if (outgoing.reusedSocket && error.code === 'ECONNRESET')
        open(request, http, https).then(resolve, reject);
      else reject(error);
    });
    outgoing.on('response', resolve);
    outgoing.end(request.body);
  });
}

/** Reads a body that mostly comes in one piece; cheaper than the stream's iterator. */
function wholeBody(response: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    response.on('error', reject);
  });
}

/** Returns the text in the charset of the response, with other characters in place of bytes that are not text. */
function decoded(
  bytes: Buffer,
  { 'content-type': type = '' }: IncomingHttpHeaders,
): Pick<ServiceResponse, 'body' | 'isDecoded'> {
  const text = bytes.toString('utf8');
  const [, charset = 'utf-8'] = /;\s*charset="?([^\s;"]+)/i.exec(type) ?? [];
  if (!text.includes('\ufffd') && /^utf-?8$/i.test(charset)) return { body: text, isDecoded: true };
  try {
    return { body: new TextDecoder(charset, { fatal: true }).decode(bytes), isDecoded: true };
  } catch {
    return { body: text, isDecoded: false };
  }
}

/** Builds an authorization header for its credential scope; local endpoints do not check signatures. */
function unsigned({ region, service }: ServiceRequest, day: string): string {
  const scope = `${day}/${region}/${service}/aws4_request`;
  return `AWS4-HMAC-SHA256 Credential=local/${scope}, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`;
}
