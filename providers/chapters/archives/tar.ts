import { ChapterUnreadable } from '../../../domain/errors.ts';
import { type Archive, headBytes, refuseLink } from './archive.ts';
import { entryNames, withoutControls } from './entry-names.ts';
import type { FileBytes } from './file-bytes.ts';
import { archiveBudget, maxEntryBytes } from './limits.ts';

const block = 512;
/** The largest header that describes another entry; names and paths of file systems are far smaller. */
const maxHeaderBytes = 1024 * 1024;

/** Reads octal digits, or a number in base 256 if the first bit is set (POSIX pax and GNU). */
function numberAt(header: Buffer, from: number, length: number): number {
  if ((header[from] ?? 0) & 0x80) return Number(`0x${header.toString('hex', from + 1, from + length)}`);
  return Number.parseInt(
    header
      .toString('latin1', from, from + length)
      .replaceAll('\0', ' ')
      .trim() || '0',
    8,
  );
}

function textAt(header: Buffer, from: number, length: number): Buffer {
  const field = header.subarray(from, from + length);
  const end = field.indexOf(0);
  return end === -1 ? field : field.subarray(0, end);
}

/** Parses records `<length> <key>=<value>\n` of a pax header; a value can contain any byte. */
function paxRecords(bytes: Buffer): Map<string, Buffer> {
  const records = new Map<string, Buffer>();
  for (let from = 0; from < bytes.length; ) {
    const space = bytes.indexOf(0x20, from);
    const length = Number(bytes.toString('latin1', from, space));
    if (space === -1 || !(length > space - from)) break;
    const record = bytes.subarray(space + 1, from + length - 1);
    const equals = record.indexOf(0x3d);
    records.set(record.toString('latin1', 0, equals), record.subarray(equals + 1));
    from += length;
  }
  return records;
}

interface TarEntry {
  name: Buffer;
  isUtf8: boolean;
  from: number;
  size: number;
  /** Why its bytes can't be read. */
  unreadable?: 'link' | 'sparse' | 'special';
}

/** Kinds of entry that describe no file: a folder, the name of a volume, the list of a folder, defaults for all entries (GNU, pax). */
const notFiles = '5VDg';
/** Kinds of entry whose bytes are not those of the file. Any other kind is a file (POSIX pax, typeflag). */
const unreadableKinds: Readonly<Record<string, TarEntry['unreadable']>> = {
  ...{ '1': 'link', '2': 'link', S: 'sparse' },
  ...{ '3': 'special', '4': 'special', '6': 'special' },
};

function refuse(kind: NonNullable<TarEntry['unreadable']>, name: string): never {
  if (kind === 'link') refuseLink(name);
  throw new ChapterUnreadable(
    kind === 'sparse'
      ? `${name} is stored as a sparse file; pack it without the option for sparse files`
      : `${name} is a device or a pipe, not a file`,
  );
}

const keyOf = (name: Buffer) => name.toString('latin1');
const withoutDot = (name: Buffer) => Buffer.from(name.toString('latin1').replace(/^(\.\/)+/, ''), 'latin1');

/** Headers that describe the entry after them: a long GNU name or link, pax records. */
interface Ahead {
  name?: Buffer;
  link?: Buffer;
  isUtf8?: boolean;
  size?: number;
  isSparse?: boolean;
}

async function entriesOf(file: FileBytes, label: string): Promise<{ entries: TarEntry[]; isEnded: boolean }> {
  const budget = archiveBudget(label);
  const entries: TarEntry[] = [];
  const byName = new Map<string, TarEntry>();
  let ahead: Ahead = {};
  let at = 0;
  for (; at + block <= file.size; ) {
    const header = await file.read(at, block);
    if (header.every((byte) => byte === 0)) return { entries, isEnded: true };
    const type = String.fromCharCode(header[156] ?? 0);
    const size = ahead.size ?? numberAt(header, 124, 12);
    if (!(size >= 0) || at + block + size > file.size)
      throw new ChapterUnreadable(`${label} can't be read: the TAR archive is truncated or damaged`);
    const from = at + block;
    at = from + Math.ceil(size / block) * block;
    if ('KLx'.includes(type)) {
      if (size > maxHeaderBytes)
        throw new ChapterUnreadable(`${label} can't be read: the TAR archive has a header of ${size} bytes`);
      const bytes = await file.read(from, size);
      if (type === 'L') ahead = { ...ahead, name: textAt(bytes, 0, bytes.length) };
      else if (type === 'K') ahead = { ...ahead, link: textAt(bytes, 0, bytes.length) };
      else {
        const records = paxRecords(bytes);
        const path = records.get('GNU.sparse.name') ?? records.get('path');
        const [longer, link] = [records.get('size'), records.get('linkpath')];
        ahead = {
          ...ahead,
          ...(path && { name: path, isUtf8: true }),
          ...(link && { link }),
          ...(longer && { size: Number(longer) }),
          ...([...records.keys()].some((key) => key.startsWith('GNU.sparse.')) && { isSparse: true }),
        };
      }
      continue;
    }
    const prefix =
      header.toString('latin1', 257, 262) === 'ustar' ? textAt(header, 345, 155) : Buffer.alloc(0);
    const short = textAt(header, 0, 100);
    const name = ahead.name ?? (prefix.length > 0 ? Buffer.concat([prefix, Buffer.from('/'), short]) : short);
    const isFile = !notFiles.includes(type) && (type in unreadableKinds || name.at(-1) !== 0x2f);
    // tar writes a second name of one file as a link to the first.
    const first =
      type === '1' ? byName.get(keyOf(withoutDot(ahead.link ?? textAt(header, 157, 100)))) : undefined;
    budget.spend(withoutControls(name.toString()), isFile ? (first?.size ?? size) : 0);
    if (isFile) {
      const unreadable = ahead.isSparse ? 'sparse' : unreadableKinds[type];
      const entry: TarEntry = {
        ...(first ?? { from, size, ...(unreadable && { unreadable }) }),
        name: withoutDot(name),
        isUtf8: ahead.isUtf8 ?? false,
      };
      entries.push(entry);
      byName.set(keyOf(entry.name), entry);
    }
    ahead = {};
  }
  // An archive without its two empty blocks is complete if it ends with an entry, as for other readers.
  if (at > file.size && entries.length === 0)
    throw new ChapterUnreadable(`${label} can't be read: the TAR archive is truncated`);
  return { entries, isEnded: false };
}

/** Opens a TAR (CBT); entries can be read in any order. */
export async function openTar(file: FileBytes, label: string): Promise<Archive> {
  const { entries, isEnded } = await entriesOf(file, label);
  const { names, notes } = entryNames(
    entries.map(({ name, isUtf8 }) => ({ bytes: name, isUtf8 })),
    label,
  );
  const byName = new Map(names.map((name, i) => [name, entries[i] as TarEntry]));
  const read = async (name: string, most: number) => {
    const { from, size } = byName.get(name) as TarEntry;
    return file.read(from, Math.min(size, most));
  };
  return {
    names,
    notes: isEnded ? notes : [...notes, `${label} has no end mark: files after the last one may be missing`],
    head: (name, most = headBytes) => read(name, most),
    async read(name) {
      const { unreadable } = byName.get(name) as TarEntry;
      return unreadable ? refuse(unreadable, `${label}: ${name}`) : read(name, maxEntryBytes);
    },
  };
}
