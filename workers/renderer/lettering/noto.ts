import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * Packages of Noto Sans (SIL Open Font License 1.1), in order of preference when two have the same number of letters
 * of a text. Japanese comes first if kanji alone do not distinguish it from Chinese: most of these comics are manga.
 */
export const notoPackages = [
  'noto-sans-jp',
  'noto-sans-sc',
  'noto-sans-kr',
  'noto-sans',
  'noto-sans-thai',
  'noto-sans-arabic',
] as const;
export type NotoPackage = (typeof notoPackages)[number];

/** Each package repeats the Latin letters; they are taken from the one without a script in its name. */
const isTaken = (name: NotoPackage, part: string) =>
  name === 'noto-sans' || !/^(latin|vietnamese)/.test(part);

const indexFile = 'unicode.json';
const fontFile = (name: NotoPackage, part: string) => `files/${name}-${part}-wght-normal.woff2`;

export const notoFolder = (name: NotoPackage) => `@fontsource-variable/${name}`;

/** Returns whether a file of a package is read at run time, or has to be redistributed with it. */
export function isNotoFile(name: NotoPackage, file: string): boolean {
  const [before = '', after = ''] = fontFile(name, '*').split('*');
  if (!file.startsWith(before) || !file.endsWith(after))
    return [indexFile, 'package.json', 'LICENSE'].includes(file);
  return isTaken(name, file.slice(before.length, -after.length));
}

export interface Noto {
  /** Returns the part of the package that has a letter, by its code point. */
  partOf(codePoint: number): string | undefined;
  read(part: string): Promise<Buffer>;
}

/** Reads which letters a package has. */
export async function openNoto(name: NotoPackage): Promise<Noto> {
  const index = createRequire(import.meta.url).resolve(`${notoFolder(name)}/${indexFile}`);
  const ranges = JSON.parse(await readFile(index, 'utf8')) as Record<string, string>;
  const parts = new Map(
    Object.entries(ranges)
      .map(([part, letters]) => [part.replace(/[[\]]/g, ''), letters] as const)
      .filter(([part]) => isTaken(name, part))
      .flatMap(([part, letters]) => codePointsOf(letters).map((codePoint) => [codePoint, part] as const)),
  );
  return {
    partOf: (codePoint) => parts.get(codePoint),
    read: (part) => readFile(join(dirname(index), fontFile(name, part))),
  };
}

/** Expands `U+4e00,U+4e8c-4e8e` to its code points. */
function codePointsOf(ranges: string): number[] {
  return ranges.split(',').flatMap((range) => {
    const [from = 0, to = from] = range
      .replace('U+', '')
      .split('-')
      .map((hex) => Number.parseInt(hex, 16));
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
}
