import { withFile } from './archives/file-bytes.ts';
import { directoryPlace } from './archives/seven-zip-names.ts';

/** A copy that has not grown for this long has ended. */
const stillMs = 60_000;
/** End of a complete archive: a ZIP's record of its directory (APPNOTE 4.3.16), or RAR's last header. */
const zipEnd = Buffer.from('PK\x05\x06', 'latin1');
const rarEnds = [
  Buffer.from([0x1d, 0x77, 0x56, 0x51, 0x03, 0x05, 0x04, 0x00]),
  Buffer.from([0xc4, 0x3d, 0x7b, 0x00, 0x40, 0x07, 0x00]),
];
/** A ZIP's comment has at most 64 KiB. */
const longestEnd = 22 + 65_535;

/** Returns whether an archive has the end that marks complete ones. */
function hasEnd(head: Buffer, tail: Buffer, size: number): boolean {
  const magic = head.toString('latin1', 0, 6);
  if (magic.startsWith('Rar!')) return rarEnds.some((end) => tail.includes(end));
  if (magic === '7z\xbc\xaf\x27\x1c') return directoryPlace(head, size) !== undefined;
  if (head.toString('latin1', 257, 262) === 'ustar') return tail.subarray(-1024).every((byte) => byte === 0);
  return tail.includes(zipEnd);
}

/**
 * Returns whether an archive is still being copied: it changed just now and has no end yet. A broken one stays like that, and
 * is reported when it is read.
 */
export async function isUnfinishedArchive(path: string, now = Date.now()): Promise<boolean> {
  return withFile(path, async ({ size, changed, read }) => {
    if (now - changed > stillMs) return false;
    const tail = await read(Math.max(0, size - longestEnd), longestEnd);
    return !hasEnd(await read(0, 512), tail, size);
  });
}
