import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ReadingDirection } from '../../../domain/chapter.ts';
import { withArchive } from '../../../providers/chapters/archive.ts';
import { pagesOf, type TruePage, Truth } from './truth.ts';

export interface TrueChapter {
  name: string;
  /** The file with its truth, which can be that of several languages. */
  truth: string;
  language: string;
  direction: ReadingDirection;
  pages: TruePage[];
  image(file: string): Promise<Uint8Array>;
}

const isTruth = (file: string) => file === 'truth.json' || file.endsWith('.truth.json');

/** Returns the folder and the folders in it that contain truth files. Throws a message for the user. */
export function truthFolders(folder: string): string[] {
  if (!existsSync(folder)) throw new Error(`The folder ${folder} does not exist`);
  if (!statSync(folder).isDirectory())
    throw new Error(`${folder} is a file; give the folder that contains it`);
  const inside = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name));
  const found = [folder, ...inside.sort()].filter((one) => readdirSync(one).some(isTruth));
  if (found.length === 0)
    throw new Error(
      `${folder} contains no chapter with its truth: truth.json next to the pages, or <name>.truth.json next to *<name>.<language>.cbz`,
    );
  return found;
}

/** Returns the chapters of one folder, each in every language that exists. */
export function chaptersIn(folder: string): TrueChapter[] {
  return readdirSync(folder)
    .filter(isTruth)
    .sort()
    .flatMap((file) => {
      const truth = readTruth(join(folder, file));
      const chapters = Object.keys(truth.dialogue).flatMap((language) => {
        const chapter = {
          ...{ truth: join(folder, file), language, direction: truth.readingDirection },
          pages: pagesOf(truth, language),
        };
        if (file === 'truth.json') {
          const image = async (page: string) => readFileSync(join(folder, page));
          return [{ ...chapter, name: basename(folder), image }];
        }
        const ending = `${file.replace('.truth.json', '')}.${language}.cbz`;
        const archive = readdirSync(folder).find((name) => name.endsWith(ending));
        if (!archive) return [];
        const path = join(folder, archive);
        const image = (page: string) => withArchive(path, archive, (opened) => opened.read(page));
        return [{ ...chapter, name: `${basename(folder)}/${archive}`, image }];
      });
      if (chapters.length === 0) throw new Error(`No *.<language>.cbz belongs to ${join(folder, file)}`);
      return chapters;
    });
}

function readTruth(path: string): Truth {
  const parsed = Truth.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`${path} is not a truth file: ${issue?.path.join('.')}: ${issue?.message}`);
}
