import { commonestColour } from '../image/commonest-colour.ts';
import { label } from '../image/components.ts';
import { crop, emptyMask, type Mask, type Raster } from '../image/raster.ts';
import type { Box } from '../page/page.ts';
import { borderColour, sameColour } from './gutter.ts';

/** Pixels around a box that show the ground, and the least share of them that has one colour. */
const around = 6;
const mostlyGround = 0.5;
/** Thickest outline of a balloon, in pixels. */
const outline = 5;
/** Largest difference in a channel of two pixels of a balloon's paper. */
const samePaper = 40;
/** Share of a balloon without letters. */
const leastPaper = 0.5;
/** Share of the way around, inside of the outline, at which something other than paper is: a picture is cut off by its frame. */
const mostCutOff = 0.04;
/** Largest height of a letter, in heights of its balloon and in widths of the page, and the fewest pieces that are lettering. */
const tallestLetter = 0.5;
const largestLetter = 0.1;
const fewestLetters = 3;

/**
 * Checks whether a box on even ground shows balloons or a caption without a picture: one even colour inside of an outline, with pieces on it
 * that are as small as letters and that the outline does not cut off. No balloon is higher than a strip is wide.
 */
export function isSpeechAlone(page: Raster, box: Box): boolean {
  if (box.h > page.width) return false;
  const [left, top] = [Math.max(0, box.x - around), Math.max(0, box.y - around)];
  const part = crop(page, {
    ...{ x: left, y: top },
    w: Math.min(page.width, box.x + box.w + around) - left,
    h: Math.min(page.height, box.y + box.h + around) - top,
  });
  const ground = borderColour(part, around / 2);
  return (
    ground.share >= mostlyGround &&
    isSpeech(part, reachingEdge(sameColour(part, ground)), tallestIn(box.h, page.width))
  );
}

/** Returns the largest height of a letter of speech that is this high, on a strip. */
export const tallestIn = (high: number, width: number): number =>
  Math.min(tallestLetter * high, largestLetter * width);

/**
 * Checks whether nothing but balloons or captions is on a ground. They can end outside of the raster.
 * @param tallest largest height of a letter
 */
export function isSpeech(part: Raster, ground: Mask, tallest: number): boolean {
  const inside = shrunk(ground, outline);
  const colour = commonestColour(
    part.data,
    inside.data.map((isInside) => 1 - isInside),
  );
  const paper = sameColour(part, { colour, share: 1, tolerance: samePaper });
  const marks = emptyMask(part.width, part.height);
  let [area, drawn, rim, cut] = [0, 0, 0, 0];
  for (let at = 0; at < inside.data.length; at++) {
    if (!inside.data[at]) continue;
    area++;
    const isDrawn = !paper.data[at];
    if (isDrawn) {
      marks.data[at] = 1;
      drawn++;
    }
    const [x, y] = [at % part.width, Math.floor(at / part.width)];
    // At the raster's edge, the outline of a balloon that ends outside cannot be told from its inside.
    if (Math.min(x, y, part.width - 1 - x, part.height - 1 - y) < outline) continue;
    const isWithin =
      inside.data[at - 1] &&
      inside.data[at + 1] &&
      inside.data[at - part.width] &&
      inside.data[at + part.width];
    if (isWithin) continue;
    rim++;
    if (isDrawn) cut++;
  }
  if (area === 0 || area - drawn < leastPaper * area || cut > mostCutOff * rim) return false;
  const pieces = label(marks).components;
  return pieces.length >= fewestLetters && pieces.every(({ h }) => h <= tallest);
}

/** Keeps the areas of a mask that reach its edge. */
export function reachingEdge(mask: Mask): Mask {
  const reaching = emptyMask(mask.width, mask.height);
  label(mask, false).paint(reaching, 1, ({ touchesEdge }) => touchesEdge);
  return reaching;
}

/** Marks what is farther from the ground than `by` pixels. */
function shrunk({ width, height, data }: Mask, by: number): Mask {
  const near = (marks: Uint8Array, count: number, length: number, along: number, across: number) => {
    const out = new Uint8Array(marks.length);
    for (let line = 0; line < count; line++) {
      let last = Number.NEGATIVE_INFINITY;
      for (let i = 0; i < length + by; i++) {
        if (i < length && marks[line * across + i * along]) last = i;
        if (i >= by && i - last <= 2 * by) out[line * across + (i - by) * along] = 1;
      }
    }
    return out;
  };
  const rows = near(data, height, width, 1, width);
  const both = near(rows, width, height, width, 1);
  return { width, height, data: both.map((isNear) => 1 - isNear) };
}
