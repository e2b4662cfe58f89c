import { type Raster, union } from '../image/raster.ts';
import type { Box } from '../page/page.ts';
import type { Balloon } from './balloons.ts';
import { home } from './home.ts';
import { shareField } from './letter-rows.ts';
import type { TextLine } from './text-line.ts';

/** Lines of one bubble or caption, from the top, and the box around them. */
export interface TextBlock extends Box {
  lines: TextLine[];
  /** The balloon around them; null without one, or if its outline is not closed. */
  balloon: Balloon | null;
}

/**
 * Returns the lines of a block that are certainly lettering: those in a balloon, and long ones with letters in line. Strands
 * of hair and hatching are also side by side on an even ground, but at all heights.
 */
export const plainLines = ({ balloon, lines }: TextBlock): TextLine[] =>
  lines.filter(
    ({ letters, regular }) => balloon !== null || (letters >= plain.letters && regular >= plain.share),
  );
const plain = { letters: 5, share: 0.8 };

/** Returns the area of lines, without the space between them. */
export const areaOf = (lines: readonly TextLine[]): number => lines.reduce((sum, { w, h }) => sum + w * h, 0);

/** Returns the number of letters of lines. */
export const lettersOf = ({ lines }: Pick<TextBlock, 'lines'>): number =>
  lines.reduce((sum, { letters }) => sum + letters, 0);

/** Largest difference in grey within the ink of one hand; other ink is the rim of a bubble or a panel, or art. */
const sameInk = 60;

/**
 * Stacks lines of similar height, ground and ink under each other, and joins rows with wide spaces. A single piece can be a
 * short word of a row, but it joins no rows: two bubbles with a rim between them stay two.
 */
export function blocksOf(
  page: Raster,
  lines: TextLine[],
  balloons: ReadonlyMap<number, Balloon>,
  panels: readonly Box[],
): TextBlock[] {
  const sorted = [...lines].sort((a, b) => a.y - b.y || a.x - b.x);
  let blocks: TextBlock[] = [];
  const join = (homes: readonly TextBlock[], line: TextLine) => {
    const { x, y, w, h } = [...homes, line].reduce<Box>(union, line);
    blocks = blocks.filter((block) => !homes.includes(block));
    const balloon = homes.find((block) => block.balloon)?.balloon ?? balloons.get(line.field) ?? null;
    blocks.push({ x, y, w, h, balloon, lines: homes.flatMap((block) => block.lines).concat(line) });
  };
  for (const line of sorted.filter(({ letters }) => letters > 1)) {
    // A line can join blocks that began apart.
    join(
      blocks.filter((block) => block.lines.some((other) => belong(page, other, line, panels))),
      line,
    );
  }
  for (const piece of sorted.filter(({ letters }) => letters === 1)) {
    const homes = blocks.filter((block) => block.lines.some((other) => belong(page, other, piece, panels)));
    const beside = homes.filter((block) => block.lines.some((other) => areBeside(other, piece)));
    // Letters that touch are one piece: in a balloon it is a short word, elsewhere it is art.
    if (homes.length > 0 || isWord(piece, balloons))
      join(beside.length > 0 ? beside : homes.slice(0, 1), piece);
  }
  return blocks;
}

/** Returns whether a piece is a word: it is in a balloon, and wider than one letter. */
const isWord = (piece: TextLine, balloons: ReadonlyMap<number, Balloon>) =>
  balloons.has(piece.field) && piece.w >= wordWidth * piece.h;

/** Largest width of one letter, in its height; two that touch are wider. */
const wordWidth = 1.3;

/** Returns whether two lines are parts of one row. */
const areBeside = (a: Box, b: Box) =>
  Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y) > 0.5 * Math.min(a.h, b.h);

function belong(page: Raster, a: TextLine, b: TextLine, panels: readonly Box[]): boolean {
  if (!shareField(a, b)) return false;
  const tall = Math.max(a.letterHeight, b.letterHeight);
  const short = Math.min(a.letterHeight, b.letterHeight);
  if (tall > 2 * short || Math.abs(a.ground - b.ground) > 24 || Math.abs(a.ink - b.ink) > sameInk)
    return false;
  const across = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x);
  if (!areBeside(a, b)) {
    const down = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
    return across > 0 && -down <= 1.5 * tall;
  }
  if (-across <= 0.8 * tall) return true;
  const samePanel = panels.length === 0 || home(a, panels) === home(b, panels);
  return samePanel && -across <= 2.2 * tall && isBlankBetween(page, a, b);
}

/** Top of a row's foot, where points and commas are, as a share of its height. */
const foot = 0.6;

/** Returns whether only points and commas are between two parts of a row: no outline of a bubble, no art. */
function isBlankBetween(page: Raster, a: TextLine, b: TextLine): boolean {
  const from = Math.min(a.x + a.w, b.x + b.w) + 2;
  const to = Math.max(a.x, b.x) - 2;
  const top = Math.max(a.y, b.y);
  const bottom = top + foot * (Math.min(a.y + a.h, b.y + b.h) - top);
  for (let y = top; y < bottom; y++) {
    for (let x = from; x < to; x++) {
      if (Math.abs((page.data[y * page.width + x] as number) - a.ground) > 60) return false;
    }
  }
  return true;
}
