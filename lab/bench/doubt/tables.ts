import type { JudgedChapter } from './chapters.ts';
import type { ReadPage } from './read-page.ts';
import { isComic } from './sources.ts';

/**
 * A chapter is wrong above the first share of wrong words, or with a wrongly told page; it is right below the second.
 */
export const mostWrong = 0.05;
export const leastWrong = 0.02;

const isWrong = ({ wrongWords, misordered, misdivided }: JudgedChapter) =>
  wrongWords > mostWrong || misordered + misdivided > 0;
const isRight = ({ wrongWords, misordered, misdivided }: JudgedChapter) =>
  wrongWords < leastWrong && misordered + misdivided === 0;
const isHeld = ({ doubt }: JudgedChapter) => doubt.verdict === 'doubtful';
const held = (some: readonly JudgedChapter[]) => `${some.filter(isHeld).length} of ${some.length}`;

export const lineOf = ({ name, pages, wrongWords, misordered, misdivided, doubt }: JudgedChapter): string =>
  [
    `  ${name}: ${pages} pages, ${(100 * wrongWords).toFixed(1)} % wrong words`,
    ...(misdivided > 0 ? [`${misdivided} divided wrongly`] : []),
    ...(misordered > 0 ? [`${misordered} out of order`] : []),
    ...doubt.reasons.slice(0, 3).map(({ text }) => `“${text}”`),
  ].join(', ');

/** Returns the verdicts on the real pages, and apart from them those on drawn and spoilt ones. */
export const verdictTables = (judged: readonly JudgedChapter[]): string[] => [
  ...verdictTable('real pages, held', judged.filter(isComic)),
  '',
  ...verdictTable(
    'drawn and spoilt, held',
    judged.filter((chapter) => !isComic(chapter)),
  ),
];

/**
 * Returns how many chapters of each group were held, by their errors; then the wrong ones that passed and the right
 * ones held.
 */
function verdictTable(title: string, judged: readonly JudgedChapter[]): string[] {
  const row = (name: string, some: readonly JudgedChapter[]) => {
    const words = some.filter(({ wrongWords }) => wrongWords > mostWrong);
    const order = some.filter(({ misordered }) => misordered > 0);
    const panels = some.filter(({ misdivided }) => misdivided > 0);
    const right = some.filter(isRight);
    const between = some.filter((chapter) => !isWrong(chapter) && !isRight(chapter));
    const cells = [words, order, panels, between, right].map((cell) => held(cell).padStart(12));
    return `${name.padEnd(34)}${cells.join('')}`;
  };
  const groups = [...new Set(judged.map(({ group }) => group))];
  const heads = ['words', 'order', 'panels', 'in between', 'right'].map((head) => head.padStart(12));
  const passed = judged.filter((chapter) => isWrong(chapter) && !isHeld(chapter));
  const stopped = judged.filter((chapter) => isRight(chapter) && isHeld(chapter));
  return [
    `${`${title}, with wrong …`.padEnd(34)}${heads.join('')}`,
    ...groups.map((group) =>
      row(
        group,
        judged.filter((chapter) => chapter.group === group),
      ),
    ),
    row('all', judged),
    '',
    `wrong but not held: ${passed.length} of ${judged.filter(isWrong).length} wrong chapters`,
    ...passed.map(lineOf),
    '',
    `right but held: ${stopped.length} of ${judged.filter(isRight).length} right chapters`,
    ...stopped.map(lineOf),
  ];
}

/**
 * Returns how well a doubt separates wrong pages from right ones: the share of pairs of a wrong and a right page in which the
 * wrong one has the larger doubt (0.5 is chance), and the quartiles of the doubts.
 */
export function separation(name: string, wrong: readonly number[], right: readonly number[]): string {
  let wins = 0;
  for (const one of wrong) for (const other of right) wins += one > other ? 1 : one === other ? 0.5 : 0;
  const auc = wrong.length * right.length === 0 ? '–' : (wins / (wrong.length * right.length)).toFixed(2);
  return `${name.padEnd(20)}${auc.padStart(6)}   wrong ${quartiles(wrong)}   right ${quartiles(right)}`;
}

function quartiles(values: readonly number[]): string {
  const sorted = [...values].sort((one, other) => one - other);
  const at = [0, 0.25, 0.5, 0.75, 1].map((share) => sorted[Math.round(share * (sorted.length - 1))] ?? 0);
  return `${at.map((value) => value.toFixed(2)).join(' ')} (${values.length})`;
}

/** Returns the separation of each measure, over pages of any kind. */
export function separationTable(pages: readonly ReadPage[]): string[] {
  const readings = pages.flatMap((page) =>
    page.analysis.reading ? [{ ...page, reading: page.analysis.reading }] : [],
  );
  const by = (
    name: string,
    isBad: (page: (typeof readings)[number]) => boolean,
    doubt: (page: (typeof readings)[number]) => number,
  ) =>
    separation(name, readings.filter(isBad).map(doubt), readings.filter((page) => !isBad(page)).map(doubt));
  const lettered = ({ words, wrong }: ReadPage) => words >= 8 && wrong / words > mostWrong;
  return [
    'share of pairs in which a wrong page has the larger doubt; minimum, quartiles and maximum of wrong and right pages',
    by(
      'panel_doubt',
      ({ misdivided }) => misdivided,
      ({ reading }) => (reading.undivided ? 1 : reading.panel_doubt),
    ),
    by(
      'order_doubt',
      ({ misordered }) => misordered,
      ({ reading }) => reading.order_doubt,
    ),
    by('lost_words', lettered, ({ reading }) => reading.lost_words / Math.max(1, reading.words)),
    by('wrong_words', lettered, ({ reading }) => reading.wrong_words / Math.max(1, reading.words)),
    by('unread_area', lettered, ({ reading }) => reading.unread_area / Math.max(1, reading.lettering_area)),
  ];
}
