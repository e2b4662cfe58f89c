import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';

/**
 * A request whose body was read already, as a request that can be read once more. It can't break in the middle, and it
 * has no Origin, which some would answer by opening themselves to that web page.
 */
export function replay(request: IncomingMessage, body: Buffer): IncomingMessage {
  const { origin: _, ...headers } = request.headers;
  const { method, url } = request;
  return Object.assign(Readable.from([body]), { headers, method, url }) as unknown as IncomingMessage;
}
