import { once } from 'node:events';
import type { FileHandle } from 'node:fs/promises';
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';

const bufferBytes = 256 * 1024;

export interface Range {
  /** First byte, and the one after the last. */
  from: number;
  to: number;
}

export interface PutOptions {
  headers: Record<string, string>;
  signal: AbortSignal;
  /** Called with the number of bytes left, each time that some were sent. */
  onSent(left: number): void;
}

/**
 * PUTs a range of a file from one buffer. `fetch` can't do that: it needs new memory for every piece, and gigabytes of it are
 * collected too late. An early response ends the sending.
 */
export async function putRange(
  url: string,
  file: FileHandle,
  { from, to }: Range,
  { headers, signal, onSent }: PutOptions,
): Promise<Response> {
  const open = url.startsWith('https:') ? httpsRequest : httpRequest;
  const request = open(url, { method: 'PUT', headers, signal });
  const responded = once(request, 'response') as Promise<[IncomingMessage]>;
  let early: IncomingMessage | undefined;
  // The next await of the request reports an error; this only prevents an unhandled rejection.
  const ended = responded.then(
    ([response]) => {
      early = response;
    },
    () => undefined,
  );
  request.on('error', () => undefined);
  const buffer = Buffer.allocUnsafeSlow(bufferBytes);
  for (let position = from; position < to && !early && !request.destroyed; ) {
    const { bytesRead } = await file.read(buffer, 0, Math.min(bufferBytes, to - position), position);
    if (bytesRead === 0) {
      request.destroy();
      throw new Error(`The video ends at byte ${position}, before ${to}`);
    }
    await Promise.race([flushed(request, buffer.subarray(0, bytesRead)), ended]);
    position += bytesRead;
    onSent(to - position);
    if (position === to) request.end();
  }
  const [response] = await responded;
  const body = await text(response);
  if (!request.writableEnded) request.destroy();
  const { range } = response.headers;
  return new Response(body || null, { status: response.statusCode ?? 0, headers: range ? { range } : {} });
}

/** Resolves when a piece has been sent: only then can its buffer be reused. */
const flushed = (request: ClientRequest, piece: Uint8Array): Promise<void> =>
  new Promise((resolve, reject) => {
    request.write(piece, (error) => (error ? reject(error) : resolve()));
  });
