import { createHash } from 'node:crypto';
import { appendFile, readFile } from 'node:fs/promises';

/** Identifies the seal among MP4 boxes of the type `uuid` (ISO/IEC 14496-12, 11.1); a random number. */
const sealUuid = Buffer.from('6f0c3a5d9b7e4c21a8d2e41f5b90c7d3', 'hex');
const sealSize = 8 + sealUuid.length + 32;

/** Returns the box that a piece of this name ends with. */
function sealOf(name: string, bytes: Uint8Array): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(sealSize);
  const hash = createHash('sha256').update(name).update(bytes).digest();
  return Buffer.concat([size, Buffer.from('uuid'), sealUuid, hash]);
}

/**
 * Ends the file of a finished piece with a box that has the hash of its name and its bytes: what is stored can then be checked without
 * anything beside it. FFmpeg and players skip the box, and a video that is joined from pieces does not have it.
 */
export async function sealPiece(file: string, name: string): Promise<void> {
  await appendFile(file, sealOf(name, await readFile(file)));
}

/** Returns whether a file is the piece of this name, and whole. */
export async function isSealed(file: string, name: string): Promise<boolean> {
  const bytes = await readFile(file);
  const end = Math.max(0, bytes.length - sealSize);
  return bytes.subarray(end).equals(sealOf(name, bytes.subarray(0, end)));
}
