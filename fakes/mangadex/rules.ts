import type { IncomingMessage, ServerResponse } from 'node:http';
import { slidingWindow } from '../local-server.ts';
import { happens, type MangaDexFaults } from './faults.ts';

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}

/** Sends an error in the API's format. */
export function sendError(
  response: ServerResponse,
  status: number,
  title: string,
  headers?: Record<string, string>,
): void {
  const error = { id: crypto.randomUUID(), status, title, detail: `${title} (fake)`, context: null };
  sendJson(response, status, { result: 'error', errors: [error] }, headers);
}

export interface Limits {
  requestsPerSecond: number;
  atHomePerMinute: number;
}

/** Enforces the rules for every request (docs, 2-limitations): rejects one that breaks them, with the reason. */
export function limitations(limits: Limits, faults: MangaDexFaults, now: () => number) {
  const room = slidingWindow(limits.requestsPerSecond, 1000);
  const atHomeRoom = slidingWindow(limits.atHomePerMinute, 60_000);
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const agent = request.headers['user-agent'] ?? '';
    if (!agent || /^(Mozilla|node|axios|curl)/i.test(agent)) {
      sendError(response, 400, 'A User-Agent of your own is required');
      return true;
    }
    if (request.headers.via !== undefined) {
      sendError(response, 400, 'Requests with a Via header are not allowed');
      return true;
    }
    const atHome = request.url?.startsWith('/at-home/') ? atHomeRoom(now()) : 0;
    const wait = happens(faults, 'storm') ? faults.stormSeconds * 1000 : Math.max(atHome, room(now()));
    if (wait === 0) return false;
    const until = String(Math.ceil((now() + wait) / 1000));
    sendError(response, 429, 'too_many_requests_http_exception', {
      date: new Date(now()).toUTCString(),
      'x-ratelimit-retry-after': until,
    });
    return true;
  };
}
