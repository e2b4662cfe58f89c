import { ChapterUnreadable } from '../../../domain/errors.ts';
import type { Log } from '../../../domain/log.ts';
import { type Clock, systemClock } from '../../retry/clock.ts';
import { type Blocklist, mergeBlocklists, parseBlocklist } from '../blocklist.ts';
import type { ChapterSource } from '../chapter-source.ts';
import { webClient } from '../web-client.ts';
import { mangadexApi } from './api.ts';
import { atHomeSession } from './at-home.ts';
import { imageReader } from './images.ts';
import type { MangaDexLimiters } from './limits.ts';
import { mangaIdOf, metadataOf } from './metadata.ts';
import { readAhead } from './read-ahead.ts';
import { chaptersOf, hasNumber, titleIdOf } from './releases.ts';
import { imageReports } from './reports.ts';
import { type MangaDexInput, parseMangaDexSettings } from './settings.ts';
import { turnTaking } from './turns.ts';

/** At five pages a second this allows each of them more than a second. */
const pagesAhead = 6;

export interface MangaDexPorts {
  limiters: MangaDexLimiters;
  log: Log;
  /** Takedowns in addition to the settings, as JSON; read each time, so that a new one takes effect immediately. */
  readBlocklist?: (() => Promise<unknown>) | undefined;
  clock?: Clock;
}

/**
 * Chapters of mangadex.org, only of the titles that the operator listed and claims the rights to. Every request to MangaDex
 * and its image servers takes a turn of the limiters, which all callers share.
 */
export function mangadexSource(input: MangaDexInput | undefined, ports: MangaDexPorts): ChapterSource {
  const { limiters, log, readBlocklist, clock = systemClock } = ports;
  const settings = parseMangaDexSettings(input);
  const { titles, contentRatings } = settings;
  const web = webClient({
    userAgent: `manga-pipeline/0.1 (${settings.contact})`,
    allowLoopback: settings.allowLoopback,
  });
  const turns = turnTaking(clock);
  const api = mangadexApi(settings, { web, turns, limiters, clock });

  async function blockedNow(): Promise<Blocklist> {
    return mergeBlocklists(settings.blocked, parseBlocklist(await readBlocklist?.()));
  }
  const allowedTitles = (blocked: Blocklist) => titles.filter((title) => !blocked.titles.includes(title));
  const chaptersOfTitle = async (titleId: string, blocked: Blocklist) =>
    chaptersOf(titleId, await api.feed(titleId), { ...settings, blocked }, clock.now());

  async function findRelease(chapterId: string) {
    const titleId = titleIdOf(chapterId);
    const blocked = await blockedNow();
    if (titleId === undefined || !allowedTitles(blocked).includes(titleId)) {
      throw new ChapterUnreadable(`${chapterId} does not belong to a listed and unblocked title of MangaDex`);
    }
    const release = (await chaptersOfTitle(titleId, blocked)).get(chapterId);
    if (!release) throw new ChapterUnreadable(`MangaDex no longer has a readable ${chapterId}`);
    return { titleId, release };
  }

  return {
    name: 'mangadex',

    async *list() {
      const blocked = await blockedNow();
      for (const titleId of allowedTitles(blocked)) {
        const chapters = await chaptersOfTitle(titleId, blocked).catch((error: unknown) => {
          if (!(error instanceof ChapterUnreadable)) throw error;
          // A title that was removed from MangaDex must not keep the others from being published.
          log({ level: 'WARN', event: 'title_left_out', title: titleId, reason: error.message });
          return new Map<string, never>();
        });
        for (const [chapter_id, release] of chapters)
          yield {
            ...{ chapter_id, series: titleId, manga_id: mangaIdOf(titleId) },
            ...(hasNumber(release) && { hasPlace: true as const, number: release.attributes.chapter ?? '' }),
          };
      }
    },

    async withChapter(chapterId, use) {
      const { titleId, release } = await findRelease(chapterId);
      const manga = await api.manga(titleId);
      if (!contentRatings.includes(manga.attributes.contentRating)) {
        throw new ChapterUnreadable(
          `${chapterId} is rated ${manga.attributes.contentRating}, not ${contentRatings}`,
        );
      }
      const session = atHomeSession(() => api.atHome(release.id), settings.dataSaver, clock);
      const reports = imageReports(web, settings.reportUrl);
      const readImage = imageReader(session, chapterId, {
        web,
        turns,
        requests: limiters.requests,
        reports,
        clock,
      });
      const pageCount = await session.pageCount();
      try {
        return await use({
          metadata: metadataOf(chapterId, manga, release, settings),
          pageCount,
          pages: (from = 1) =>
            readAhead(from, pageCount, pagesAhead, async (page, signal) => ({
              name: `${chapterId}: page ${page}`,
              image: await readImage(page, signal),
            })),
        });
      } finally {
        await reports.settled();
      }
    },
  };
}
