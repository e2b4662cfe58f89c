import type { FileHandle } from 'node:fs/promises';
import * as z from 'zod';
import type { YouTubeApi } from './api.ts';
import { readApiError, YouTubeApiError } from './api-error.ts';
import { putRange, type Range } from './put-range.ts';

/** State of a session: how much arrived, that the video exists, or that the session no longer exists. */
export type SessionAnswer =
  | { kind: 'waiting'; received: number }
  | { kind: 'finished'; videoId: string }
  | { kind: 'gone' };

const Video = z.object({ id: z.string().min(1) });

/** If no byte is accepted for this long, the connection is dead; YouTube can take longer for a finished video. */
const stallMs = 60_000;
const finishMs = 300_000;

async function readAnswer(name: string, response: Response): Promise<SessionAnswer> {
  if (response.status === 308) {
    await response.body?.cancel();
    const range = /^bytes=0-(\d+)$/.exec(response.headers.get('range') ?? '');
    return { kind: 'waiting', received: range ? Number(range[1]) + 1 : 0 };
  }
  if (response.ok) {
    const video = Video.safeParse(await response.json().catch(() => undefined));
    if (video.success) return { kind: 'finished', videoId: video.data.id };
    throw new YouTubeApiError(name, 0, 'unreadable', 'the session is finished, but does not name its video');
  }
  const error = await readApiError(name, response);
  if (response.status === 404 || response.status === 410) return { kind: 'gone' };
  throw error;
}

/** Asks a session how much arrived, by an empty PUT (resumable upload guide, step 4.1). */
export async function askSession(
  api: YouTubeApi,
  session: string,
  size: number,
  signal: AbortSignal,
): Promise<SessionAnswer> {
  const name = 'upload status';
  const response = await api.authorized(name, (authorization) =>
    fetch(session, {
      method: 'PUT',
      headers: { authorization, 'content-range': `bytes */${size}` },
      body: new Uint8Array(),
      // 308 is a response of the protocol, not a redirect.
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(stallMs)]),
    }),
  );
  return readAnswer(name, response);
}

/** Sends a chunk; throws if the connection breaks or stalls. */
export async function sendChunk(
  api: YouTubeApi,
  session: string,
  file: FileHandle,
  chunk: Range & { size: number },
  signal: AbortSignal,
): Promise<SessionAnswer> {
  const { from, to, size } = chunk;
  const name = 'upload';
  const stalled = new AbortController();
  const giveUp = () => stalled.abort(new Error('the connection stalled'));
  let watchdog = setTimeout(giveUp, stallMs);
  try {
    const response = await api.authorized(name, (authorization) =>
      putRange(session, file, chunk, {
        headers: {
          authorization,
          'content-type': 'video/mp4',
          'content-length': String(to - from),
          'content-range': `bytes ${from}-${to - 1}/${size}`,
        },
        signal: AbortSignal.any([signal, stalled.signal]),
        onSent(left) {
          clearTimeout(watchdog);
          watchdog = setTimeout(giveUp, left > 0 ? stallMs : finishMs);
        },
      }),
    );
    return await readAnswer(name, response);
  } finally {
    clearTimeout(watchdog);
  }
}
