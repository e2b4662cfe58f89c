import { ChapterUnreadable } from '../../../domain/errors.ts';

/** Far above any real chapter and far below the machine's limits: a bomb is reported by name, not unpacked. */
const maxEntries = 10_000;
export const maxEntryBytes = 128 * 1024 * 1024;
const maxTotalBytes = 4 * 1024 * 1024 * 1024;

/** A name that is longer can't be a path on any disk (PATH_MAX of Linux). */
const maxNameBytes = 4096;
/** Names, comments and other fields of all files together; they are held in memory. */
const maxListBytes = 64 * 1024 * 1024;

/** Counts the files and folders of an archive, and their unpacked size; throws if there are too many or they are too large. */
export function archiveBudget(label: string) {
  let entries = 0;
  let total = 0;
  let listed = 0;
  return {
    /** @param fields size of the entry in the archive's list of files, in bytes */
    spend(name: string, bytes: number, fields = Buffer.byteLength(name)): void {
      entries += 1;
      total += bytes;
      listed += fields;
      if (entries > maxEntries)
        throw new ChapterUnreadable(`${label} has more than ${maxEntries} files and folders`);
      if (Buffer.byteLength(name) > maxNameBytes)
        throw new ChapterUnreadable(
          `${label} has a file whose name has more than ${maxNameBytes} bytes: ${name.slice(0, 60)}…`,
        );
      if (listed > maxListBytes)
        throw new ChapterUnreadable(
          `${label} has a list of files of more than ${maxListBytes / 1024 ** 2} MiB`,
        );
      if (bytes > maxEntryBytes || total > maxTotalBytes)
        throw new ChapterUnreadable(`${label} is too large when unpacked: ${name} is ${bytes} bytes`);
    },
  };
}
