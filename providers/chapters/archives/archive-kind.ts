import type { FileBytes } from './file-bytes.ts';
import { findZip, type ZipBounds } from './zip-bounds.ts';

/** Supported kinds of archive, with their usual names. */
export const archiveNames = {
  zip: 'ZIP archive',
  rar4: 'RAR archive',
  rar5: 'RAR 5 archive',
  '7z': '7z archive',
  tar: 'TAR archive',
} as const;
type ArchiveKind = keyof typeof archiveNames;

/** Kind of a file by its content, whatever its name: a supported archive, or the name of something else. */
export type SniffedArchive =
  | { kind: Exclude<ArchiveKind, 'zip'> }
  | { kind: 'zip'; bounds: ZipBounds }
  | { other: string };

/** Other files that libraries contain under an archive's name, by the bytes at a position, as Latin-1. */
const others: readonly (readonly [magic: string, what: string, place?: number])[] = [
  ['RE~^', 'a RAR archive of the 1990s'],
  ['\x1f\x8b', 'a gzip file, which has to be unpacked once'],
  ['BZh', 'a bzip2 file'],
  ['\xfd7zXZ', 'an xz file'],
  ['\x28\xb5\x2f\xfd', 'a Zstandard file'],
  ['MSCF', 'a Windows cabinet'],
  ['**ACE**', 'an ACE archive', 7],
  ['-lh', 'an LHA archive', 2],
  ['\x60\xea', 'an ARJ archive'],
  ['%PDF-', 'a PDF document'],
  ['\xd0\xcf\x11\xe0', 'an old Office document'],
  ['MZ', 'a program for Windows'],
  ['\xff\xd8\xff', 'a picture'],
  ['\x89PNG', 'a picture'],
  ['GIF8', 'a picture'],
  ['WEBP', 'a picture', 8],
  ['PK\x03\x04', 'a ZIP archive without its end: it was truncated'],
  ['PK00PK', 'a part of a ZIP archive that is split into several files'],
];
const webPage = /^(\xef\xbb\xbf)?\s*<(!doctype html|html|head|body)/i;

function nameOf(head: string): string {
  if (webPage.test(head)) return 'a web page; the download failed';
  return others.find(([magic, , place = 0]) => head.startsWith(magic, place))?.[1] ?? 'of an unknown kind';
}

/** Bit of an entry's flags: its header hides values, because the archive's directory is encrypted (APPNOTE 4.4.4). */
const hiddenByEncryption = 0x2000;
const hasEncryptedDirectory = (head: Buffer) =>
  head.length >= 8 &&
  head.toString('latin1', 0, 4) === 'PK\x03\x04' &&
  (head.readUInt16LE(6) & hiddenByEncryption) !== 0;

/** A tar header contains its own checksum, also in formats older than the mark `ustar`. */
function isTar(head: Buffer): boolean {
  if (head.length < 512 || head[0] === 0) return false;
  const written = Number.parseInt(head.toString('latin1', 148, 156).replaceAll('\0', ' ').trim(), 8);
  const sum = head.subarray(0, 512).reduce((all, byte, i) => all + (i >= 148 && i < 156 ? 0x20 : byte), 0);
  return sum === written;
}

/** Returns the kind of a file. A ZIP is recognized by its end, so that bytes before or after it do no harm. */
export async function sniffArchive(file: FileBytes): Promise<SniffedArchive> {
  if (file.size === 0) return { other: 'empty' };
  const head = await file.read(0, 1024);
  const text = head.toString('latin1');
  if (text.startsWith('Rar!\x1a\x07\x01\0')) return { kind: 'rar5' };
  if (text.startsWith('Rar!\x1a\x07\0')) return { kind: 'rar4' };
  if (text.startsWith('7z\xbc\xaf\x27\x1c')) return { kind: '7z' };
  if (isTar(head)) return { kind: 'tar' };
  if (hasEncryptedDirectory(head))
    return { other: 'an encrypted ZIP archive, even its list of files: it needs a password' };
  const bounds = await findZip(file);
  if (bounds) return { kind: 'zip', bounds };
  return { other: nameOf(text) };
}
