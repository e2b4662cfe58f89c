import { ChapterUnreadable } from '../../../domain/errors.ts';
import { archiveNames } from './archive-kind.ts';
import type { RawName } from './entry-names.ts';
import { LoadedArchive, type LoadedEntry } from './libarchive.ts';
import { archiveBudget } from './limits.ts';
import { type RarFile, rarHeaders } from './rar-headers.ts';
import { asArchive, directoryOf, namesIn } from './seven-zip-names.ts';

export type PackedKind = 'rar4' | 'rar5' | '7z';

/** A file of a RAR or 7z. */
export interface PackedFile extends RawName {
  /** Number of entries before it. */
  place: number;
  /** Checksum of the unpacked bytes, if the archive has it. */
  crc: number | undefined;
  isLink: boolean;
}

/** Advice to an operator about an archive that can't be read. */
export const convert = 'unpack it and pack its pages as a ZIP (CBZ)';

/** Checks the headers, since libarchive ends without an error when an archive is truncated. */
function rarFiles(bytes: Buffer, kind: 'rar4' | 'rar5', label: string): RarFile[] {
  const { files, isEncrypted, isVolume, isWhole } = rarHeaders(bytes, kind);
  const what = archiveNames[kind];
  if (isEncrypted) throw new ChapterUnreadable(`${label} is an encrypted ${what}: it needs a password`);
  if (isVolume)
    throw new ChapterUnreadable(
      `${label} is one part of a ${what} that is split into several files; ${convert}`,
    );
  if (!isWhole)
    throw new ChapterUnreadable(
      `${label} is a ${what} that is damaged or truncated; repair it, or ${convert}`,
    );
  return files;
}

function entriesOf(archive: LoadedArchive, kind: PackedKind, label: string): LoadedEntry[] {
  const budget = archiveBudget(label);
  const entries: LoadedEntry[] = [];
  archive.rewind();
  for (let entry = archive.next(); entry; entry = archive.next()) {
    budget.spend(entry.name, entry.size);
    entries.push(entry);
  }
  if (archive.isEncrypted)
    throw new ChapterUnreadable(`${label} is an encrypted ${archiveNames[kind]}: it needs a password`);
  return entries;
}

/** Returns the names of a 7z; undefined if they can't be found. */
async function sevenZipNames(
  archive: LoadedArchive,
  listed: readonly string[],
): Promise<string[] | undefined> {
  let bytes = archive.bytes();
  // A directory could be packed more than once, although no tool does that.
  for (let depth = 0; depth < 3; depth++) {
    const directory = directoryOf(bytes);
    if (!directory?.isPacked) return directory && namesIn(directory.bytes, listed);
    const small = asArchive(bytes, directory);
    const loaded = await LoadedArchive.load({
      size: small.length,
      read: async (at, length) => small.subarray(at, at + length),
    });
    loaded.rewind();
    if (!loaded.next()) return undefined;
    const unpacked = loaded.readWhole('the directory');
    loaded.close();
    if (unpacked[0] !== 0x17) return namesIn(unpacked, listed);
    bytes = Buffer.concat([small.subarray(0, small.length - directory.bytes.length), unpacked]);
  }
  return undefined;
}

/** Returns the files of a RAR or 7z in their order, with the names that the archive has. */
export async function packedFiles(
  archive: LoadedArchive,
  kind: PackedKind,
  label: string,
): Promise<{ files: PackedFile[]; notes: string[] }> {
  const headers = kind === '7z' ? undefined : rarFiles(archive.bytes(), kind, label);
  if (kind === '7z' && !directoryOf(archive.bytes()))
    throw new ChapterUnreadable(`${label} is a truncated 7z archive`);
  const entries = entriesOf(archive, kind, label);
  const notFolders = entries.flatMap((entry, place) =>
    entry.kind === 'folder' ? [] : [{ ...entry, place }],
  );
  if (headers && headers.length !== notFolders.length)
    throw new ChapterUnreadable(
      `${label} has ${headers.length} files, but only ${notFolders.length} can be read; ${convert}`,
    );
  const listed = entries.map(({ name }) => name);
  const areLost = kind === '7z' && listed.some((name) => name.includes('*'));
  const names = areLost ? await sevenZipNames(archive, listed).catch(() => undefined) : undefined;
  const files = notFolders.map(({ place, name, kind: type }, i): PackedFile => {
    const isLink = type === 'link';
    const header = headers?.[i];
    if (header) return { ...header, place, isLink };
    const text = names?.[place] ?? (name || `file ${place + 1}`);
    return { bytes: Buffer.from(text), isUtf8: true, crc: undefined, place, isLink };
  });
  const notes = areLost && !names ? [`The file names in ${label} can't be decoded completely`] : [];
  return { files, notes };
}
