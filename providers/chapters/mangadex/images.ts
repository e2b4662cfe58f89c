import { createHash } from 'node:crypto';
import { ChapterUnreadable, SourceUnavailable } from '../../../domain/errors.ts';
import type { Clock } from '../../retry/clock.ts';
import type { RateLimiter } from '../../retry/rate-limiter.ts';
import { type RetryPolicy, retry, TransientError } from '../../retry/retry.ts';
import { span } from '../../tracing/span.ts';
import { type WebClient, WebFailure, type WebResponse } from '../web-client.ts';
import type { AtHomeSession } from './at-home.ts';
import type { ImageReports } from './reports.ts';
import type { Turns } from './turns.ts';

const maxBytes = 64 * 1024 * 1024;
const timeoutMs = 60_000;
const policy: RetryPolicy = { attempts: 5, backoffMs: 500 };

export interface ImagePorts {
  web: WebClient;
  turns: Turns;
  requests: RateLimiter;
  reports: ImageReports;
  clock: Clock;
}

/** `bad`: the server sent something other than the image. `away`: it sent nothing. */
class ImageFault extends TransientError {
  override readonly name = 'ImageFault';
  readonly kind: 'bad' | 'away';

  constructor(kind: ImageFault['kind'], reason: string) {
    super(reason);
    this.kind = kind;
  }
}

/** A file below `data/` has the SHA-256 of its content in its name; one below `data-saver/` is not checked. */
function faultOf(url: string, { status, body }: WebResponse): ImageFault | undefined {
  if (status === 404) return new ImageFault('bad', '404, not found');
  if (status !== 200) return new ImageFault('away', `${status}`);
  if (body.byteLength === 0) return new ImageFault('bad', 'an empty file');
  const expected = /\/data\/[^/]+\/[^/]*-([0-9a-f]{64})\.\w+$/.exec(url)?.[1];
  if (expected && createHash('sha256').update(body).digest('hex') !== expected) {
    return new ImageFault('bad', 'content that does not match its SHA-256');
  }
  return undefined;
}

/**
 * Reads the images of a chapter. A failed one is reported and requested again from another server. Throws ChapterUnreadable
 * if servers keep sending something else, SourceUnavailable if they send nothing.
 */
export function imageReader(session: AtHomeSession, label: string, ports: ImagePorts) {
  const { web, turns, requests, reports, clock } = ports;

  /** Downloads from an image server, and reports it as MangaDex requires. */
  async function download(url: string, signal: AbortSignal): Promise<WebResponse> {
    const started = clock.now();
    let fault: ImageFault | undefined;
    let answer: WebResponse | undefined;
    try {
      answer = await span('mangadex', () => web.request(url, { maxBytes, timeoutMs, signal }), {
        path: new URL(url).pathname,
      });
      fault = faultOf(url, answer);
    } catch (failure) {
      if (!(failure instanceof WebFailure) || signal.aborted) throw failure;
      fault = new ImageFault(failure.kind === 'broken' ? 'away' : 'bad', failure.message);
    }
    reports.send({
      url,
      success: fault === undefined,
      bytes: answer?.body.byteLength ?? 0,
      duration: Math.round(clock.now() - started),
      cached: String(answer?.headers['x-cache'] ?? '').startsWith('HIT'),
    });
    // A 429 is not the server's fault: wait for its end.
    if (answer && (answer.status === 429 || !fault)) return answer;
    throw fault;
  }

  return async (page: number, signal: AbortSignal): Promise<Uint8Array> => {
    const send = turns.sender([requests], signal);
    const unread = (why: string) =>
      `${label}: page ${page} can't be read from MangaDex's image servers: ${why}`;

    async function attempt(): Promise<Uint8Array> {
      const { status, body } = await send(async () => {
        const server = await session.server();
        try {
          return await download(server.urlOf(page), signal);
        } catch (error) {
          if (error instanceof ImageFault) await session.discard(server);
          throw error;
        }
      });
      if (status === 429) throw new SourceUnavailable(unread('429, too many requests'));
      return body;
    }

    try {
      return await retry(attempt, policy, { clock, signal });
    } catch (error) {
      if (!(error instanceof ImageFault)) throw error;
      const message = unread(error.message);
      throw error.kind === 'bad' ? new ChapterUnreadable(message) : new SourceUnavailable(message);
    }
  };
}
