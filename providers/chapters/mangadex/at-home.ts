import { ChapterUnreadable } from '../../../domain/errors.ts';
import type { Clock } from '../../retry/clock.ts';
import type { AtHome } from './responses.ts';

/**
 * A base URL is valid for 15 minutes (docs, 04-chapter). It is replaced a little earlier, so that an image that was
 * requested in time is also sent in time.
 */
const lifetimeMs = 14.5 * 60_000;

export interface ImageServer {
  /** Returns the URL of the page at a position, from 1. */
  urlOf(page: number): string;
}

/**
 * The image server of a chapter: requested once, again when it expires, and again when it fails. Simultaneous callers share
 * one request, since only 40 a minute are allowed.
 */
export function atHomeSession(ask: () => Promise<AtHome>, dataSaver: boolean, clock: Clock) {
  let current: { askedAt: number; server: Promise<ImageServer> } | undefined;
  let known: { hash: string; files: string } | undefined;

  async function open(): Promise<ImageServer> {
    const { baseUrl, chapter } = await ask();
    const files = dataSaver ? chapter.dataSaver : chapter.data;
    known ??= { hash: chapter.hash, files: files.join() };
    if (known.hash !== chapter.hash || known.files !== files.join()) {
      throw new ChapterUnreadable(
        'The chapter was uploaded again while it was read; its pages must not be mixed',
      );
    }
    const folder = `${baseUrl.replace(/\/$/, '')}/${dataSaver ? 'data-saver' : 'data'}/${chapter.hash}`;
    return { urlOf: (page) => `${folder}/${files[page - 1]}` };
  }

  return {
    async server(): Promise<ImageServer> {
      if (!current || clock.now() - current.askedAt >= lifetimeMs) {
        const asked = { askedAt: clock.now(), server: open() };
        current = asked;
        asked.server.catch(() => {
          if (current === asked) current = undefined;
        });
      }
      return current.server;
    },

    /**
     * Discards a failed server: the next caller gets another one, since the report informs MangaDex of the failure.
     */
    async discard(failed: ImageServer): Promise<void> {
      if (current && (await current.server.catch(() => undefined)) === failed) current = undefined;
    },

    async pageCount(): Promise<number> {
      await this.server();
      return known?.files ? known.files.split(',').length : 0;
    },
  };
}
export type AtHomeSession = ReturnType<typeof atHomeSession>;
