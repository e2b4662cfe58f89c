import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl';
import { ChapterUnreadable } from '../../../domain/errors.ts';
import { type Archive, headBytes, refuseLink, wrongChecksum } from './archive.ts';
import type { Maker } from './code-pages.ts';
import { decodeAs } from './decode-as.ts';
import { entryNames, withoutControls } from './entry-names.ts';
import type { FileBytes } from './file-bytes.ts';
import { guessEncoding } from './guess-encoding.ts';
import { archiveBudget } from './limits.ts';
import type { ZipBounds } from './zip-bounds.ts';

const chunk = 256 * 1024;

/** The part of a file that is the ZIP. Its end record is shown without a comment, whatever follows it. */
class ZipPart extends RandomAccessReader {
  readonly #file: FileBytes;
  readonly #bounds: ZipBounds;

  constructor(file: FileBytes, bounds: ZipBounds) {
    super();
    this.#file = file;
    this.#bounds = bounds;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    const { start: first } = this.#bounds;
    const file = this.#file;
    return Readable.from(
      (async function* () {
        for (let at = start; at < end; at += chunk)
          yield await file.read(first + at, Math.min(chunk, end - at));
      })(),
      { objectMode: false },
    );
  }

  override read(
    target: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    const { start, end } = this.#bounds;
    this.#file.read(start + position, length).then(
      (bytes) => {
        bytes.copy(target, offset);
        const comment = end - 2 - (start + position);
        for (const at of [comment, comment + 1]) if (at >= 0 && at < length) target[offset + at] = 0;
        callback(bytes.length === length ? null : new Error('the file ends too early'));
      },
      (error: Error) => callback(error),
    );
  }
}

/** In Shift-JIS a final backslash can be half of a character; it marks a folder only if the entry has no bytes. */
const isDirectory = ({ fileNameRaw, uncompressedSize }: Entry) =>
  fileNameRaw.at(-1) === 0x2f || (fileNameRaw.at(-1) === 0x5c && uncompressedSize === 0);
/** Returns whether the entry's Unix mode is that of a link, which is never followed. */
const isLink = (entry: Entry) => ((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000;

/** Returns a name as it is shown in messages. */
const shown = (raw: Buffer): string =>
  withoutControls(decodeAs('utf-8', raw) ?? decodeAs(guessEncoding([raw]), raw) ?? '');

const utf8Flag = 0x800;
/** Returns Info-ZIP's field for a name in UTF-8 (APPNOTE 4.6.9): a version, the checksum of the header's name, the name. */
const unicodePath = ({ extraFields, fileNameRaw }: Entry) =>
  extraFields
    // A program that renames an entry can leave the field behind; its checksum is then of the old name.
    .find(
      ({ id, data }) =>
        id === 0x7075 && data.length > 5 && data[0] === 1 && data.readUInt32LE(1) === crc32(fileNameRaw),
    )
    ?.data.subarray(5);

/** Systems by their number in the upper byte of "version made by" (APPNOTE 4.4.2); Info-ZIP has 11 for NTFS. */
const makers: Readonly<Record<number, Maker>> = {
  0: 'dos',
  3: 'unix',
  10: 'dos',
  11: 'dos',
  14: 'dos',
  19: 'unix',
};

/** Returns the kind of system that made all entries; undefined if they are of several kinds or of another one. */
function makerOf(entries: readonly Entry[]): Maker | undefined {
  const [one, ...others] = new Set(entries.map(({ versionMadeBy }) => makers[versionMadeBy >>> 8]));
  return others.length === 0 ? one : undefined;
}

/** Compression methods other than stored and deflated, by their number. */
const methods: Readonly<Record<number, string>> = {
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'xz',
  98: 'PPMd',
};

async function entriesOf(zip: ZipFile, { directorySize }: ZipBounds, label: string): Promise<Entry[]> {
  const budget = archiveBudget(label);
  const entries: Entry[] = [];
  let read = 0;
  for await (const entry of zip.eachEntry()) {
    const fields = 46 + entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength;
    read += fields;
    const name = shown(entry.fileNameRaw);
    budget.spend(name, entry.uncompressedSize, fields);
    if (isDirectory(entry)) continue;
    if (entry.isEncrypted()) throw new ChapterUnreadable(`${label} is encrypted: it needs a password`);
    if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8)
      throw new ChapterUnreadable(
        `${label} can't be read: ${name} is packed by ${methods[entry.compressionMethod] ?? `method ${entry.compressionMethod}`}; pack it as a plain ZIP (store or deflate)`,
      );
    entries.push(entry);
  }
  // A count that is too small would lose the pages after it.
  if (directorySize !== undefined && read + 46 <= directorySize)
    throw new ChapterUnreadable(`${label} can't be read: its directory has more files than it declares`);
  return entries;
}

/** Opens a ZIP; entries are read one by one, in any order. */
export async function openZip(file: FileBytes, bounds: ZipBounds, label: string): Promise<Archive> {
  const part = new ZipPart(file, bounds);
  const zip = await fromRandomAccessReaderPromise(part, bounds.end - bounds.start, {
    autoClose: false,
    decodeStrings: false,
  });
  const entries = await entriesOf(zip, bounds, label);
  const raw = entries.map((entry) => {
    const unicode = unicodePath(entry);
    return {
      bytes: unicode ?? entry.fileNameRaw,
      isUtf8: unicode !== undefined || (entry.generalPurposeBitFlag & utf8Flag) !== 0,
    };
  });
  const { names, notes } = entryNames(raw, label, makerOf(entries));
  const byName = new Map(names.map((name, i) => [name, entries[i] as Entry]));
  const isLinkNamed = (name: string) => isLink(byName.get(name) as Entry);
  const stream = (name: string) => zip.openReadStreamPromise(byName.get(name) as Entry);
  return {
    names,
    notes,
    async head(name, most = headBytes) {
      if (isLinkNamed(name)) return new Uint8Array();
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of await stream(name)) {
        chunks.push(chunk as Buffer);
        size += (chunk as Buffer).length;
        if (size >= most) break;
      }
      return Buffer.concat(chunks).subarray(0, most);
    },
    // yauzl ends the stream with an error when it grows beyond the size that the directory gave.
    async read(name) {
      if (isLinkNamed(name)) refuseLink(`${label}: ${name}`);
      const bytes = await buffer(await stream(name));
      if (crc32(bytes) !== byName.get(name)?.crc32) throw new Error(wrongChecksum);
      return bytes;
    },
  };
}
