import type { IncomingMessage } from 'node:http';

/**
 * Returns whether a request comes from a program on this machine. A web page in the browser can reach 127.0.0.1 too:
 * through its own host name that resolves to this address (another Host), or from its own server (another Origin, even
 * on this machine). Both are refused, because some calls start processes.
 */
export function isFromThisMachine(request: IncomingMessage): boolean {
  const { host, origin } = request.headers;
  if (!host || !isLoopback(host)) return false;
  if (origin !== undefined && origin !== `http://${host}`) return false;
  return request.headers['sec-fetch-site'] !== 'cross-site';
}

/** Also accepts `bucket.localhost`, which SDKs use for virtual-hosted buckets. */
function isLoopback(authority: string): boolean {
  const name = authority.replace(/:\d+$/, '').toLowerCase();
  return name === '127.0.0.1' || name === '[::1]' || name === 'localhost' || name.endsWith('.localhost');
}
