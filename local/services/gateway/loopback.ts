import type { IncomingMessage } from 'node:http';
import { AwsError } from '../protocol/aws-error.ts';

/**
 * Whether a request comes from a program on this machine that means it. A web page in the browser can reach
 * 127.0.0.1 too: by a name of its own that resolves here (another Host), or from its own place (another
 * Origin, be it another server of this machine). RunInstances starts processes, so both are refused.
 */
export function isFromThisMachine(request: IncomingMessage): boolean {
  const { host, origin } = request.headers;
  if (!host || !isLoopback(host)) return false;
  if (origin !== undefined && origin !== `http://${host}`) return false;
  return request.headers['sec-fetch-site'] !== 'cross-site';
}

/** `bucket.localhost` is how an SDK names a bucket in virtual-hosted style. */
function isLoopback(authority: string): boolean {
  const name = authority.replace(/:\d+$/, '').toLowerCase();
  return name === '127.0.0.1' || name === '[::1]' || name === 'localhost' || name.endsWith('.localhost');
}

export const notFromHere = () =>
  new AwsError('AccessDenied', 'The local cloud answers only programs on this machine', 403);
