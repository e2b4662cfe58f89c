import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

/** Starts an HTTP server on a free port of this machine. */
export async function listen(answer: Answer) {
  const server = createServer((request, response) => {
    Promise.resolve(answer(request, response)).catch((error: unknown) => response.destroy(error as Error));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise<void>((stopped) => {
        server.closeAllConnections();
        server.close(() => stopped());
      }),
  };
}

/** Returns an address of this machine at which nothing listens. */
export async function deadAddress(): Promise<string> {
  const { url, stop } = await listen(() => undefined);
  await stop();
  return url;
}

/** Counts the requests of the last `windowMs`; returns how many ms to wait for room, 0 for none. */
export function slidingWindow(limit: number, windowMs: number) {
  const taken: number[] = [];
  return (now: number): number => {
    while (taken[0] !== undefined && taken[0] <= now - windowMs) taken.shift();
    if (taken.length >= limit) return (taken[0] ?? now) + windowMs - now;
    taken.push(now);
    return 0;
  };
}
