import type { Box } from '../../domain/page.ts';
import { home } from './home.ts';
import { findInk } from './ink.ts';
import { overlap, type Raster, union } from './raster.ts';
import { findTextLines, type TextLine } from './text-lines.ts';

/** Lines of one bubble or caption, from the top, and the box around them. */
export interface TextBlock extends Box {
  lines: TextLine[];
}

/**
 * Finds where a page has lettering: in bubbles, in caption boxes, and free on even ground, dark or light.
 * @param page grey
 * @param panels the page's panels in its pixels; words in different panels are joined only when they stand close
 */
export function findTextBlocks(page: Raster, panels: readonly Box[] = []): TextBlock[] {
  const side = Math.min(page.width, page.height);
  const size = { least: Math.max(4, side * 0.007), most: Math.max(24, side * 0.06) };
  const { dark, light } = findInk(page, Math.round(side * 0.045));
  const blocks = [
    ...blocksOf(page, findTextLines(page, dark, size, panels), panels),
    ...blocksOf(page, findTextLines(page, light, size, panels), panels),
  ].filter(isLettering);
  // The insides of letters look like light letters: where two blocks share a place, the larger reading wins.
  const letters = (b: TextBlock) => b.lines.reduce((sum, l) => sum + l.letters, 0);
  blocks.sort((a, b) => letters(b) - letters(a));
  const kept: TextBlock[] = [];
  for (const block of blocks) {
    if (kept.every((k) => overlap(k, block) < 0.3 * Math.min(k.w * k.h, block.w * block.h))) kept.push(block);
  }
  return kept;
}

/** Two or three marks in a row happen anywhere in art; as lettering they stand on the white of a bubble. */
function isLettering(block: TextBlock): boolean {
  const letters = block.lines.reduce((sum, l) => sum + l.letters, 0);
  return letters > 3 || (letters > 1 && block.lines.every((l) => l.ground >= 225));
}

/** Stacks lines of like height, ground and ink that stand under each other, and joins rows that wide spaces part. */
function blocksOf(page: Raster, lines: TextLine[], panels: readonly Box[]): TextBlock[] {
  const sorted = [...lines].sort((a, b) => a.y - b.y || a.x - b.x);
  let blocks: TextBlock[] = [];
  for (const line of sorted) {
    const homes = blocks.filter((block) => block.lines.some((other) => belong(page, other, line, panels)));
    // A line may turn out to join blocks that began apart.
    const joined = homes.flatMap((block) => block.lines).concat(line);
    const { x, y, w, h } = [...homes, line].reduce<Box>(union, line);
    blocks = blocks.filter((block) => !homes.includes(block));
    blocks.push({ x, y, w, h, lines: joined });
  }
  return blocks;
}

function belong(page: Raster, a: TextLine, b: TextLine, panels: readonly Box[]): boolean {
  const tall = Math.max(a.letterHeight, b.letterHeight);
  const short = Math.min(a.letterHeight, b.letterHeight);
  if (tall > 2 * short || Math.abs(a.ground - b.ground) > 24) return false;
  const across = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x);
  const down = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
  if (down <= 0.5 * Math.min(a.h, b.h)) return across > 0 && -down <= 1.5 * tall;
  if (-across <= 0.8 * tall) return true;
  const samePanel = panels.length === 0 || home(a, panels) === home(b, panels);
  return samePanel && -across <= 2.2 * tall && isBlankBetween(page, a, b);
}

/** Whether nothing stands between two parts of a row: no outline of a bubble, no art. */
function isBlankBetween(page: Raster, a: TextLine, b: TextLine): boolean {
  const from = Math.min(a.x + a.w, b.x + b.w) + 2;
  const to = Math.max(a.x, b.x) - 2;
  const top = Math.max(a.y, b.y);
  const bottom = Math.min(a.y + a.h, b.y + b.h);
  for (let y = top; y < bottom; y++) {
    for (let x = from; x < to; x++) {
      if (Math.abs((page.data[y * page.width + x] as number) - a.ground) > 60) return false;
    }
  }
  return true;
}
