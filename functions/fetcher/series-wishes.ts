import type { SettingsOrigin } from '../../config/settings/series.ts';
import { ArtifactInvalid, ChapterUnreadable, ConfigurationError } from '../../domain/errors.ts';
import type { ChapterListing, ChapterSource } from '../../providers/chapters/chapter-source.ts';
import type { KnownWishes, SeriesWishes } from './claiming.ts';

export interface SeriesWishesPorts {
  source: Pick<ChapterSource, 'withChapter'>;
  /** Returns the id of a series that the source has listed before, and stores it. */
  findSeriesId(series: string): Promise<string | undefined>;
  putSeriesId(series: string, mangaId: string): Promise<void>;
  wishesOf(series: SettingsOrigin): Promise<SeriesWishes>;
}

/**
 * Returns what the operator wants for the series of a chapter. The chapter is opened if nothing else says which series that is. Returns
 * undefined if the chapter can't be read: its own job fails with the reason. If the settings of its series can't be used, the job of
 * its first chapter fails with the reason, and the others wait, since each would fail with the same one, and three failures end a run.
 */
export async function findWishes(
  { chapter_id, series, manga_id, readSettings }: ChapterListing,
  ports: SeriesWishesPorts,
): Promise<KnownWishes | undefined> {
  const known = manga_id ?? (series === undefined ? undefined : await ports.findSeriesId(series));
  try {
    return await ports.wishesOf({
      manga_id: known ?? (await opened()),
      settings_beside: await readSettings?.(),
    });
  } catch (error) {
    // The second one is thrown for a file in the bucket that is not JSON.
    if (error instanceof ConfigurationError || error instanceof ArtifactInvalid) return { order: 'strict' };
    if (error instanceof ChapterUnreadable) return undefined;
    throw error;
  }

  async function opened(): Promise<string> {
    const id = await ports.source.withChapter(chapter_id, async ({ metadata }) => metadata.manga_id);
    if (series !== undefined) await ports.putSeriesId(series, id);
    return id;
  }
}
