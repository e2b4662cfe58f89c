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
  /** Of the unpacked bytes, where the archive says it. */
  crc: number | undefined;
}

/** What an operator can do about an archive that is not read. */
export const convert = 'unpack it and pack its pages as a ZIP (CBZ)';

/** Checks what the headers say, since libarchive ends without a word where an archive is cut off. */
function rarFiles(bytes: Buffer, kind: 'rar4' | 'rar5', label: string): RarFile[] {
  const { files, isEncrypted, isVolume, isWhole } = rarHeaders(bytes, kind);
  const what = archiveNames[kind];
  if (isEncrypted) throw new ChapterUnreadable(`${label} is an encrypted ${what}: it needs a password`);
  if (isVolume) throw new ChapterUnreadable(`${label} is one part of a ${what} in several files; ${convert}`);
  if (!isWhole)
    throw new ChapterUnreadable(`${label} is a ${what} that is damaged or cut off; repair it, or ${convert}`);
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

/** The names of a 7z as it has them; undefined where they can't be found. */
async function sevenZipNames(
  archive: LoadedArchive,
  listed: readonly string[],
): Promise<string[] | undefined> {
  let bytes = archive.bytes();
  // A directory can be packed more than once, though nobody does it.
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

/** The files of a RAR or 7z in their order, with their names as the archive has them. */
export async function packedFiles(
  archive: LoadedArchive,
  kind: PackedKind,
  label: string,
): Promise<{ files: PackedFile[]; notes: string[] }> {
  const headers = kind === '7z' ? undefined : rarFiles(archive.bytes(), kind, label);
  if (kind === '7z' && !directoryOf(archive.bytes()))
    throw new ChapterUnreadable(`${label} is a 7z archive that is cut off`);
  const entries = entriesOf(archive, kind, label);
  const notFolders = entries.flatMap((entry, place) =>
    entry.kind === 'folder' ? [] : [{ ...entry, place }],
  );
  if (headers && headers.length !== notFolders.length)
    throw new ChapterUnreadable(
      `${label} has ${headers.length} files, and ${notFolders.length} of them can be read; ${convert}`,
    );
  const listed = entries.map(({ name }) => name);
  const areLost = kind === '7z' && listed.some((name) => name.includes('*'));
  const names = areLost ? await sevenZipNames(archive, listed).catch(() => undefined) : undefined;
  const files = notFolders.flatMap(({ place, name, kind: type }, i): PackedFile[] => {
    if (type === 'link') return [];
    const header = headers?.[i];
    if (header) return [{ ...header, place }];
    const text = names?.[place] ?? (name || `file ${place + 1}`);
    return [{ bytes: Buffer.from(text), isUtf8: true, crc: undefined, place }];
  });
  const notes = areLost && !names ? [`The file names in ${label} can't be decoded whole`] : [];
  return { files, notes };
}
