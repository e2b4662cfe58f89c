import type { z } from 'zod';
import { ChapterUnreadable, SourceUnavailable } from '../../../domain/errors.ts';
import { type WebAnswer, type WebClient, WebFailure } from '../web-client.ts';
import { AtHomeAnswer, ChapterAnswer, FeedAnswer, MangaAnswer, type Release } from './answers.ts';
import type { Clock } from './clock.ts';
import type { MangaDexLimiters, RateLimiter } from './rate-limiter.ts';
import type { MangaDexSettings } from './settings.ts';
import type { Turns } from './turns.ts';

const maxJsonBytes = 8 * 1024 * 1024;
const timeoutMs = 30_000;
const maxFaults = 5;
/** A storm of 429 is sat out for a while; then another call goes on. */
const maxPauses = 8;
/** The most that the feed gives at once (docs, /manga/{id}/feed). */
const feedPage = 500;

export interface ApiPorts {
  web: WebClient;
  turns: Turns;
  limiters: MangaDexLimiters;
  clock: Clock;
}

/**
 * MangaDex's JSON answers. 5xx, broken connections and garbage are tried again with growing pauses, 429 when its time
 * has come. Throws ChapterUnreadable for what isn't there, SourceUnavailable for all that may pass.
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
    let last = '';
    for (let faults = 0, pauses = 0; faults < maxFaults && pauses < maxPauses; ) {
      await turns.take(needed, signal);
      const answer = await web
        .request(url, { maxBytes: maxJsonBytes, timeoutMs, signal })
        .catch((failure: unknown) => {
          if (failure instanceof WebFailure && failure.kind === 'broken' && !signal?.aborted) return failure;
          throw failure;
        });
      if (!(answer instanceof WebFailure)) {
        if (answer.status === 429) {
          pauses += 1;
          last = '429, too many requests';
          await turns.pause(answer, needed);
          continue;
        }
        if (answer.status === 404) throw new ChapterUnreadable(`MangaDex has no ${shown}`);
        if (answer.status >= 400 && answer.status < 500) {
          throw new SourceUnavailable(`MangaDex refuses ${shown} with ${answer.status}: ${detailOf(answer)}`);
        }
        const parsed = answer.status === 200 ? schema.safeParse(jsonOf(answer)) : undefined;
        if (parsed?.success) return parsed.data;
        last = parsed
          ? `an answer that can't be read (${parsed.error.issues[0]?.message})`
          : `${answer.status}`;
      } else last = answer.message;
      faults += 1;
      if (faults < maxFaults)
        await clock.sleepUntil(clock.now() + 500 * 2 ** faults * (1 + Math.random()), signal);
    }
    throw new SourceUnavailable(`MangaDex gave no ${shown}, at last: ${last}`);
  }

  return {
    manga: async (id: string) =>
      (await get(`/manga/${id}?includes[]=author&includes[]=artist`, MangaAnswer)).data,

    chapter: async (id: string) =>
      (await get(`/chapter/${id}?includes[]=scanlation_group`, ChapterAnswer)).data,

    /** All releases of a title in the languages and ratings of the settings. */
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
        const { data, total } = await get(`/manga/${titleId}/feed?${query}`, FeedAnswer);
        releases.push(...data);
        if (data.length === 0 || releases.length >= total) return releases;
      }
    },

    atHome: (chapterId: string, signal?: AbortSignal) =>
      get(`/at-home/server/${chapterId}`, AtHomeAnswer, [limiters.requests, limiters.atHome], signal),
  };
}
export type MangaDexApi = ReturnType<typeof mangadexApi>;

function jsonOf({ body }: WebAnswer): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
}

/** The detail of MangaDex's error body, `{result: 'error', errors: [{title, detail}]}`, or the start of another. */
function detailOf(answer: WebAnswer): string {
  const errors = (jsonOf(answer) as { errors?: { detail?: unknown; title?: unknown }[] } | undefined)?.errors;
  const detail = Array.isArray(errors) ? (errors[0]?.detail ?? errors[0]?.title) : undefined;
  return typeof detail === 'string' ? detail : Buffer.from(answer.body).toString('utf8').slice(0, 100);
}
