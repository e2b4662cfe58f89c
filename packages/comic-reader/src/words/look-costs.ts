import type { LetterLook, MarkLook } from '../reading/looks.ts';

/*
 * Costs of a letter whose look differs, in nats. The shares behind these costs, and the ranges of slopes and sizes, were
 * measured on eight free hands with Vietnamese letters, in capitals and lower case: e.g. a letter without marks has one over
 * it once in 700 times.
 */
const costs = {
  markTooMany: 4,
  /** Every fifth mark of small letters is joined with its letter, and every fifteenth of capitals. */
  lost: { small: 1.6, capital: 2.6 },
  secondTooMany: 3.5,
  secondLost: 2,
  dotTooMany: 3.5,
  otherSlope: 3.5,
  betweenSlopes: 1,
  otherShape: 2,
  otherUpright: 5,
  otherFoot: 3,
};

/** Small letters that reach below the baseline, and how far, in the height of a word. */
const feet = /[gpqy]/;
const drop = { none: 0.08, some: 0.2 };

const acute = '\u0301';
const grave = '\u0300';
const hook = '\u0309';
const tilde = '\u0303';
const dotBelow = '\u0323';
const tones = new Set([acute, grave, hook, tilde]);
const shapes = new Set(['\u0302', '\u0306']);
const horn = '\u031b';

/** Usual slopes of a single mark, and the limits beyond which it is a different one. */
const slopes: Record<string, readonly [number, number, number, number]> = {
  [acute]: [-1, -1, -0.35, -0.2],
  [grave]: [0.2, 0.35, 1, 1],
  [hook]: [-0.35, -0.1, 0.33, 0.42],
  [tilde]: [-0.42, -0.32, 0.32, 0.42],
  shape: [-0.42, -0.3, 0.3, 0.42],
};
/** Width of a mark, in its heights. */
const aspects: Record<string, readonly [number, number]> = {
  [acute]: [0, 1.6],
  [grave]: [0, 1.6],
  [hook]: [0, 1.3],
  [tilde]: [1.6, 9],
  shape: [1.05, 2.6],
};
/** Slopes of two marks that are joined, by the tone. */
const joinedSlopes: Record<string, readonly [number, number, number, number]> = {
  [acute]: [-1, -1, -0.25, 0],
  [grave]: [-0.65, -0.6, 1, 1],
  [hook]: [-0.85, -0.8, 0, 0.3],
  [tilde]: [-0.35, -0.2, 0.2, 0.35],
};
/** Least height and width of two marks together, over capitals and small letters, in the letter's height. */
const twoMarks = { capital: { h: 0.315, w: 0.39 }, small: { h: 0.42, w: 0.42 } };

/** Returns the cost of a letter by the look of its place; 0 if nothing was seen. */
export function lookCost(letter: string, look: LetterLook | null): number {
  if (!look) return 0;
  if (look.upright && /^[HM]$/.test(letter) && look.upright !== 'N')
    return letter === look.upright ? 0 : costs.otherUpright;
  const [base = '', ...marks] = letter.normalize('NFD');
  if (!/\p{L}/u.test(base)) return 0;
  const tone = marks.find((mark) => tones.has(mark)) ?? null;
  const shape = marks.some((mark) => shapes.has(mark));
  const isDotted = /[ij]/.test(base) && tone === null;
  const dot = marks.includes(dotBelow);
  const capital = isCapital(base);
  let cost = 0;
  // A dot can be joined with its letter, which then reaches lower.
  if (dot && look.below === 0 && look.drop < drop.none) cost += lostCost(capital);
  if (!dot && look.below > 0) cost += costs.dotTooMany;
  const expected = (tone ? 1 : 0) + (shape || isDotted ? 1 : 0);
  if (/\p{Ll}/u.test(base)) {
    if (feet.test(base) && look.drop < drop.none) cost += costs.otherFoot;
    if (!/[gpqyfj]/.test(base) && !dot && look.drop > drop.some) cost += costs.otherFoot;
  }
  // A horn can be separate from its letter.
  const most = expected + (marks.includes(horn) ? 1 : 0);
  if (!look.above) return cost;
  return cost + marksCost(look.above, { expected, most, tone, shape, isDotted }, capital);
}

interface Expected {
  expected: number;
  most: number;
  tone: string | null;
  shape: boolean;
  isDotted: boolean;
}

function marksCost(
  seen: readonly MarkLook[],
  { expected, most, tone, shape, isDotted }: Expected,
  capital: boolean,
): number {
  const [first] = seen;
  if (!first) return expected === 0 ? 0 : lostCost(capital);
  if (expected === 0) return seen.length > most ? costs.markTooMany : 0;
  if (seen.length > most) return costs.secondTooMany;
  if (isDotted) return isBetween(first.slope, slopes.shape) + (isTwo(first, capital) ? costs.otherShape : 0);
  const single = tone ?? 'shape';
  if (expected === 1) {
    const two = isTwo(first, capital) ? costs.otherShape : 0;
    return two + isBetween(first.slope, slopes[single]) + aspectCost(first, single);
  }
  if (seen.length > 1 || !shape) return isBetween(first.slope, slopes[single]);
  // One of the two was lost, or both are joined.
  if (!isTwo(first, capital)) return costs.secondLost;
  return isBetween(first.slope, joinedSlopes[single]);
}

const lostCost = (capital: boolean) => (capital ? costs.lost.capital : costs.lost.small);

const isCapital = (letter: string) => letter !== letter.toLowerCase();

function isTwo({ w, h }: MarkLook, capital: boolean): boolean {
  const least = capital ? twoMarks.capital : twoMarks.small;
  return h >= least.h && w >= least.w;
}

function isBetween(slope: number, range?: readonly [number, number, number, number]): number {
  const [never, from, to, beyond] = range ?? [-1, -1, 1, 1];
  if (slope < never || slope > beyond) return costs.otherSlope;
  return slope < from || slope > to ? costs.betweenSlopes : 0;
}

function aspectCost({ w, h }: MarkLook, mark: string): number {
  const [least, most] = aspects[mark] ?? [0, 9];
  return w / h < least || w / h > most ? costs.otherShape : 0;
}
