import { existsSync, globSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { zipSync } from 'fflate';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Returns the folder of the project's sample chapter. */
export function sampleChapter(): string {
  const [info] = globSync('samples/*/ComicInfo.xml', { cwd: root }).sort();
  if (!info) throw new Error('The project has no sample chapter; give one with CHAPTER');
  return join(root, dirname(info));
}

/** Writes the sample chapter as a CBZ, unless it is already there; returns its path. */
export async function writeSample(folder: string): Promise<string> {
  const sample = sampleChapter();
  const file = join(folder, `${basename(sample)}.cbz`);
  if (existsSync(file)) return file;
  const names = (await readdir(sample)).filter((name) => /\.png$|^ComicInfo\.xml$/.test(name));
  const files = await Promise.all(
    names.map(async (name) => [name, await readFile(join(sample, name))] as const),
  );
  await mkdir(folder, { recursive: true });
  // Pages are compressed already.
  await writeFile(`${file}.part`, zipSync(Object.fromEntries(files), { level: 0 }));
  await rename(`${file}.part`, file);
  return file;
}
