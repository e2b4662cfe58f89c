import type { Config } from '../../config.ts';
import type { ChapterSource } from './chapter-source.ts';
import { diskFiles } from './disk-files.ts';
import { librarySource } from './library.ts';
import type { LibraryFiles } from './library-files.ts';

export interface ChapterSourceSettings {
  /** `bucket`, or a path on disk. */
  library: string;
  /** The `library/` prefix of the bucket; made only when it is asked for. */
  bucketFiles(): LibraryFiles;
}

/** The chapter source that the configuration names. */
export function createChapterSource(
  name: Config['chapterSource'],
  settings: ChapterSourceSettings,
): ChapterSource {
  switch (name) {
    case 'library':
      return librarySource(
        settings.library === 'bucket' ? settings.bucketFiles() : diskFiles(settings.library),
      );
  }
}
