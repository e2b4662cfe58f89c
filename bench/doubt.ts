/**
 * Holds the verdict of domain/doubt.ts against the truth: chapters of the shared pages, whole and picked by chance, the
 * same pages spoilt in several ways, drawn ones, and lettering in other languages. Prints what is wrong and was not held,
 * and what is right and was held. A chapter is wrong with more than 5 % wrong words or one page told out of order, and
 * right with less than 2 %.
 */
import { chanceChoices, type JudgedChapter, judgedChapter } from './doubt/chapters.ts';
import { evidenceIn } from './doubt/evidence.ts';
import type { ReadPage } from './doubt/read-page.ts';
import {
  drawnKinds,
  drawnPages,
  hands,
  japanese,
  type Source,
  sourceOf,
  spoilt,
  spoiltSource,
} from './doubt/sources.ts';
import { chaptersIn, truthFolders } from './panels/chapters.ts';
import { defaultFolders } from './panels/default-folders.ts';

const usage = `node bench/doubt.ts, or make bench-doubt FOLDER='folder …' DRAWN=6 PICKED=12 EVIDENCE=file

  FOLDER    folders with truth files; else samples/*, ../shared/samples and ../shared/comics
  DRAWN=6   drawn pages of each kind of panels, 0 for none
  PICKED=12 chapters that chance picks from the pages of each source
  SPOILT=1  0 leaves out spoilt pages, which are most of the time
  EVIDENCE  a file that keeps what was read, so that thresholds can be tried again at once`;

const mostWrong = 0.05;
const leastWrong = 0.02;

const isWrong = ({ wrongWords, misordered }: JudgedChapter) => wrongWords > mostWrong || misordered > 0;
const isRight = ({ wrongWords, misordered }: JudgedChapter) => wrongWords < leastWrong && misordered === 0;
const isHeld = ({ doubt }: JudgedChapter) => doubt.verdict === 'doubtful';

const lineOf = ({ name, pages, wrongWords, misordered, doubt }: JudgedChapter) =>
  [
    `  ${name}: ${pages} pages, ${(100 * wrongWords).toFixed(1)} % wrong words`,
    ...(misordered > 0 ? [`${misordered} out of order`] : []),
    ...doubt.reasons.slice(0, 2).map(({ text }) => `“${text}”`),
  ].join(', ');

/** What is foreign is always wrong; how well it was read shows only when its language is set aside. */
const asIfVietnamese = (read: readonly ReadPage[]): ReadPage[] =>
  read.map((page) => {
    const { reading } = page.analysis;
    return reading
      ? { ...page, analysis: { ...page.analysis, reading: { ...reading, language: 'vi' } } }
      : page;
  });

async function main(): Promise<void> {
  const { FOLDER = '', DRAWN = '6', PICKED = '12', SPOILT = '1', EVIDENCE } = process.env;
  const named = FOLDER.split(/[\s,]+/).filter(Boolean);
  const read = evidenceIn(EVIDENCE);
  const judged: JudgedChapter[] = [];

  async function judgeAll(source: Source, pages: readonly ReadPage[]): Promise<void> {
    const whole = await judgedChapter(source.name, source, pages);
    judged.push(whole);
    for (const [index, choice] of chanceChoices(pages.length, Number(PICKED), source.name.length).entries()) {
      const picked = choice.flatMap((at) => pages[at] ?? []);
      judged.push(await judgedChapter(`${source.name}, picked ${index + 1}`, source, picked));
    }
    console.log(`${isHeld(whole) ? 'held    ' : 'goes on '}${lineOf(whole)}`);
  }

  const folders = (named.length > 0 ? named : defaultFolders()).flatMap(truthFolders);
  const real = folders.flatMap(chaptersIn).map(sourceOf);
  for (const source of real) {
    const pages = await read(source);
    await judgeAll(source, pages);
    if (source.language === 'vi') continue;
    const aside = { ...source, language: 'vi', said: 'vi', name: `${source.name}, its language set aside` };
    await judgeAll(aside, asIfVietnamese(pages));
  }
  const drawnHands = hands('vi', 'vi');
  const drawn = [
    drawnHands,
    hands('en', 'vi'),
    japanese('ja', 3),
    japanese('vi', 3),
    japanese(null, 3),
    ...(SPOILT === '0'
      ? []
      : [...real.filter(({ language }) => language === 'vi'), drawnHands].flatMap((source) =>
          Object.keys(spoilt).map((way) => spoiltSource(source, way)),
        )),
  ];
  for (const source of drawn) await judgeAll(source, await read(source));
  for (const kind of Number(DRAWN) > 0 ? drawnKinds : []) {
    for (const source of await drawnPages(kind, Number(DRAWN))) {
      const pages = await read(source);
      judged.push(await judgedChapter(source.name, source, pages));
      if (source.language === 'vi') continue;
      const aside = { ...source, language: 'vi', said: 'vi', name: `${source.name}, its language set aside` };
      judged.push(await judgedChapter(aside.name, aside, asIfVietnamese(pages)));
    }
  }

  const [wrong, right] = [judged.filter(isWrong), judged.filter(isRight)];
  const passed = wrong.filter((chapter) => !isHeld(chapter));
  const stopped = right.filter(isHeld);
  console.log(`\nwrong but not held: ${passed.length} of ${wrong.length} wrong chapters`);
  for (const chapter of passed) console.log(lineOf(chapter));
  console.log(`\nright but held: ${stopped.length} of ${right.length} right chapters`);
  for (const chapter of stopped) console.log(lineOf(chapter));
}

if (process.argv.length > 2) {
  console.log(usage);
  process.exitCode = process.argv[2] === '--help' ? 0 : 2;
} else await main();
