import type { Raster } from '../image/raster.ts';
import type { TextBlock } from './text-blocks.ts';

/** Size of a sound effect's letters, in sizes of the page's usual ones. */
const larger = 1.4;
const mostLetters = 8;
const mostLines = 2;
/** Lettering with less even ground around it stands in the drawing, not in a bubble. */
const inBubble = 0.7;
const sameGround = 26;
/** Letters of a block that is speech, which shows the usual size of the page's letters. */
const said = 9;
/** Usual size on a page without speech, as a share of its width. */
const usualSize = 0.0145;

/**
 * Finds the blocks that are sounds drawn into the picture: larger than speech, short, and outside of bubbles.
 * @param page grey; the blocks are in its pixels
 */
export function soundEffects(page: Raster, blocks: readonly TextBlock[]): Set<TextBlock> {
  const usual = usualHeight(page, blocks);
  return new Set(
    blocks.filter(
      (block) =>
        block.balloon === null &&
        block.lines.length <= mostLines &&
        lettersOf(block) <= mostLetters &&
        middle(block.lines.map(({ letterHeight }) => letterHeight)) >= larger * usual &&
        groundAround(page, block) < inBubble,
    ),
  );
}

const lettersOf = ({ lines }: TextBlock) => lines.reduce((sum, { letters }) => sum + letters, 0);
const middle = (values: number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] as number;

/** Returns the median height of the letters of speech. Single pieces are not letters of a row: dots of a screentone can be far more. */
export function usualHeight(page: Raster, blocks: readonly TextBlock[]): number {
  const heights = blocks
    .filter((block) => lettersOf(block) >= said)
    .flatMap(({ lines }) => lines.filter(({ letters }) => letters > 1))
    .flatMap((line) => Array<number>(line.letters).fill(line.letterHeight));
  return heights.length > 0 ? middle(heights) : usualSize * page.width;
}

/** Returns the share of a rim around a block, a letter wide, that has the block's ground. */
function groundAround(page: Raster, block: TextBlock): number {
  const ground = block.lines[0]?.ground ?? 255;
  const pad = Math.round(0.9 * middle(block.lines.map(({ letterHeight }) => letterHeight)));
  const [left, top] = [Math.max(0, block.x - pad), Math.max(0, block.y - pad)];
  const right = Math.min(page.width, block.x + block.w + pad);
  const bottom = Math.min(page.height, block.y + block.h + pad);
  let [own, all] = [0, 0];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      if (x >= block.x && x < block.x + block.w && y >= block.y && y < block.y + block.h) continue;
      all++;
      if (Math.abs((page.data[y * page.width + x] as number) - ground) <= sameGround) own++;
    }
  }
  return own / Math.max(1, all);
}
