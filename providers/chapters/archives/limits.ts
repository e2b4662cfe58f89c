import { ChapterUnreadable } from '../../../domain/errors.ts';

/** Far above any real chapter, far below what would hurt: a bomb is named, not unpacked. */
const maxEntries = 10_000;
export const maxEntryBytes = 128 * 1024 * 1024;
const maxTotalBytes = 4 * 1024 * 1024 * 1024;

/** Counts the files of an archive and what they would unpack to; throws where either is too much. */
export function archiveBudget(label: string) {
  let entries = 0;
  let total = 0;
  return {
    spend(name: string, bytes: number): void {
      entries += 1;
      total += bytes;
      if (entries > maxEntries) throw new ChapterUnreadable(`${label} has more than ${maxEntries} files`);
      if (bytes > maxEntryBytes || total > maxTotalBytes)
        throw new ChapterUnreadable(`${label} would unpack to too much: ${name} is ${bytes} bytes`);
    },
  };
}
