import { fieldsOf } from '../image/fields.ts';
import { findInk } from '../image/ink.ts';
import { type Mask, overlap, type Raster, union } from '../image/raster.ts';
import type { Box } from '../page/page.ts';
import { findBalloons } from './balloons.ts';
import { letterRows } from './letter-rows.ts';
import { paragraphsOf } from './paragraphs.ts';
import { strongestBlocks } from './strongest-blocks.ts';
import { blocksOf, lettersOf, type TextBlock } from './text-blocks.ts';
import type { TextLine } from './text-line.ts';
import { textLines } from './text-lines.ts';
import { type Tilt, tiltOf } from './tilt.ts';

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
  const kept = strongestBlocks(darkBlocks, lightBlocks);
  const tilt = tiltOf(darkRows);
  const isTilted = (block: TextBlock) => tilt?.rows.some((row) => overlap(row, block) > 0.5 * row.w * row.h);
  return { blocks: kept.filter((block) => !isTilted(block)), tilt };
}

/** Most letters of a word that art or a wide mark separates from its lines; a paragraph has more. */
const paragraph = 6;

/** Largest ratio between sizes of one speech; a poster has more. */
const mostSizeRatio = 1.4;

/** Splits a block at wide gaps, which separate speakers; a balloon has one speaker. */
function byParagraph(block: TextBlock): TextBlock[] {
  const heights = block.lines.map(({ letterHeight }) => letterHeight);
  const oneSize = Math.max(...heights) <= mostSizeRatio * Math.min(...heights);
  const paragraphs = block.balloon || !oneSize ? [] : paragraphsOf(block.lines);
  if (paragraphs.length < 2 || paragraphs.some((lines) => lettersOf({ lines }) < paragraph)) return [block];
  return paragraphs.map((lines) => {
    const { x, y, w, h } = lines.reduce<Box>(union, lines[0] as TextLine);
    return { x, y, w, h, balloon: null, lines };
  });
}

/** Returns whether a block is lettering: two or three marks in a row occur anywhere in art, so they need a balloon or white. */
function isLettering(block: TextBlock): boolean {
  const letters = lettersOf(block);
  return block.balloon !== null || letters > 3 || (letters > 1 && block.lines.every((l) => l.ground >= 225));
}
