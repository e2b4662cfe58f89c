/** The sample chapter as a CBZ, made when it is wanted. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { zipSync } from 'fflate';

const folder = join(import.meta.dirname, '..', '..', '..', 'samples', 'ke-trom-o');
export const sampleName = 'ke-trom-o.cbz';

/** Returns the bytes of the archive: the pages and their metadata. */
export async function sampleChapter(): Promise<AsyncIterable<Buffer>> {
  const names = (await readdir(folder)).filter((name) => /\.png$|^ComicInfo\.xml$/.test(name)).sort();
  const files = await Promise.all(
    names.map(async (name) => [name, await readFile(join(folder, name))] as const),
  );
  // PNG is compressed already.
  return Readable.from([Buffer.from(zipSync(Object.fromEntries(files), { level: 0 }))]);
}
