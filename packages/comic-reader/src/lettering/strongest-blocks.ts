import { overlap } from '../image/raster.ts';
import { areaOf, lettersOf, type TextBlock } from './text-blocks.ts';

/**
 * Returns blocks of dark and of light ink without those that have fewer letters than one of the other ink in the same place, since the
 * insides and the rims of letters look like letters. Of equal ones the dark block is kept. A block that was dropped drops no others.
 */
export function strongestBlocks(dark: readonly TextBlock[], light: readonly TextBlock[]): TextBlock[] {
  const kept = { dark: [] as TextBlock[], light: [] as TextBlock[] };
  const all = [
    ...dark.map((block) => ({ block, own: kept.dark, others: kept.light })),
    ...light.map((block) => ({ block, own: kept.light, others: kept.dark })),
  ];
  for (const { block, own, others } of all.sort((a, b) => lettersOf(b.block) - lettersOf(a.block)))
    if (!others.some((other) => shareLines(block, other))) own.push(block);
  return [...kept.dark, ...kept.light];
}

/** Returns whether the lines of two blocks overlap; the box of a block around another can overlap alone. */
function shareLines(a: TextBlock, b: TextBlock): boolean {
  if (overlap(a, b) === 0) return false;
  let shared = 0;
  for (const line of a.lines) for (const other of b.lines) shared += overlap(line, other);
  return shared >= 0.3 * Math.min(areaOf(a.lines), areaOf(b.lines));
}
