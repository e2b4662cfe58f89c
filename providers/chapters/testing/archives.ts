import { crc32 } from 'node:zlib';

/** Files of an archive by name, in order. */
export type Contents = Readonly<Record<string, Uint8Array>>;

const le = (value: number, bytes: number) => {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntLE(value, 0, bytes);
  return buffer;
};

const vint = (value: number): Buffer => {
  const bytes: number[] = [];
  let rest = value;
  do {
    bytes.push((rest % 128) | (rest >= 128 ? 0x80 : 0));
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  return Buffer.from(bytes);
};

/** The last header, as WinRAR writes it. */
const end5 = Buffer.from([0x1d, 0x77, 0x56, 0x51, 0x03, 0x05, 0x04, 0x00]);

function block5(type: number, fields: Buffer, data?: Uint8Array, extra?: Buffer): Buffer {
  const flags = (extra ? 1 : 0) | (data ? 2 : 0);
  const body = Buffer.concat([
    ...[
      vint(type),
      vint(flags),
      ...(extra ? [vint(extra.length)] : []),
      ...(data ? [vint(data.length)] : []),
    ],
    ...[fields, extra ?? Buffer.alloc(0)],
  ]);
  const sized = Buffer.concat([vint(body.length), body]);
  return Buffer.concat([le(crc32(sized), 4), sized, data ?? Buffer.alloc(0)]);
}

export interface RarOptions {
  encrypted?: boolean;
  volume?: boolean;
  /** Whether names use RAR's packed Unicode. */
  unicode?: boolean;
}

/** Returns a RAR 5 archive with uncompressed files. */
export function rar5(files: Contents, { encrypted, volume }: RarOptions = {}): Buffer {
  const entries = Object.entries(files).map(([name, bytes]) => {
    const utf8 = Buffer.from(name);
    const fields = [
      vint(4),
      vint(bytes.length),
      vint(0o100644),
      le(crc32(bytes), 4),
      vint(0),
      vint(1),
      vint(utf8.length),
      utf8,
    ];
    // The encryption record has a version, flags, a count, a salt and a vector.
    const record = Buffer.concat([vint(1), vint(0), vint(0), Buffer.of(15), Buffer.alloc(32)]);
    const extra = encrypted ? Buffer.concat([vint(record.length), record]) : undefined;
    return block5(2, Buffer.concat(fields), bytes, extra);
  });
  const main = block5(1, vint(volume ? 1 : 0));
  return Buffer.concat([Buffer.from('Rar!\x1a\x07\x01\0', 'latin1'), main, ...entries, end5]);
}

function block4(type: number, flags: number, fields: Buffer, data?: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.of(type), le(flags, 2), le(7 + fields.length, 2), fields]);
  return Buffer.concat([le(crc32(body) & 0xffff, 2), body, data ?? Buffer.alloc(0)]);
}

/** Returns a RAR archive of versions 2 to 4 with uncompressed files. */
export function rar4(files: Contents, { encrypted, volume, unicode }: RarOptions = {}): Buffer {
  const entries = Object.entries(files).map(([name, bytes]) => {
    const text = Buffer.from(name, 'latin1');
    const fields = [
      ...[le(bytes.length, 4), le(bytes.length, 4), Buffer.of(3), le(crc32(bytes), 4), le(0x5a000000, 4)],
      ...[Buffer.of(29, 0x30), le(text.length, 2), le(0o100644, 4), text],
    ];
    return block4(0x74, 0x8000 | (encrypted ? 4 : 0) | (unicode ? 0x200 : 0), Buffer.concat(fields), bytes);
  });
  const main = block4(0x73, volume ? 1 : 0, Buffer.alloc(6));
  return Buffer.concat([
    Buffer.from('Rar!\x1a\x07\0', 'latin1'),
    main,
    ...entries,
    block4(0x7b, 0x4000, Buffer.alloc(0)),
  ]);
}

/** Returns a 7z archive that stores its files in one block, with names in UTF-16. */
export function sevenZip(files: Contents): Buffer {
  const names = Object.keys(files);
  const contents = Object.values(files);
  const data = Buffer.concat(contents);
  const number = (value: number) => {
    // A number of 7z: the leading ones of the first byte are the number of bytes that follow.
    if (value < 0x80) return Buffer.of(value);
    return Buffer.concat([Buffer.of(0xf0), le(value, 4)]);
  };
  const utf16 = Buffer.from(names.map((name) => `${name}\0`).join(''), 'utf16le');
  const header = Buffer.concat([
    Buffer.of(0x01, 0x04, 0x06),
    ...[number(0), number(1), Buffer.of(0x09), number(data.length), Buffer.of(0)],
    ...[Buffer.of(0x07, 0x0b, 1, 0, 1, 0x01, 0x00, 0x0c), number(data.length), Buffer.of(0)],
    ...[Buffer.of(0x08, 0x0d), number(contents.length), Buffer.of(0x09)],
    ...contents.slice(0, -1).map(({ length }) => number(length)),
    ...[Buffer.of(0x0a, 1), ...contents.map((bytes) => le(crc32(bytes), 4)), Buffer.of(0, 0)],
    ...[
      Buffer.of(0x05),
      number(names.length),
      Buffer.of(0x11),
      number(utf16.length + 1),
      Buffer.of(0),
      utf16,
    ],
    Buffer.of(0, 0),
  ]);
  const start = Buffer.concat([
    le(data.length, 6),
    le(0, 2),
    le(header.length, 6),
    le(0, 2),
    le(crc32(header), 4),
  ]);
  const signature = Buffer.from('7z\xbc\xaf\x27\x1c\0\x04', 'latin1');
  return Buffer.concat([signature, le(crc32(start), 4), start, data, header]);
}

/** Entry of a TAR: bytes, or the name of the file that it links to. */
type TarContent = Uint8Array | { hard: string } | { symbolic: string };

/** Returns a TAR archive as `tar` writes it. */
export function tar(files: Readonly<Record<string, TarContent>>): Buffer {
  const entries = Object.entries(files).map(([name, content]) => {
    const bytes = content instanceof Uint8Array ? content : Buffer.alloc(0);
    const header = Buffer.alloc(512);
    header.write(name);
    header.write('0000644\0', 100);
    header.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124);
    header.write('        0', 148);
    if ('hard' in content) header.write(`1${content.hard}`, 156);
    if ('symbolic' in content) header.write(`2${content.symbolic}`, 156);
    header.write('ustar\x0000', 257);
    const sum = header.reduce((all, byte) => all + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    return Buffer.concat([header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
  });
  return Buffer.concat([...entries, Buffer.alloc(1024)]);
}
