import { crc32 } from 'node:zlib';

/** The directory of a 7z, and whether it is itself packed (7zFormat.txt, "Header" and "EncodedHeader"). */
interface Directory {
  bytes: Buffer;
  isPacked: boolean;
}

const startSize = 32;

/** Returns the range of a 7z's directory; undefined if that is beyond the end of the file. */
export function directoryPlace(head: Buffer, size: number): { from: number; end: number } | undefined {
  if (head.length < startSize) return undefined;
  const from = startSize + Number(head.readBigUInt64LE(12));
  const end = from + Number(head.readBigUInt64LE(20));
  return end > size ? undefined : { from, end };
}

/** Returns the directory of a 7z in memory. */
export function directoryOf(archive: Buffer): Directory | undefined {
  const place = directoryPlace(archive, archive.length);
  if (!place) return undefined;
  const bytes = Buffer.from(archive.subarray(place.from, place.end));
  return { bytes, isPacked: bytes[0] === 0x17 };
}

/** Reads a number of 7z: the leading ones of its first byte count the bytes that follow. */
function number(bytes: Buffer, at: number): { value: number; next: number } {
  const first = bytes[at] ?? 0;
  let value = 0;
  let mask = 0x80;
  for (let i = 0; i < 8; i++, mask >>= 1) {
    if (!(first & mask)) return { value: value + (first & (mask - 1)) * 2 ** (8 * i), next: at + 1 + i };
    value += (bytes[at + 1 + i] ?? 0) * 2 ** (8 * i);
  }
  return { value, next: at + 9 };
}

/**
 * Returns a small archive whose only file is the packed directory of another one, so that libarchive can unpack it: a packed
 * directory is described by the same structure as the data of files.
 */
export function asArchive(archive: Buffer, { bytes }: Directory): Buffer {
  // 0x17, 0x06, then the position of the packed directory, which is the beginning here.
  const place = number(bytes, 2);
  const from = startSize + place.value;
  const data = Buffer.from(archive.subarray(from, startSize + Number(archive.readBigUInt64LE(12))));
  // Files need a description of the streams that they are cut from; one whole stream does not.
  const streams = Buffer.concat([Buffer.of(0x06, 0), bytes.subarray(place.next, -1), Buffer.of(0x08, 0, 0)]);
  const name = Buffer.from('h\0', 'utf16le');
  const files = Buffer.concat([Buffer.of(0x05, 1, 0x11, name.length + 1, 0), name, Buffer.of(0, 0)]);
  const header = Buffer.concat([Buffer.of(0x01, 0x04), streams, files]);
  const start = Buffer.alloc(startSize);
  start.write('7z\xbc\xaf\x27\x1c\0\x04', 'latin1');
  start.writeBigUInt64LE(BigInt(data.length), 12);
  start.writeBigUInt64LE(BigInt(header.length), 20);
  start.writeUInt32LE(crc32(header), 28);
  start.writeUInt32LE(crc32(start.subarray(12)), 8);
  return Buffer.concat([start, data, header]);
}

const asciiOf = (text: string) =>
  text
    .replace(/[^\x20-\x7e]|\*/g, '')
    .replaceAll('\\', '/')
    .replace(/\/$/, '');

/**
 * Returns the names from the unpacked directory of a 7z, for the entries that libarchive lists: without a locale it returns
 * only their ASCII characters, by which the list is recognised.
 */
export function namesIn(directory: Buffer, listed: readonly string[]): string[] | undefined {
  for (let at = directory.indexOf(0x11); at !== -1; at = directory.indexOf(0x11, at + 1)) {
    const size = number(directory, at + 1);
    const end = size.next + size.value;
    if (size.value < 3 || size.value % 2 === 0 || end > directory.length || directory[size.next] !== 0)
      continue;
    const names = new TextDecoder('utf-16le').decode(directory.subarray(size.next + 1, end)).split('\0');
    if (names.pop() !== '' || names.length !== listed.length) continue;
    if (names.every((name, i) => asciiOf(name) === asciiOf(listed[i] ?? ''))) return names;
  }
  return undefined;
}
