import type * as z from 'zod';
import { ChapterUnreadable, SourceUnavailable } from '../../../domain/errors.ts';
import type { Clock } from '../../retry/clock.ts';
import type { RateLimiter } from '../../retry/rate-limiter.ts';
import { type RetryPolicy, retry, TransientError } from '../../retry/retry.ts';
import { span } from '../../tracing/span.ts';
import { type WebClient, WebFailure, type WebResponse } from '../web-client.ts';
import type { MangaDexLimiters } from './limits.ts';
import { AtHomeResponse, ChapterResponse, FeedResponse, MangaResponse, type Release } from './responses.ts';
import type { MangaDexSettings } from './settings.ts';
import type { Turns } from './turns.ts';

const maxJsonBytes = 8 * 1024 * 1024;
const timeoutMs = 30_000;
const policy: RetryPolicy = { attempts: 5, backoffMs: 1500 };
/** Maximum size of a page of the feed (docs, /manga/{id}/feed). */
const feedPage = 500;

export interface ApiPorts {
  web: WebClient;
  turns: Turns;
  limiters: MangaDexLimiters;
  clock: Clock;
}

/**
 * Requests MangaDex's JSON. 5xx, broken connections and invalid responses are retried with backoff, 429 after the requested
 * time. Throws ChapterUnreadable for something that does not exist, SourceUnavailable if a retry can help.
 */
export function mangadexApi(settings: MangaDexSettings, { web, turns, limiters, clock }: ApiPorts) {
  async function get<T>(
    path: string,
    schema: z.ZodType<T>,
    needed: readonly RateLimiter[] = [limiters.requests],
    signal?: AbortSignal,
  ): Promise<T> {
    const url = settings.apiUrl + path;
    const shown = path.replace(/\?.*/, '');
    const send = turns.sender(needed, signal);
    const gaveNone = (why: string) =>
      new SourceUnavailable(`MangaDex did not return ${shown}; the last attempt: ${why}`);

    async function attempt(): Promise<T> {
      const answer = await send(() =>
        span('mangadex', () => web.request(url, { maxBytes: maxJsonBytes, timeoutMs, signal }), {
          path: new URL(url).pathname,
        }),
      );
      if (answer.status === 429) throw gaveNone('429, too many requests');
      if (answer.status === 404) throw new ChapterUnreadable(`MangaDex has no ${shown}`);
      if (answer.status >= 400 && answer.status < 500) {
        throw new SourceUnavailable(`MangaDex refuses ${shown} with ${answer.status}: ${detailOf(answer)}`);
      }
      if (answer.status !== 200) throw new TransientError(`${answer.status}`);
      const parsed = schema.safeParse(jsonOf(answer));
      if (parsed.success) return parsed.data;
      throw new TransientError(`an invalid response (${parsed.error.issues[0]?.message})`);
    }

    const isTransient = (error: unknown) =>
      error instanceof TransientError || (error instanceof WebFailure && error.kind === 'broken');
    try {
      return await retry(attempt, policy, { clock, signal, isTransient });
    } catch (error) {
      throw isTransient(error) && !signal?.aborted ? gaveNone((error as Error).message) : error;
    }
  }

  return {
    manga: async (id: string) =>
      (await get(`/manga/${id}?includes[]=author&includes[]=artist`, MangaResponse)).data,

    chapter: async (id: string) =>
      (await get(`/chapter/${id}?includes[]=scanlation_group`, ChapterResponse)).data,

    /** Returns all releases of a title in the configured languages and ratings. */
    async feed(titleId: string): Promise<Release[]> {
      const releases: Release[] = [];
      for (;;) {
        const query = new URLSearchParams([
          ['limit', String(feedPage)],
          ['offset', String(releases.length)],
          ...settings.languages.map((language): [string, string] => ['translatedLanguage[]', language]),
          ...settings.contentRatings.map((rating): [string, string] => ['contentRating[]', rating]),
          ['order[volume]', 'asc'],
          ['order[chapter]', 'asc'],
          ['includeFuturePublishAt', '0'],
          ['includes[]', 'scanlation_group'],
        ]);
        const { data, total } = await get(`/manga/${titleId}/feed?${query}`, FeedResponse);
        releases.push(...data);
        if (data.length === 0 || releases.length >= total) return releases;
      }
    },

    atHome: (chapterId: string, signal?: AbortSignal) =>
      get(`/at-home/server/${chapterId}`, AtHomeResponse, [limiters.requests, limiters.atHome], signal),
  };
}
export type MangaDexApi = ReturnType<typeof mangadexApi>;

function jsonOf({ body }: WebResponse): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Returns the detail of MangaDex's error body, `{result: 'error', errors: [{title, detail}]}`, or the start of any
 * other.
 */
function detailOf(answer: WebResponse): string {
  const errors = (jsonOf(answer) as { errors?: { detail?: unknown; title?: unknown }[] } | undefined)?.errors;
  const detail = Array.isArray(errors) ? (errors[0]?.detail ?? errors[0]?.title) : undefined;
  return typeof detail === 'string' ? detail : Buffer.from(answer.body).toString('utf8').slice(0, 100);
}
