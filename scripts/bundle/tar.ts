import { crc32 } from 'node:zlib';
import type { Deflate } from './deflate.ts';
import { type Files, sorted } from './files.ts';

const block = 512;
/** ustar allows names of a hundred bytes and a prefix of 155; no path here is near that. */
const longestName = 100;

/**
 * Makes a .tgz whose bytes depend on names and contents alone. Each file is a separate gzip member, which every reader
 * treats as one stream, so that a large file is compressed once for all archives that contain it.
 */
export async function tgz(files: Files, deflate: Deflate): Promise<Buffer> {
  const entries = await Promise.all(
    sorted(files).map(async ([name, bytes]) => [
      await gzip(header(name, bytes.byteLength), deflate),
      await gzip(bytes, deflate),
      await gzip(new Uint8Array((block - (bytes.byteLength % block)) % block), deflate),
    ]),
  );
  return Buffer.concat([...entries.flat(), await gzip(new Uint8Array(2 * block), deflate)]);
}

/** Compresses a file without its name and time; the last byte means an unknown operating system. */
export async function gzip(bytes: Uint8Array, deflate: Deflate): Promise<Buffer> {
  if (bytes.byteLength === 0) return Buffer.alloc(0);
  const end = Buffer.alloc(8);
  end.writeUInt32LE(crc32(bytes), 0);
  end.writeUInt32LE(bytes.byteLength, 4);
  const start = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
  return Buffer.concat([start, await deflate(bytes), end]);
}

function header(name: string, size: number): Buffer {
  if (Buffer.byteLength(name) > longestName) throw new Error(`${name} is too long a name for a tar header`);
  const fields = Buffer.alloc(block);
  fields.write(name, 0);
  fields.write('0000644\0', 100);
  fields.write('0000000\0', 108);
  fields.write('0000000\0', 116);
  fields.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  fields.write('00000000000\0', 136);
  // The checksum is calculated with its own field as blanks.
  fields.write('        ', 148);
  fields.write('0', 156);
  fields.write('ustar\x0000', 257);
  const sum = fields.reduce((total, byte) => total + byte, 0);
  fields.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return fields;
}
