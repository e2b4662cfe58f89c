import type { Box } from '../../domain/page.ts';
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
 * @param pageWidth the width of the page (not of a strip's part), to which lettering is proportional
 */
export function findTextBlocks(page: Raster, pageWidth = page.width): TextBlock[] {
  const size = { least: Math.max(4, pageWidth * 0.0055), most: Math.max(24, pageWidth * 0.06) };
  const { dark, light } = findInk(page, Math.round(pageWidth * 0.045));
  const blocks = [
    ...blocksOf(findTextLines(page, dark, size)),
    ...blocksOf(findTextLines(page, light, size)),
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

/** Stacks lines of like height, ground and ink that stand under each other. */
function blocksOf(lines: TextLine[]): TextBlock[] {
  const sorted = [...lines].sort((a, b) => a.y - b.y || a.x - b.x);
  const blocks: TextBlock[] = [];
  for (const line of sorted) {
    const home = blocks.find((block) => block.lines.some((above) => follows(above, line)));
    if (home) {
      home.lines.push(line);
      Object.assign(home, union(home, line));
    } else {
      blocks.push({ x: line.x, y: line.y, w: line.w, h: line.h, lines: [line] });
    }
  }
  return blocks;
}

function follows(above: TextLine, line: TextLine): boolean {
  const tall = Math.max(above.letterHeight, line.letterHeight);
  const short = Math.min(above.letterHeight, line.letterHeight);
  const across = Math.min(above.x + above.w, line.x + line.w) - Math.max(above.x, line.x);
  const gap = line.y - above.y - above.h;
  const sameRow = Math.min(above.y + above.h, line.y + line.h) - Math.max(above.y, line.y) > 0.5 * short;
  const near = sameRow ? -across <= tall : across > 0 && gap <= 1.5 * tall;
  return near && tall <= 2 * short && Math.abs(above.ground - line.ground) <= 24;
}
