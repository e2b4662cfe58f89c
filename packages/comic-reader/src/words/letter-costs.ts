import type { Choice, RecognizedWord } from '../reading/hocr.ts';
import type { LetterLook } from '../reading/looks.ts';
import { lookCost } from './look-costs.ts';

/** An alternative for a letter, also in lower case, and its cost in nats. */
interface Rival {
  letter: string;
  small: string;
  cost: number;
}

/** Alternatives for one place of a reading, the letter that was read first. */
export interface Place {
  rivals: readonly Rival[];
  look: LetterLook | null;
  /** Cost of each letter here, cached because the same few are needed again and again. */
  costs: Map<string, number>;
}

/** Places of a reading; words are separated by a space. */
export type Letters = readonly Place[];

/** Points of tesseract's confidence per nat: it multiplies the logarithm of a probability by seven, and that by five. */
const points = 35;
/** Cost in nats of reading a letter for another: any, one that looks alike, one with other marks. */
const strange = 5;
const alikeCost = 3;
const otherMark = 3.5;
/** Cost of an M read as H, and of an exclamation mark read as i: recognizers that learnt from print never do the reverse. */
const oneWay = 1.5;
const otherCase = 0.3;
/** Cost of something that was not read, or that was read without being there. */
const missing = { letter: 5, space: 2.5, point: 2 };

/** Letters that look nearly alike in handwriting, in capitals and lower case. */
const alike = ['mhnw', 'il1!|jt', 'uưvy', 'oơ0q', 'ceg6', 'đdb', 'bh', 'rpf', 'yvgj', 'ak', 'sg5'];

export function lettersOf(words: readonly RecognizedWord[]): Letters {
  return words.flatMap(({ text, confidence, choices, looks }, i) => {
    const own = choices ?? [...text].map((letter) => [{ letter, confidence }]);
    const places = own.map((place, at) => placeOf(place.map(rival), looks?.[at] ?? null));
    return i === 0 ? places : [placeOf([spaceRival]), ...places];
  });
}

const placeOf = (rivals: readonly Rival[], look: LetterLook | null = null): Place => ({
  rivals,
  look,
  costs: new Map(),
});

const rival = ({ letter, confidence }: Choice): Rival => ({
  letter,
  small: letter.toLowerCase(),
  cost: (100 - confidence) / points,
});
const spaceRival: Rival = { letter: ' ', small: ' ', cost: 0.1 };

/** Letters more are never added or left out between two places that belong together: that alone would cost more than any choice. */
const reach = 16;

/**
 * Returns the cost of reading this text so, in nats: the cheapest way to edit one into the other. It grows with the length, not with
 * its square, since a texture can be read as hundreds of letters.
 */
export function costOf(text: readonly string[], letters: Letters): number {
  const absences = text.map(absence);
  let above: number[] = [0];
  for (const cost of absences) above.push((above.at(-1) as number) + cost);
  let row = above.map(() => Number.POSITIVE_INFINITY);
  for (const [at, place] of letters.entries()) {
    const skipped = absence(place.rivals[0]?.letter ?? '');
    const middle = ((at + 1) * text.length) / letters.length;
    const first = Math.max(1, Math.floor(middle) - reach);
    const last = Math.min(text.length, Math.ceil(middle) + reach);
    row[first - 1] = first === 1 ? (above[0] as number) + skipped : Number.POSITIVE_INFINITY;
    for (let i = first; i <= last; i++)
      row[i] = Math.min(
        (above[i - 1] as number) + costAt(place, text[i - 1] as string),
        (above[i] as number) + skipped,
        (row[i - 1] as number) + (absences[i - 1] as number),
      );
    [above, row] = [row, above];
  }
  return above.at(-1) as number;
}

const absences = new Map<string, number>();

function absence(letter: string): number {
  let cost = absences.get(letter);
  if (cost === undefined) {
    cost = letter === ' ' ? missing.space : /[\p{L}\d]/u.test(letter) ? missing.letter : missing.point;
    absences.set(letter, cost);
  }
  return cost;
}

/** Returns the cost of a letter in a place, in nats. */
export function costAt({ rivals, look, costs }: Place, letter: string): number {
  let cost = costs.get(letter);
  if (cost === undefined) {
    cost = substitution(letter, rivals) + lookCost(letter, look);
    costs.set(letter, cost);
  }
  return cost;
}

function substitution(letter: string, rivals: readonly Rival[]): number {
  let least = Number.POSITIVE_INFINITY;
  const small = letter.toLowerCase();
  for (const rival of rivals) {
    if (rival.small !== small) continue;
    const cost = rival.letter === letter ? rival.cost : rival.cost + otherCase;
    if (cost < least) least = cost;
  }
  return Math.min(least, unlike(small, rivals[0]?.small ?? ''));
}

const unlikes = new Map<string, number>();

/** Returns the cost of a letter that the recognizer did not consider. */
function unlike(a: string, b: string): number {
  const key = `${a} ${b}`;
  let cost = unlikes.get(key);
  if (cost === undefined) {
    cost = difference(a, b);
    unlikes.set(key, cost);
  }
  return cost;
}

function difference(a: string, b: string): number {
  if (a === '!' && /^[il]$/.test(b)) return oneWay;
  if (!/\p{L}/u.test(a) && !/\p{L}/u.test(b)) return missing.point;
  const [left, right] = [plain(a), plain(b)];
  if (left === right) return a === b ? strange : otherMark;
  // A handwritten M looks like an H to recognizers that learnt from print; nothing else looks like an M.
  if (left === 'm' && right === 'h' && a === left && b === right) return oneWay;
  if (areAlike(left, right)) return a === left && b === right ? alikeCost : alikeCost + 1;
  return strange;
}

const areAlike = (a: string, b: string) => alike.some((group) => group.includes(a) && group.includes(b));

const plain = (letter: string) => letter.normalize('NFD').replace(/\p{M}/gu, '');

/** Returns other letters that look nearly like a small letter in handwriting. */
export const likeLetters = (small: string): string[] =>
  alike
    .filter((group) => group.includes(small))
    .flatMap((group) => [...group].filter((other) => /\p{L}/u.test(other) && other !== small));
