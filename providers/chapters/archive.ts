import { buffer } from 'node:stream/consumers';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { ChapterUnreadable } from '../../domain/errors.ts';

/** Far above any real chapter, far below what would hurt: a zip bomb is named, not unpacked. */
const maxEntries = 10_000;
const maxEntryBytes = 128 * 1024 * 1024;
const maxTotalBytes = 4 * 1024 * 1024 * 1024;

export interface Archive {
  /** Names of the files inside, as they are there. */
  names: string[];
  read(name: string): Promise<Uint8Array>;
}

const isDirectory = (entry: Entry) => entry.fileName.endsWith('/');
/** Unix mode bits of the entry say that it is a link; it is left out, never followed. */
const isLink = (entry: Entry) => ((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000;

async function readDirectory(zip: ZipFile, label: string): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  let total = 0;
  // yauzl refuses names that are absolute or leave the archive (`../`).
  for await (const entry of zip.eachEntry()) {
    if (isDirectory(entry) || isLink(entry)) continue;
    entries.set(entry.fileName, entry);
    total += entry.uncompressedSize;
    if (entries.size > maxEntries) throw new ChapterUnreadable(`${label} has more than ${maxEntries} files`);
    if (entry.uncompressedSize > maxEntryBytes || total > maxTotalBytes) {
      throw new ChapterUnreadable(
        `${label} would unpack to too much: ${entry.fileName} is ${entry.uncompressedSize} bytes`,
      );
    }
  }
  return entries;
}

/** Opens a CBZ or ZIP for the time of `use`. `label` names it in the ChapterUnreadable of a broken one. */
export async function withArchive<T>(
  path: string,
  label: string,
  use: (archive: Archive) => Promise<T>,
): Promise<T> {
  const unreadable = (cause: unknown) =>
    cause instanceof ChapterUnreadable
      ? cause
      : new ChapterUnreadable(`${label} can't be read as a zip archive: ${(cause as Error).message}`, {
          cause,
        });
  const zip = await openPromise(path, { autoClose: false, lazyEntries: true }).catch((cause: unknown) => {
    throw unreadable(cause);
  });
  try {
    const entries = await readDirectory(zip, label).catch((cause: unknown) => {
      throw unreadable(cause);
    });
    return await use({
      names: [...entries.keys()],
      async read(name) {
        const entry = entries.get(name);
        if (!entry) throw new ChapterUnreadable(`${label} has no file ${name}`);
        try {
          // yauzl ends the stream with an error when it grows beyond the size that the directory gave.
          return await buffer(await zip.openReadStreamPromise(entry));
        } catch (cause) {
          throw unreadable(cause);
        }
      },
    });
  } finally {
    zip.close();
  }
}
