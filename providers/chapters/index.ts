import { ConfigurationError } from '../../domain/errors.ts';
import type { Log } from '../../domain/log.ts';
import type { ChapterSource } from './chapter-source.ts';
import type { LibraryFiles } from './library-files.ts';
import type { MangaDexPorts } from './mangadex/mangadex.ts';
import type { MangaDexInput } from './mangadex/settings.ts';

export type ChapterSourceName = 'library' | 'mangadex';

export interface ChapterSourceSettings {
  log: Log;
  /** `bucket`, or a path on disk. */
  library: string;
  /** Opens the `library/` prefix of the bucket; called only if it is used. */
  bucketFiles(): LibraryFiles;
  /** Returns takedowns as JSON; undefined if there are none. */
  readBlocklist?: (() => Promise<unknown>) | undefined;
  /** The operator's MangaDex settings, and the limits that all callers share; needed only by that source. */
  mangadex?: Omit<MangaDexPorts, 'log'> & { settings: MangaDexInput };
}

/** Creates the configured chapter source; the code of the others is not loaded. */
export async function createChapterSource(
  name: ChapterSourceName,
  { log, library, bucketFiles, readBlocklist, mangadex }: ChapterSourceSettings,
): Promise<ChapterSource> {
  switch (name) {
    case 'library': {
      const { diskFiles } = await import('./disk-files.ts');
      const { librarySource } = await import('./library.ts');
      return librarySource(library === 'bucket' ? bucketFiles() : diskFiles(library), log, readBlocklist);
    }
    case 'mangadex': {
      if (!mangadex) throw new ConfigurationError('MangaDex is off: it has no settings');
      const { mangadexSource } = await import('./mangadex/mangadex.ts');
      return mangadexSource(mangadex.settings, { ...mangadex, log });
    }
  }
}
