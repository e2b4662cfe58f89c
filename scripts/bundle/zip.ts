import { crc32 } from 'node:zlib';
import type { Deflate } from './deflate.ts';
import { type Files, sorted } from './files.ts';

/** 1980-01-01 00:00, the earliest time in a zip: modification times must not affect the bytes. */
const date = 0x0021;
const utf8Names = 0x0800;
const deflated = 8;
/** Made by Unix, so that the mode applies; a regular file that everyone can read, and a program. */
const madeByUnix = (3 << 8) | 20;
const modes = { file: 0o100644 * 0x10000, program: 0o100755 * 0x10000 };

/** Makes a zip whose bytes depend on names and contents alone. `programs` names the files that can be run. */
export async function zip(
  files: Files,
  deflate: Deflate,
  programs: ReadonlySet<string> = new Set(),
): Promise<Buffer> {
  const entries = await Promise.all(
    sorted(files).map(async ([name, bytes]) => ({ name, bytes, data: await deflate(bytes) })),
  );
  const bodies: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const { name, bytes, data } of entries) {
    const path = Buffer.from(name);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(utf8Names, 2);
    fields.writeUInt16LE(deflated, 4);
    fields.writeUInt16LE(date, 8);
    fields.writeUInt32LE(crc32(bytes), 10);
    fields.writeUInt32LE(data.byteLength, 14);
    fields.writeUInt32LE(bytes.byteLength, 18);
    fields.writeUInt16LE(path.byteLength, 22);
    bodies.push(Buffer.from('PK\x03\x04', 'latin1'), fields, path, data);

    const place = Buffer.alloc(14);
    place.writeUInt32LE(programs.has(name) ? modes.program : modes.file, 6);
    place.writeUInt32LE(offset, 10);
    const version = Buffer.alloc(2);
    version.writeUInt16LE(madeByUnix);
    directory.push(Buffer.from('PK\x01\x02', 'latin1'), version, fields, place, path);
    offset += 30 + path.byteLength + data.byteLength;
  }
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).byteLength, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, ...directory, end]);
}
