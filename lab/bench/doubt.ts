/**
 * Compares the verdict of domain/doubt.ts with the truth: comics, whole and as random chapters, the same pages spoilt in several
 * ways, drawn pages, and lettering in other languages and scripts. Prints the wrong chapters that were not held, the right ones
 * that were held, and how well each measure separates wrong pages from right ones.
 */

import { directionOf } from 'comic-reader';
import { givenPath } from '../../config/given-path.ts';
import { calibrationTable, handsTable } from './doubt/calibration.ts';
import { chanceChoices, type JudgedChapter, judgedChapter } from './doubt/chapters.ts';
import { type Layout, movedBoxesTable } from './doubt/moved-boxes.ts';
import { comparedPage, type ReadPage } from './doubt/read-page.ts';
import { cachedReader } from './doubt/reading-cache.ts';
import { type SetName, scriptsOf, seedsOf } from './doubt/sets.ts';
import {
  drawnChapters,
  drawnSource,
  foreign,
  hands,
  mergedSources,
  realSource,
  type Source,
  spoiltSources,
} from './doubt/sources.ts';
import { lineOf, separationTable, verdictTables } from './doubt/tables.ts';
import { chaptersIn, truthFolders } from './panels/chapters.ts';
import { defaultFolders } from './panels/default-folders.ts';
import { kinds, letteredKinds } from './panels/drawn/kinds.ts';

/** Yields all sources; drawn pages are drawn when their turn comes. */
async function* sourcesOf(
  set: SetName,
  { folders, drawn, spoilt }: { folders: readonly string[]; drawn: number; spoilt: number },
): AsyncGenerator<Source> {
  const real = folders
    .flatMap(truthFolders)
    .flatMap(chaptersIn)
    .flatMap((chapter) => realSource(chapter, set) ?? []);
  yield* real;
  const vietnamese = real.filter(({ language }) => language === 'vi');
  if (spoilt > 0) yield* [...spoiltSources(vietnamese, spoilt), ...mergedSources(vietnamese)];
  if (set === 'dev') yield* [hands('vi', 'vi'), hands('en', 'vi')];
  yield* drawnChapters(set, 10 * drawn);
  for (const script of scriptsOf[set])
    for (const said of ['vi', null, 'ja']) yield foreign(script, said, set);
  for (const kind of Object.keys(letteredKinds))
    for (const seed of seedsOf(set, 2 * drawn)) yield await drawnSource(kind, seed, true);
  for (const kind of Object.keys(kinds))
    for (const seed of seedsOf(set, drawn)) yield await drawnSource(kind, seed, false);
}

async function main(): Promise<void> {
  const { SET = 'dev', FOLDER = '', DRAWN = '2', PICKED = '12', SPOILT = '3', LIST = '0' } = process.env;
  if (SET !== 'dev' && SET !== 'score') throw new Error(`SET is ${SET}; it is dev or score`);
  const named = FOLDER.split(/[\s,]+/)
    .filter(Boolean)
    .map(givenPath);
  const folders = named.length > 0 ? named : defaultFolders();
  const reader = cachedReader();
  const judged: JudgedChapter[] = [];
  const pages: ReadPage[] = [];
  const layouts: Layout[] = [];

  async function judgeAll(source: Source, read: readonly ReadPage[]): Promise<void> {
    judged.push(await judgedChapter(source.name, source, read));
    const choices = read.length > 1 ? chanceChoices(read.length, Number(PICKED), source.name.length) : [];
    for (const [index, choice] of choices.entries()) {
      const picked = choice.flatMap((at) => read[at] ?? []);
      judged.push(await judgedChapter(`${source.name}, picked ${index + 1}`, source, picked));
    }
  }

  const sources = sourcesOf(SET, { folders, drawn: Number(DRAWN), spoilt: Number(SPOILT) });
  for await (const source of sources) {
    const read: ReadPage[] = [];
    for (const page of source.pages) {
      const { truth, image } = await page();
      const { direction, said: language } = source;
      const analysis = await reader.read({ number: truth.number, image, direction, language });
      read.push(comparedPage(analysis, truth, source.hand));
      layouts.push({ truth, direction: directionOf({ direction, language }, analysis), size: analysis });
    }
    pages.push(...read);
    await judgeAll(source, read);
    if (process.stderr.isTTY) process.stderr.write(`\r${source.name.padEnd(80)}`);
  }
  await reader.close();
  if (LIST !== '0') for (const chapter of judged) console.log(lineOf(chapter));
  const tables = [
    verdictTables(judged),
    separationTable(pages),
    calibrationTable(pages),
    handsTable(pages),
    movedBoxesTable(layouts),
  ];
  for (const line of tables.flatMap((table) => [...table, ''])) console.log(line);
}

await main().catch((error: Error) => {
  console.error(`doubt: ${error.message}`);
  process.exitCode = 1;
});
