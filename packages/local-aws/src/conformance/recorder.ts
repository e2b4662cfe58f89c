import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Middleware } from '../gateway/gateway.ts';
import { judge, type Sent, type Verdict } from './exchange.ts';
import type { Received } from './operation.ts';

export interface Conformance {
  /** Observes every exchange without changing it. */
  middleware: Middleware;
  /** Names of the operations that were called: `dynamodb:GetItem`. */
  called(): string[];
  /** Each difference from AWS's models once, with its operation. */
  problems(): string[];
}

/** Larger bodies are objects, which have no shape. */
const kept = 1024 * 1024;

/** Compares everything that clients send and the services respond with AWS's models of the services. */
export function recordConformance(inner: Middleware = () => undefined): Conformance {
  const called = new Set<string>();
  const problems = new Set<string>();

  function note({ operation, problems: found }: Verdict): void {
    called.add(operation);
    for (const one of found) problems.add(`${operation} ${one}`);
  }

  return {
    middleware(service, request, response) {
      observe(request, response, (received, sent) => {
        const verdict = judge(service, received, sent);
        if (verdict) note(verdict);
      });
      return inner(service, request, response);
    },
    called: () => [...called].sort(),
    problems: () => [...problems].sort(),
  };
}

/** Calls back after a response was sent. It reads along where bodies pass, so that streams stay as they are. */
function observe(
  request: IncomingMessage,
  response: ServerResponse,
  done: (received: Received, sent: Sent) => void,
): void {
  const { method = '', url = '', headers } = request;
  const received = collect();
  const sent = collect();
  const push = request.push.bind(request);
  request.push = (chunk: unknown, encoding?: BufferEncoding) => {
    received.add(chunk);
    return push(chunk, encoding);
  };
  const write = response.write.bind(response) as (...call: unknown[]) => boolean;
  response.write = (...call: unknown[]) => {
    sent.add(call[0]);
    return write(...call);
  };
  const end = response.end.bind(response) as (...call: unknown[]) => ServerResponse;
  response.end = (...call: unknown[]) => {
    sent.add(call[0]);
    return end(...call);
  };
  response.once('finish', () => {
    const answer = { status: response.statusCode, headers: response.getHeaders(), body: sent.text() };
    done({ method, url, headers, body: received.text() }, answer);
  });
}

function collect() {
  const chunks: Buffer[] = [];
  let size = 0;
  return {
    add(chunk: unknown): void {
      if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) return;
      size += chunk.length;
      if (size <= kept) chunks.push(Buffer.from(chunk as string));
    },
    text: () => (size <= kept ? Buffer.concat(chunks).toString() : ''),
  };
}
