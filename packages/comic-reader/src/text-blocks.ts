import { type Balloon, findBalloons } from './balloons.ts';
import { fieldsOf } from './fields.ts';
import { home } from './home.ts';
import { findInk } from './ink.ts';
import { letterRows, shareField } from './letter-rows.ts';
import type { Box } from './page.ts';
import { paragraphsOf } from './paragraphs.ts';
import { type Mask, overlap, type Raster, union } from './raster.ts';
import { type TextLine, textLines } from './text-lines.ts';
import { type Tilt, tiltOf } from './tilt.ts';

/** Lines of one bubble or caption, from the top, and the box around them. */
export interface TextBlock extends Box {
  lines: TextLine[];
  /** The balloon around them; null without one, or if its outline is not closed. */
  balloon: Balloon | null;
}

/** The lettering of a page. */
export interface Lettering {
  /** Blocks of level rows. */
  blocks: TextBlock[];
  /** Null without tilted lettering. */
  tilt: Tilt | null;
}

/**
 * Finds the lettering of a page: in bubbles, in boxes of captions, and free on even ground, dark or light.
 * @param page grey
 * @param panels the page's panels in its pixels; words in different panels are joined only if they are close
 */
export function findLettering(page: Raster, panels: readonly Box[] = []): Lettering {
  const side = Math.min(page.width, page.height);
  const size = { least: Math.max(4, side * 0.005), most: Math.max(24, side * 0.06) };
  const { dark, light } = findInk(page, Math.round(side * 0.045));
  const inInk = (ink: Mask) => {
    const fields = fieldsOf(ink);
    const rows = letterRows(ink, fields, size, panels);
    const lines = textLines(page, ink, rows);
    const balloons = findBalloons(page, fields, lines);
    return { rows, blocks: blocksOf(page, lines, balloons, panels).flatMap(byParagraph).filter(isLettering) };
  };
  const { rows: darkRows, blocks: darkBlocks } = inInk(dark);
  const { blocks: lightBlocks } = inInk(light);
  // The insides of letters look like light letters: of two blocks in one place, the one with more letters counts.
  const wins = (block: TextBlock, others: readonly TextBlock[], tie: boolean) =>
    others.every((other) => {
      if (!shareLines(block, other)) return true;
      const more = lettersOf(block) - lettersOf(other);
      return more > 0 || (more === 0 && tie);
    });
  const kept = [
    ...darkBlocks.filter((block) => wins(block, lightBlocks, true)),
    ...lightBlocks.filter((block) => wins(block, darkBlocks, false)),
  ];
  const tilt = tiltOf(darkRows);
  const isTilted = (block: TextBlock) => tilt?.rows.some((row) => overlap(row, block) > 0.5 * row.w * row.h);
  return { blocks: kept.filter((block) => !isTilted(block)), tilt };
}

/** Most letters of a word that art or a wide mark separates from its lines; a paragraph has more. */
const PARAGRAPH = 6;

/** Largest ratio between sizes of one speech; a poster has more. */
const ONE_SIZE = 1.4;

/** Splits a block at wide gaps, which separate speakers; a balloon has one speaker. */
function byParagraph(block: TextBlock): TextBlock[] {
  const heights = block.lines.map(({ letterHeight }) => letterHeight);
  const oneSize = Math.max(...heights) <= ONE_SIZE * Math.min(...heights);
  const paragraphs = block.balloon || !oneSize ? [] : paragraphsOf(block.lines);
  if (paragraphs.length < 2 || paragraphs.some((lines) => lettersOf({ lines }) < PARAGRAPH)) return [block];
  return paragraphs.map((lines) => {
    const { x, y, w, h } = lines.reduce<Box>(union, lines[0] as TextLine);
    return { x, y, w, h, balloon: null, lines };
  });
}

/** Returns whether the lines of two blocks overlap; the box of a block around another can overlap alone. */
function shareLines(a: TextBlock, b: TextBlock): boolean {
  if (overlap(a, b) === 0) return false;
  let shared = 0;
  for (const line of a.lines) for (const other of b.lines) shared += overlap(line, other);
  return shared >= 0.3 * Math.min(areaOf(a.lines), areaOf(b.lines));
}

/**
 * Returns the lines of a block that are certainly lettering: those in a balloon, and long ones with letters in line. Strands
 * of hair and hatching are also side by side on an even ground, but at all heights.
 */
export const plainLines = ({ balloon, lines }: TextBlock): TextLine[] =>
  lines.filter(
    ({ letters, regular }) => balloon !== null || (letters >= PLAIN.letters && regular >= PLAIN.share),
  );
const PLAIN = { letters: 5, share: 0.8 };

/** Returns the area of lines, without the space between them. */
export const areaOf = (lines: readonly TextLine[]): number => lines.reduce((sum, { w, h }) => sum + w * h, 0);

const lettersOf = ({ lines }: Pick<TextBlock, 'lines'>): number =>
  lines.reduce((sum, { letters }) => sum + letters, 0);

/** Returns whether a block is lettering: two or three marks in a row occur anywhere in art, so they need a balloon or white. */
function isLettering(block: TextBlock): boolean {
  const letters = lettersOf(block);
  return block.balloon !== null || letters > 3 || (letters > 1 && block.lines.every((l) => l.ground >= 225));
}

/** Largest difference in grey within the ink of one hand; other ink is the rim of a bubble or a panel, or art. */
const SAME_INK = 60;

/**
 * Stacks lines of similar height, ground and ink under each other, and joins rows with wide spaces. A single piece can be a
 * short word of a row, but it joins no rows: two bubbles with a rim between them stay two.
 */
function blocksOf(
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
  balloons.has(piece.field) && piece.w >= WORD_WIDTH * piece.h;

/** Largest width of one letter, in its height; two that touch are wider. */
const WORD_WIDTH = 1.3;

/** Returns whether two lines are parts of one row. */
const areBeside = (a: Box, b: Box) =>
  Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y) > 0.5 * Math.min(a.h, b.h);

function belong(page: Raster, a: TextLine, b: TextLine, panels: readonly Box[]): boolean {
  if (!shareField(a, b)) return false;
  const tall = Math.max(a.letterHeight, b.letterHeight);
  const short = Math.min(a.letterHeight, b.letterHeight);
  if (tall > 2 * short || Math.abs(a.ground - b.ground) > 24 || Math.abs(a.ink - b.ink) > SAME_INK)
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
const FOOT = 0.6;

/** Returns whether only points and commas are between two parts of a row: no outline of a bubble, no art. */
function isBlankBetween(page: Raster, a: TextLine, b: TextLine): boolean {
  const from = Math.min(a.x + a.w, b.x + b.w) + 2;
  const to = Math.max(a.x, b.x) - 2;
  const top = Math.max(a.y, b.y);
  const bottom = top + FOOT * (Math.min(a.y + a.h, b.y + b.h) - top);
  for (let y = top; y < bottom; y++) {
    for (let x = from; x < to; x++) {
      if (Math.abs((page.data[y * page.width + x] as number) - a.ground) > 60) return false;
    }
  }
  return true;
}
