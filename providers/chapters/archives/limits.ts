import { ChapterUnreadable } from '../../../domain/errors.ts';

/** Far above any real chapter and far below the machine's limits: a bomb is reported by name, not unpacked. */
const maxEntries = 10_000;
export const maxEntryBytes = 128 * 1024 * 1024;
const maxTotalBytes = 4 * 1024 * 1024 * 1024;

/** Counts the files of an archive and their unpacked size; throws if either is too large. */
export function archiveBudget(label: string) {
  let entries = 0;
  let total = 0;
  return {
    spend(name: string, bytes: number): void {
      entries += 1;
      total += bytes;
      if (entries > maxEntries) throw new ChapterUnreadable(`${label} has more than ${maxEntries} files`);
      if (bytes > maxEntryBytes || total > maxTotalBytes)
        throw new ChapterUnreadable(`${label} is too large when unpacked: ${name} is ${bytes} bytes`);
    },
  };
}
