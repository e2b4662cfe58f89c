import { ChapterUnreadable } from '../../domain/errors.ts';
import type { Archive } from './archives/archive.ts';
import { archiveNames, sniffArchive } from './archives/archive-kind.ts';
import { type FileBytes, withFile } from './archives/file-bytes.ts';
import { openTar } from './archives/tar.ts';
import { openZip } from './archives/zip.ts';

/** File names of archives of pages; the content decides what a file really is. */
export const archivePattern = /\.(cbz|zip|cbr|rar|cb7|7z|7zip|cbt|tar|tar\.gz|tgz)$/i;

async function using<T>(file: FileBytes, label: string, use: (archive: Archive) => Promise<T>): Promise<T> {
  const sniffed = await sniffArchive(file);
  if ('other' in sniffed)
    throw new ChapterUnreadable(
      `${label} can't be read as an archive: it is ${sniffed.other}; chapters are ZIP, RAR, 7z or TAR archives`,
    );
  const { kind } = sniffed;
  const named = (cause: unknown, name?: string): Error => {
    if (cause instanceof ChapterUnreadable) return cause;
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
    const encrypted = /encrypt|passphrase|password/i.test(reason) ? ', because it is encrypted' : '';
    return new ChapterUnreadable(
      `${label} can't be read as a ${archiveNames[kind]}${encrypted}: ${name === undefined ? '' : `${name}: `}${reason}`,
      { cause },
    );
  };
  /** Names the archive in its reading errors; errors that `use` throws for other reasons stay unchanged. */
  const naming = (archive: Archive): Archive => ({
    ...archive,
    head: (name, most) =>
      archive.head(name, most).catch((cause: unknown) => Promise.reject(named(cause, name))),
    read: (name) => archive.read(name).catch((cause: unknown) => Promise.reject(named(cause, name))),
  });
  if (kind === 'zip' || kind === 'tar') {
    const opening = kind === 'zip' ? openZip(file, sniffed.bounds, label) : openTar(file, label);
    const archive = await opening.catch((cause: unknown) => Promise.reject(named(cause)));
    return use(naming(archive));
  }
  // Loaded only when needed: half a megabyte of WebAssembly.
  const { withPacked } = await import('./archives/packed.ts');
  let isOpen = false;
  return withPacked(file, kind, label, (archive) => {
    isOpen = true;
    return use(naming(archive));
  }).catch((cause: unknown) => Promise.reject(isOpen ? cause : named(cause)));
}

/** Opens an archive of pages for the duration of `use`. `label` names it in the ChapterUnreadable of a broken one. */
export const withArchive = <T>(
  path: string,
  label: string,
  use: (archive: Archive) => Promise<T>,
): Promise<T> => withFile(path, (file) => using(file, label, use));
