import { ChapterUnreadable, ConfigurationError } from '../../../domain/errors.ts';
import type { ReadSettingsBeside } from '../chapter-source.ts';
import type { LibraryFiles } from '../library-files.ts';
import { documentText } from './document-text.ts';
import { baseOf, type LibraryChapter, type LibraryIndex, parentOf } from './library-index.ts';

/** Other programs write series.json and details.json into the same folder. */
const settingsName = 'manga-pipeline.json';
/** A cast of a thousand characters. */
const maxBytes = 256 * 1024;

const isSettingsFile = (path: string) => baseOf(path).toLowerCase() === settingsName;

/**
 * Finds the settings of series: one file in the folder of each, which is the root of the library for series without a folder. So all
 * chapters of a series have the same, also those in folders of volumes.
 */
export function settingsFiles({ chapters, paths }: Pick<LibraryIndex, 'chapters' | 'paths'>) {
  const found = [...paths].filter(isSettingsFile).sort();
  const folders = new Set([...chapters.values()].map(({ seriesFolder }) => seriesFolder ?? ''));
  return {
    /** Those that are in no folder of a series, so that nothing reads them. */
    unread: found.filter((path) => !folders.has(parentOf(path))),

    /** Returns how to read the settings beside a chapter; undefined if there are none. */
    beside({ path, seriesFolder }: LibraryChapter, files: LibraryFiles): ReadSettingsBeside | undefined {
      // If the root itself is a chapter, all of them are among its own files.
      const file = path === '' ? undefined : found.find((one) => parentOf(one) === (seriesFolder ?? ''));
      return file === undefined ? undefined : () => readSettings(file, files);
    },
  };
}

async function readSettings(file: string, files: LibraryFiles) {
  try {
    const { text, notes } = documentText(await files.read(file, maxBytes), file);
    const settings: unknown = JSON.parse(text);
    if (notes.length > 0) throw new ConfigurationError(notes.join('; '));
    return { file, settings };
  } catch (cause) {
    // Not ChapterUnreadable: the whole series can't be made until somebody corrects the file.
    if (cause instanceof ChapterUnreadable) throw new ConfigurationError(cause.message, { cause });
    if (cause instanceof SyntaxError)
      throw new ConfigurationError(`${file} is not JSON: ${cause.message}`, { cause });
    throw cause;
  }
}
