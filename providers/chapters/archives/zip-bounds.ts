import type { FileBytes } from './file-bytes.ts';

/** Position of a ZIP in its file: other bytes can come before it (a program that unpacks it) and after it. */
export interface ZipBounds {
  /** First byte; all offsets in the archive are relative to it. */
  start: number;
  /** End of the record that ends the directory, without its comment. */
  end: number;
  /** Size of the directory in bytes; undefined in ZIP64, whose record is read elsewhere. */
  directorySize?: number;
}

/** Sizes and signatures of APPNOTE 4.3.12 to 4.3.16. */
const endSize = 22;
const endSignature = Buffer.from('PK\x05\x06', 'latin1');
const entrySignature = 0x02014b50;
const locatorSignature = 0x07064b50;
const locatorSize = 20;
/** A comment has at most 64 KiB; broken downloads append any number of bytes. */
const searched = 1024 * 1024;

/** Finds the last record that ends a directory and has one before it. */
export async function findZip(file: FileBytes): Promise<ZipBounds | undefined> {
  const from = Math.max(0, file.size - searched);
  const tail = await file.read(from, searched);
  for (
    let at = tail.lastIndexOf(endSignature);
    at !== -1;
    at = at > 0 ? tail.lastIndexOf(endSignature, at - 1) : -1
  ) {
    if (at + endSize > tail.length) continue;
    const position = from + at;
    const end = position + endSize;
    const count = tail.readUInt16LE(at + 10);
    const size = tail.readUInt32LE(at + 12);
    const offset = tail.readUInt32LE(at + 16);
    if (at >= locatorSize && tail.readUInt32LE(at - locatorSize) === locatorSignature)
      return { start: 0, end };
    if (count === 0 && size === 0) return { start: Math.max(position - offset, 0), end, directorySize: 0 };
    for (const start of new Set([0, position - size - offset])) {
      if (start < 0 || start + offset + size > position) continue;
      const signature = await file.read(start + offset, 4);
      if (signature.length === 4 && signature.readUInt32LE() === entrySignature)
        return { start, end, directorySize: size };
    }
  }
  return undefined;
}
