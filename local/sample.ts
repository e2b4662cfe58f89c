/** The project's sample chapter: its folder, and a CBZ of it that is made when it is wanted. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zipSync } from 'fflate';

export const sampleChapter = join(import.meta.dirname, '..', 'samples', 'ke-trom-o');
export const sampleName = 'ke-trom-o.cbz';

/** Returns the bytes of the archive: the pages and their metadata. */
export async function sampleArchive(): Promise<Buffer> {
  const names = (await readdir(sampleChapter)).filter((name) => /\.png$|^ComicInfo\.xml$/.test(name)).sort();
  const files = await Promise.all(
    names.map(async (name) => [name, await readFile(join(sampleChapter, name))] as const),
  );
  // PNG is compressed already.
  return Buffer.from(zipSync(Object.fromEntries(files), { level: 0 }));
}

/** Writes the archive into a folder, unless it is already there; returns its path. */
export async function writeSample(folder: string): Promise<string> {
  const file = join(folder, sampleName);
  if (existsSync(file)) return file;
  await mkdir(folder, { recursive: true });
  await writeFile(`${file}.part`, await sampleArchive());
  await rename(`${file}.part`, file);
  return file;
}
