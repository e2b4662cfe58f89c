import type { IncomingMessage, ServerResponse } from 'node:http';

/** An error in the API's format: a status, a reason of docs/errors, a sentence. */
export class Refusal extends Error {
  readonly status: number;
  readonly reason: string;

  constructor(status: number, reason: string, message = reason) {
    super(message);
    this.status = status;
    this.reason = reason;
  }
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8' });
  response.end(JSON.stringify(body));
}

export function sendRefusal(response: ServerResponse, { status, reason, message }: Refusal): void {
  const errors = [{ message, domain: status === 401 ? 'global' : 'youtube.quota', reason }];
  sendJson(response, status, { error: { code: status, message, errors } });
}

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}
