import { ChapterUnreadable, ConfigurationError } from '../../domain/errors.ts';
import type { ChapterListing, ChapterSource } from '../../providers/chapters/chapter-source.ts';
import type { SeriesWishes } from './claiming.ts';

export interface SeriesWishesPorts {
  source: Pick<ChapterSource, 'withChapter'>;
  /** Returns the id of a series that the source has listed before, and stores it. */
  findSeriesId(series: string): Promise<string | undefined>;
  putSeriesId(series: string, mangaId: string): Promise<void>;
  wishesOf(mangaId: string): Promise<SeriesWishes>;
}

/**
 * Returns what the operator wants for the series of a chapter. The chapter is opened if nothing else says which series that is. Returns
 * undefined if the chapter can't be read or the settings of its series can't be used: its own job fails with the reason.
 */
export async function findWishes(
  { chapter_id, series, manga_id }: ChapterListing,
  ports: SeriesWishesPorts,
): Promise<SeriesWishes | undefined> {
  const known = manga_id ?? (series === undefined ? undefined : await ports.findSeriesId(series));
  try {
    return await ports.wishesOf(known ?? (await opened()));
  } catch (error) {
    if (error instanceof ChapterUnreadable || error instanceof ConfigurationError) return undefined;
    throw error;
  }

  async function opened(): Promise<string> {
    const id = await ports.source.withChapter(chapter_id, async ({ metadata }) => metadata.manga_id);
    if (series !== undefined) await ports.putSeriesId(series, id);
    return id;
  }
}
