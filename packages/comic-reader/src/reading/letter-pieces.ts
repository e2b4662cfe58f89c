import type { Component } from '../image/components.ts';
import type { Box } from '../page/page.ts';

/** The ink of one letter of a word. */
export interface LetterPieces {
  body: Component;
  /** Marks over the body, from the top, and under it. */
  above: Component[];
  below: Component[];
  /** The body is so high that a mark can be joined with it. */
  grown: boolean;
  /** Reach below the baseline, in the height of the word's highest letter. */
  drop: number;
}

/** Largest distance of a letter's foot from the baseline, in the height of the highest piece; marks end higher. */
const letterLimits = { foot: 0.45, height: 0.35 };
/** Least height of a body that contains a mark, in heights of its word's lowest one. */
const leastGrown = 1.17;
/** Share of the narrower piece's width that two parts of one letter have in common. */
const sharedWidth = 0.6;
/** Usual widths of letters with the room beside them, in their height. */
const usualWidths = { narrow: 0.3, usual: 0.75, wide: 1.05 };
/** Share of a mark's width that can be beyond its letter's sides. */
const mostAside = 0.5;
/** Room for marks above and below the word's box as recognized, in its height. */
const roomAround = { above: 0.5, below: 0.3 };
/** Smaller pieces are specks, in the height of the highest piece. */
const speck = 0.06;

/**
 * Finds the pieces of ink of each letter of a word. Letters that touch are one piece: the widths show which ones, and none of
 * them has pieces then.
 * @param letters the letters that were read, from the left
 * @returns the pieces of each letter; null for a letter without a separate piece
 */
export function piecesOfLetters(
  box: Box,
  letters: readonly string[],
  components: readonly Component[],
): (LetterPieces | null)[] {
  const none = letters.map(() => null);
  const around = {
    ...box,
    y: box.y - roomAround.above * box.h,
    h: box.h * (1 + roomAround.above + roomAround.below),
  };
  const inside = components.filter((c) => isInside(c, around));
  const level = inside.filter((c) => isInside(c, box));
  const high = Math.max(...level.map(({ h }) => h));
  const tall = level.filter(({ h }) => h >= 0.6 * high).sort((a, b) => a.x - b.x);
  if (tall.length === 0) return none;
  // Question and exclamation marks are above a point.
  const standing = tall.slice(0, tall.length > 1 && /[?!]\p{P}*$/u.test(letters.join('')) ? -1 : undefined);
  const feet = standing.map(({ y, h }) => y + h).sort((a, b) => a - b);
  // More letters end on the baseline than below it.
  const line = feet[(feet.length - 1) >> 2] as number;
  const isBody = (c: Component) =>
    c.h >= letterLimits.height * high && c.y + c.h >= line - letterLimits.foot * high;
  const bodies = joined(level.filter(isBody).sort((a, b) => a.x - b.x));
  const places = letters.flatMap((letter, i) => (/[\p{L}\d!?]/u.test(letter) ? [i] : []));
  const counts = lettersPerBody(
    bodies.map(({ w }) => w / high),
    places.map((i) => widthOf(letters[i] as string)),
  );
  if (!counts) return none;
  const marks = inside.filter((c) => !isBody(c) && Math.max(c.w, c.h) >= speck * high);
  const lowest = Math.min(...bodies.map(({ y }) => line - y));
  const found: (LetterPieces | null)[] = none;
  let at = 0;
  for (const [i, body] of bodies.entries()) {
    const count = counts[i] as number;
    if (count === 1) {
      const own = marks.filter((mark) => stands(mark, body, bodies));
      const isAbove = (mark: Component) => mark.y + mark.h / 2 < body.y + body.h / 3;
      found[places[at] as number] = {
        body,
        above: own.filter(isAbove).sort((a, b) => a.y - b.y),
        below: own.filter((mark) => mark.y + mark.h / 2 > line),
        grown: line - body.y > leastGrown * lowest,
        drop: (body.y + body.h - line) / high,
      };
    }
    at += count;
  }
  return found;
}

function isInside({ x, y, w, h }: Box, box: Box): boolean {
  const [middle, level] = [x + w / 2, y + h / 2];
  return middle >= box.x && middle <= box.x + box.w && level >= box.y && level <= box.y + box.h;
}

/** Returns whether a mark is over or under this body, and nearer to its middle than to another's. */
function stands(mark: Box, body: Box, bodies: readonly Box[]): boolean {
  const middle = mark.x + mark.w / 2;
  const off = (other: Box) => Math.abs(middle - other.x - other.w / 2) / other.w;
  const aside = mostAside * mark.w;
  if (middle < body.x - aside || middle > body.x + body.w + aside) return false;
  return bodies.every((other) => off(body) <= off(other));
}

/** Joins the parts of a letter that is drawn in two strokes or has parts above each other. */
function joined(pieces: readonly Component[]): Component[] {
  const bodies: Component[] = [];
  for (const piece of pieces) {
    const last = bodies.at(-1);
    const shared = last ? Math.min(last.x + last.w, piece.x + piece.w) - piece.x : 0;
    if (last && shared > sharedWidth * Math.min(last.w, piece.w)) {
      const [right, foot] = [
        Math.max(last.x + last.w, piece.x + piece.w),
        Math.max(last.y + last.h, piece.y + piece.h),
      ];
      const [x, y] = [Math.min(last.x, piece.x), Math.min(last.y, piece.y)];
      const larger = last.area >= piece.area ? last : piece;
      bodies[bodies.length - 1] = { ...larger, x, y, w: right - x, h: foot - y };
    } else bodies.push(piece);
  }
  return bodies;
}

const widthOf = (letter: string): number => {
  const plain = letter.normalize('NFD')[0] ?? '';
  if (/[IJil1!|tjfr.]/.test(plain)) return usualWidths.narrow;
  return /[MWmw]/.test(plain) ? usualWidths.wide : usualWidths.usual;
};

/** Returns the number of letters of each body for which widths differ least; null if there are more bodies than letters. */
function lettersPerBody(bodies: readonly number[], letters: readonly number[]): number[] | null {
  if (bodies.length > letters.length) return null;
  if (bodies.length === letters.length) return bodies.map(() => 1);
  let best: { cost: number; counts: number[] }[] = letters.map(() => ({
    cost: Number.POSITIVE_INFINITY,
    counts: [],
  }));
  best = [{ cost: 0, counts: [] }, ...best];
  for (const width of bodies) {
    best = best.map((_, to) => {
      let least = { cost: Number.POSITIVE_INFINITY, counts: [] as number[] };
      let expected = 0;
      for (let from = to - 1; from >= 0; from--) {
        expected += letters[from] as number;
        const before = best[from] as (typeof best)[number];
        const cost = before.cost + Math.abs(width - expected);
        if (cost < least.cost) least = { cost, counts: [...before.counts, to - from] };
      }
      return least;
    });
  }
  const last = best.at(-1);
  return last && last.cost < Number.POSITIVE_INFINITY ? last.counts : null;
}
