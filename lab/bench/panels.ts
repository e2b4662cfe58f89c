/**
 * Scores the embedded page reader on chapters with truth files, for each of them and in total: panels, sequences of panels,
 * neighbouring bubbles in order, words of speech and captions, invented words, and time. If no folder is named, also random drawn
 * pages, a dozen of each kind, and the same words in several handwritings. On request, pages composed of the chapters'
 * panels are scored instead. Milliseconds are of CPU: those for panels include decoding and order, and are the least of three for pages of
 * chapters; those for text are added. Drawn pages of several kinds are read before the first, since V8 compiles the program with them.
 */
import { givenPath } from '../../config/given-path.ts';
import { chaptersIn, truthFolders } from './panels/chapters.ts';
import { scoreComposed } from './panels/composed/score-composed.ts';
import { defaultFolders } from './panels/default-folders.ts';
import { kinds, letteredKinds } from './panels/drawn/kinds.ts';
import { pageChoice } from './panels/page-choice.ts';
import { scoreChapter } from './panels/read-chapter.ts';
import { scoreHands, scoreKind, seedsFrom } from './panels/score-drawn.ts';
import { Tally } from './panels/tally.ts';

/** The first kinds differ in their gutters, so they use most of the program. */
const warmingKinds = 8;

async function main(given: readonly string[]): Promise<void> {
  const {
    PAGES = 'all',
    TEXT = '1',
    KIND = '',
    DRAWN = given.length > 0 && !KIND ? '0' : '12',
    COMPOSED = '0',
    SEED = '1',
  } = process.env;
  const [drawnPages, composedPages, firstSeed] = [Number(DRAWN), Number(COMPOSED), Number(SEED)];
  for (const [name, count] of Object.entries({ DRAWN, COMPOSED }))
    if (!/^\d+$/.test(count)) throw new Error(`${name} is ${count}; it is a number of pages`);
  if (!Number.isInteger(firstSeed)) throw new Error(`SEED is ${SEED}; it is a whole number`);
  const text = TEXT !== '0';
  const chosen = pageChoice(PAGES);
  const isDrawnOnly = KIND !== '' && composedPages === 0;
  const folders = (given.length > 0 ? given : isDrawnOnly ? [] : defaultFolders()).flatMap(truthFolders);
  for (const kind of Object.keys(kinds).slice(0, warmingKinds))
    await scoreKind(kind, seedsFrom(1, 2), { text: false });
  if (composedPages > 0) {
    const options = { chosen, kind: KIND, seeds: seedsFrom(firstSeed, composedPages) };
    for await (const line of scoreComposed(folders.flatMap(chaptersIn), options)) console.log(line);
    return;
  }
  const total = new Tally();
  for (const chapter of folders.flatMap(chaptersIn)) {
    const tally = await scoreChapter(chapter, { chosen, text });
    if (tally.panels.pages === 0) continue;
    console.log([chapter.name.padEnd(40), chapter.language, ...tally.figures()].join('  '));
    total.add(tally);
  }
  if (folders.length > 0) console.log(['total'.padEnd(44), ...total.figures()].join('  '));

  if (drawnPages === 0) return;
  const all = [...Object.keys(kinds), ...Object.keys(letteredKinds)];
  const names = all.filter((name) => name.includes(KIND));
  if (names.length === 0) throw new Error(`No drawn kind has ${KIND} in its name: ${all.join(', ')}`);
  for (const kind of names) console.log(await scoreKind(kind, seedsFrom(firstSeed, drawnPages), { text }));
  if (!text || KIND) return;
  for (const language of ['vi', 'en'] as const)
    for await (const line of scoreHands(language)) console.log(line);
}

const folders = (process.env.FOLDER ?? '').split(/[\s,]+/).filter(Boolean);
await main(folders.map(givenPath)).catch((error: Error) => {
  console.error(`panels: ${error.message}`);
  process.exitCode = 1;
});
