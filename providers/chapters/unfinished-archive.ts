import { open } from 'node:fs/promises';

/** A copy that has stood still for so long is not under way any more. */
const stillMs = 60_000;
/** The end of a zip file's directory, by which a whole archive ends, with a comment of 64 KiB at most (APPNOTE 4.3.16). */
const directoryEnd = Buffer.from('PK\x05\x06', 'latin1');
const longestEnd = 22 + 65_535;

/**
 * Whether an archive is still being copied to where it lies: it changed just now and has no end yet. One that is broken
 * stays so, and is named when it is read.
 */
export async function isUnfinishedArchive(path: string, now = Date.now()): Promise<boolean> {
  const file = await open(path);
  try {
    const { size, mtimeMs } = await file.stat();
    if (now - mtimeMs > stillMs) return false;
    const length = Math.min(size, longestEnd);
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
    return !buffer.includes(directoryEnd);
  } finally {
    await file.close();
  }
}
