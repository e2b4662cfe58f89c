import { createHash } from 'node:crypto';
import { ChapterUnreadable, SourceUnavailable } from '../../../domain/errors.ts';
import { type WebAnswer, type WebClient, WebFailure } from '../web-client.ts';
import type { AtHomeSession } from './at-home.ts';
import type { Clock } from './clock.ts';
import type { RateLimiter } from './rate-limiter.ts';
import type { ImageReports } from './reports.ts';
import type { Turns } from './turns.ts';

const maxBytes = 64 * 1024 * 1024;
const timeoutMs = 60_000;
const maxFaults = 5;
const maxPauses = 8;

export interface ImagePorts {
  web: WebClient;
  turns: Turns;
  requests: RateLimiter;
  reports: ImageReports;
  clock: Clock;
}

/** `bad`: the server gave something that is not the image. `away`: it gave nothing. */
interface Fault {
  kind: 'bad' | 'away';
  reason: string;
}

/** A file below `data/` carries the SHA-256 of its content in its name; one below `data-saver/` is not checked. */
function faultOf(url: string, { status, body }: WebAnswer): Fault | undefined {
  if (status === 404) return { kind: 'bad', reason: '404, not found' };
  if (status !== 200) return { kind: 'away', reason: `${status}` };
  if (body.byteLength === 0) return { kind: 'bad', reason: 'an empty file' };
  const expected = /\/data\/[^/]+\/[^/]*-([0-9a-f]{64})\.\w+$/.exec(url)?.[1];
  if (expected && createHash('sha256').update(body).digest('hex') !== expected) {
    return { kind: 'bad', reason: 'content that is not what its SHA-256 says' };
  }
  return undefined;
}

/**
 * Reads the images of a chapter. One that fails is reported and asked for again from another server. Throws
 * ChapterUnreadable when servers keep giving something else, SourceUnavailable when they give nothing.
 */
export function imageReader(session: AtHomeSession, label: string, ports: ImagePorts) {
  const { web, turns, requests, reports, clock } = ports;

  /** One try: the image, what went wrong, or a pause that was asked for and is waited out. */
  async function download(url: string, signal: AbortSignal): Promise<Uint8Array | Fault | 'paused'> {
    const started = clock.now();
    let fault: Fault | undefined;
    let answer: WebAnswer | undefined;
    try {
      answer = await web.request(url, { maxBytes, timeoutMs, signal });
      fault = faultOf(url, answer);
    } catch (failure) {
      if (!(failure instanceof WebFailure) || signal.aborted) throw failure;
      fault = { kind: failure.kind === 'broken' ? 'away' : 'bad', reason: failure.message };
    }
    reports.send({
      url,
      success: fault === undefined,
      bytes: answer?.body.byteLength ?? 0,
      duration: Math.round(clock.now() - started),
      cached: String(answer?.headers['x-cache'] ?? '').startsWith('HIT'),
    });
    if (answer?.status === 429) {
      await turns.pause(answer, [requests]);
      return 'paused';
    }
    return fault ?? (answer as WebAnswer).body;
  }

  return async (page: number, signal: AbortSignal): Promise<Uint8Array> => {
    let fault: Fault = { kind: 'away', reason: '429, too many requests' };
    for (let faults = 0, pauses = 0; faults < maxFaults && pauses < maxPauses; ) {
      await turns.take([requests], signal);
      const server = await session.server();
      const got = await download(server.urlOf(page), signal);
      if (got instanceof Uint8Array) return got;
      if (got === 'paused') {
        pauses += 1;
        continue;
      }
      fault = got;
      faults += 1;
      await session.discard(server);
      if (faults < maxFaults) await clock.sleepUntil(clock.now() + 250 * 2 ** faults, signal);
    }
    const message = `${label}: page ${page} can't be had from MangaDex's image servers: ${fault.reason}`;
    throw fault.kind === 'bad' ? new ChapterUnreadable(message) : new SourceUnavailable(message);
  };
}
