import { ConfigurationError } from '../../domain/errors.ts';
import type { ChapterSource } from './chapter-source.ts';
import { diskFiles } from './disk-files.ts';
import { librarySource } from './library.ts';
import type { LibraryFiles } from './library-files.ts';
import { type MangaDexPorts, mangadexSource } from './mangadex/mangadex.ts';
import type { MangaDexInput } from './mangadex/settings.ts';

export type ChapterSourceName = 'library' | 'mangadex';

export interface ChapterSourceSettings {
  /** `bucket`, or a path on disk. */
  library: string;
  /** The `library/` prefix of the bucket; made only when it is asked for. */
  bucketFiles(): LibraryFiles;
  /** What the operator says about MangaDex, and the limits that all callers share; needed by that source alone. */
  mangadex?: MangaDexPorts & { settings: MangaDexInput };
}

/** The chapter source that the configuration names. */
export function createChapterSource(name: ChapterSourceName, settings: ChapterSourceSettings): ChapterSource {
  switch (name) {
    case 'library':
      return librarySource(
        settings.library === 'bucket' ? settings.bucketFiles() : diskFiles(settings.library),
      );
    case 'mangadex':
      if (!settings.mangadex) throw new ConfigurationError('MangaDex is off: nothing is said about it');
      return mangadexSource(settings.mangadex.settings, settings.mangadex);
  }
}
