import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';

/**
 * Returns a request with an already read body as a new request. It cannot be interrupted, and it has no Origin header,
 * which makes some servers allow that web page.
 */
export function replay(request: IncomingMessage, body: Buffer): IncomingMessage {
  const { origin: _, ...headers } = request.headers;
  const { method, url } = request;
  return Object.assign(Readable.from([body]), { headers, method, url }) as unknown as IncomingMessage;
}
