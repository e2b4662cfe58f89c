import { lstat, opendir, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import { ChapterUnreadable, ConfigurationError } from '../../domain/errors.ts';
import { headBytes } from './archives/archive.ts';
import { withFile } from './archives/file-bytes.ts';
import { maxEntryBytes } from './archives/limits.ts';
import type { LibraryFiles } from './library-files.ts';
import { isUnfinishedArchive } from './unfinished-archive.ts';

/**
 * A library on disk: a folder, or one archive that is the whole library. Links in it are listed but not followed, so that a page
 * that is one fails its chapter by name.
 */
export function diskFiles(library: string): LibraryFiles {
  const isFile = async () => {
    try {
      return (await stat(library)).isFile();
    } catch (cause) {
      throw new ConfigurationError(`The library ${library} does not exist`, { cause });
    }
  };
  const absolute = async (path: string) => join((await isFile()) ? dirname(library) : library, path);
  const isLink = async (path: string) =>
    !(await isFile()) && (await lstat(join(library, path))).isSymbolicLink();
  const followable = async (path: string) => {
    if (await isLink(path))
      throw new ChapterUnreadable(`${path} is a link, which is not followed; put the file itself there`);
    return absolute(path);
  };
  return {
    name: basename(library, extname(library)),
    isNamed: true,
    async *list() {
      if (await isFile()) {
        yield basename(library);
        return;
      }
      for await (const entry of await opendir(library, { recursive: true })) {
        if (!entry.isFile() && !entry.isSymbolicLink()) continue;
        yield relative(library, join(entry.parentPath, entry.name)).split(sep).join('/');
      }
    },
    isUnfinished: async (path) =>
      !(await isFile()) && !(await isLink(path)) && isUnfinishedArchive(await absolute(path)),
    read: async (path, most = maxEntryBytes) =>
      withFile(await followable(path), ({ size, read }) => {
        if (size > most) throw new ChapterUnreadable(`${path} is larger than ${most / 1024} KiB`);
        return read(0, size);
      }),
    head: async (path, most = headBytes) =>
      (await isLink(path)) ? new Uint8Array() : withFile(await absolute(path), ({ read }) => read(0, most)),
    withLocalFile: async (path, use) => use(await followable(path)),
  };
}
