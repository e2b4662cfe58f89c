import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** Contents of an archive by path, with `/` between folders. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** Sorts by the bytes of the names, since file systems list files in different orders. */
export const sorted = (files: Files): [string, Uint8Array][] =>
  [...files].sort(([a], [b]) => (a < b ? -1 : Number(a > b)));

/** Reads all files of a folder, under their names in the archive. */
export async function filesOf(
  folder: string,
  within: string,
  wanted: (name: string) => boolean,
): Promise<Files> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter(wanted);
  return new Map(
    await Promise.all(
      names.map(async (name) => [`${within}/${name}`, await readFile(join(folder, name))] as const),
    ),
  );
}
