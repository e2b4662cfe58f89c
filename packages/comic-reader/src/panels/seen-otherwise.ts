import type { Raster } from '../image/raster.ts';
import { resized } from '../image/resized.ts';
import { divide } from './divide.ts';
import { borderColour, type GutterColour, white } from './gutter.ts';
import { rulesFor } from './gutter-rules.ts';

/** Paper, where a scan shows something else along the edges of the page: the fold of a book, or the lid of the scanner. */
const paper: GutterColour = { colour: white, share: 1, tolerance: 40 };
/** Sizes at which a texture is an even tone: the page as it is seen from afar. The outlines of a picture seldom divide it at two of them. */
const [smallest, small, largest] = [0.25, 0.3, 0.4];

/**
 * Checks whether a page that was told as one picture has several with frames on white paper, or if it is seen from afar.
 * @param depth of the border, in pixels
 */
export function hasPanelsSeenOtherwise(page: Raster, depth: number): boolean {
  const isDivided = (seen: Raster, gutter: GutterColour) =>
    divide(seen, gutter, rulesFor(seen)).panels.length > 1;
  if (isDivided(page, paper)) return true;
  const isDividedAt = (size: number) => {
    const seen = resized(page, size);
    return isDivided(seen, borderColour(seen, Math.max(2, Math.round(size * depth))));
  };
  const [one, other] = [isDividedAt(smallest), isDividedAt(small)];
  return one === other ? one : isDividedAt(largest);
}
