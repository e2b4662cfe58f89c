import { crop, overlap, type Raster } from '../image/raster.ts';
import type { Box } from '../page/page.ts';
import { borderColour } from './gutter.ts';
import { besideLine } from './rectangles.ts';

/** Least length of a seam, as a share of the page's shorter side: shorter straight lines are in many pictures. */
const leastLength = 0.5;
/** Least difference in a channel of two pixels on both sides of a seam, and their distance from it. A JPEG makes a seam soft. */
const change = 30;
const beside = [-2, 1] as const;
/** Every pixel in so many is compared. */
const every = 3;
/** Stretches of a seam, and the least share of each along which the picture changes: nothing is in front of a seam. */
const stretches = 12;
const leastOfStretch = 0.5;
/** Least difference of the share along a seam and that in the rows around it: in a texture the picture changes everywhere. */
const leastAhead = 0.65;
/** Distances of the rows around a seam that show how much the picture changes there. */
const around = [-14, -12, -10, -8, 8, 10, 12, 14] as const;
const farthest = 14;
/** More seams in one direction are a texture: the rows of a floor or a wall. */
const mostSeams = 5;
/** Distances from a seam at which two pictures are compared, beyond a line between them, and the least share of it along which they differ. */
const beyond = [6, 9] as const;
const leastDifferent = 0.5;
/** Share of the border of a part that has one colour, if the part is a caption, a sky or the bar of a screen and not a picture. */
const mostlyEven = 0.8;

/**
 * Checks whether one of the panels could be two pictures that meet without a gutter: the picture changes along a straight line from one of
 * its sides to the other, everywhere, and on both sides of the line there is a picture. What is in front of the edge of a table or of a
 * horizon hides a part of it.
 * @param least least width and height of a picture
 */
export function hasSeam(page: Raster, panels: readonly Box[], least: number): boolean {
  const shortest = leastLength * Math.min(page.width, page.height);
  return panels.some((panel) => {
    // The frames of panels on this one look like seams.
    if (panels.some((other) => other !== panel && 2 * overlap(other, panel) > other.w * other.h))
      return false;
    return (['rows', 'columns'] as const).some((axis) => {
      if ((axis === 'rows' ? panel.w : panel.h) < shortest) return false;
      return seamsOf(page, panel, axis, least).some((at) =>
        partsAt(panel, axis, at).every((part) => !isEven(page, part)),
      );
    });
  });
}

type Axis = 'rows' | 'columns';

/** Returns the rows or columns of a panel along which the picture changes everywhere. */
function seamsOf({ width, data }: Raster, panel: Box, axis: Axis, least: number): number[] {
  const isLevel = axis === 'rows';
  const [length, lines] = isLevel ? [panel.w, panel.h] : [panel.h, panel.w];
  const [along, across] = isLevel ? [3, 3 * width] : [3 * width, 3];
  const first = 3 * (panel.y * width + panel.x);
  const perStretch = Math.floor((length - 2 * besideLine) / (stretches * every));
  /** Samples of a stretch of a line at which the picture changes, line by line. */
  const changes = new Uint16Array(lines * stretches);
  for (let line = -beside[0]; line < lines - beside[1]; line++) {
    const start = first + line * across + besideLine * along;
    for (let i = 0; i < perStretch * stretches; i++) {
      const before = start + i * every * along + beside[0] * across;
      const after = start + i * every * along + beside[1] * across;
      if (
        Math.abs((data[before] as number) - (data[after] as number)) > change ||
        Math.abs((data[before + 1] as number) - (data[after + 1] as number)) > change ||
        Math.abs((data[before + 2] as number) - (data[after + 2] as number)) > change
      ) {
        const at = line * stretches + Math.floor(i / perStretch);
        changes[at] = (changes[at] as number) + 1;
      }
    }
  }
  const stretchesOf = (line: number) => changes.subarray(line * stretches, (line + 1) * stretches);
  const shareOf = (line: number) =>
    stretchesOf(line).reduce((sum, count) => sum + count, 0) / (perStretch * stretches);
  /** Returns whether the sides of a line differ: on both sides of one in a picture, as the edge of a table, is the same paper. */
  const differAt = (line: number): boolean => {
    let different = 0;
    for (let i = 0; i < perStretch * stretches; i++) {
      const middle = first + line * across + (besideLine + i * every) * along;
      const isOther = [0, 1, 2].some((channel) => {
        let sum = 0;
        for (let away = beyond[0]; away <= beyond[1]; away++)
          sum +=
            (data[middle - away * across + channel] as number) -
            (data[middle + away * across + channel] as number);
        return Math.abs(sum) > change * (beyond[1] - beyond[0] + 1);
      });
      if (isOther) different++;
    }
    return different >= leastDifferent * perStretch * stretches;
  };
  const found: number[] = [];
  const room = Math.max(least, farthest);
  for (let line = room; line < lines - room; line++) {
    if (stretchesOf(line).some((count) => count < leastOfStretch * perStretch)) continue;
    const others = around.reduce((sum, away) => sum + shareOf(line + away), 0) / around.length;
    if (shareOf(line) - others >= leastAhead && differAt(line)) found.push(line);
  }
  const apart = found.filter((line, i) => i === 0 || line - (found[i - 1] as number) > 2);
  return apart.length <= mostSeams ? apart : [];
}

/** Returns what is on both sides of a line, inside of frames. */
function partsAt({ x, y, w, h }: Box, axis: Axis, at: number): [Box, Box] {
  const inner = (part: Box): Box => ({
    ...{ x: part.x + besideLine + 2, y: part.y + besideLine + 2 },
    ...{ w: part.w - 2 * besideLine - 4, h: part.h - 2 * besideLine - 4 },
  });
  return axis === 'rows'
    ? [inner({ x, y, w, h: at }), inner({ x, y: y + at, w, h: h - at })]
    : [inner({ x, y, w: at, h }), inner({ x: x + at, y, w: w - at, h })];
}

const isEven = (page: Raster, part: Box): boolean => borderColour(crop(page, part), 3).share >= mostlyEven;
