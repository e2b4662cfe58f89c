import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request that is refused, with the message for the page. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Returns a part of a request that must be there. */
export const needed = (value: string | null | undefined, name: string): string => {
  if (!value) throw new Refusal(400, `${name} is missing`);
  return value;
};

/** Allows only this page's own scripts, styles and requests, and forbids framing it. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "media-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * Sets headers for every response. Bytes of a chapter are untrusted: the browser must not guess their type or show them
 * as a document.
 */
export function setSafeHeaders(response: ServerResponse): void {
  response.setHeader('content-security-policy', policy);
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('cross-origin-resource-policy', 'same-origin');
  response.setHeader('cross-origin-opener-policy', 'same-origin');
  response.setHeader('referrer-policy', 'no-referrer');
  response.setHeader('cache-control', 'no-store');
}

export function send(
  response: ServerResponse,
  type: string,
  content: string | Uint8Array,
  status = 200,
): void {
  const body = Buffer.from(content as string);
  response.writeHead(status, { 'content-type': type, 'content-length': body.length });
  response.end(body);
}

export const sendJson = (response: ServerResponse, text: string, status = 200): void =>
  send(response, 'application/json; charset=utf-8', text, status);

/** Makes the browser store the response under a name instead of showing it. */
export function sendAsFile(response: ServerResponse, name: string): void {
  // A name that comes from outside can have any character; the browser replaces those that its files cannot have.
  response.setHeader('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
}

/** Reads the body of a request as JSON; `limit` in bytes. */
export async function readJson(request: IncomingMessage, limit = 1024 * 1024): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw new Refusal(413, `The request is larger than ${limit} bytes`);
    chunks.push(chunk);
  }
  try {
    return size === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    throw new Refusal(400, 'The request is not valid JSON');
  }
}
