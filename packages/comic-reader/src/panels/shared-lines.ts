import type { Raster } from '../image/raster.ts';
import type { Box } from '../page/page.ts';
import { samePen, thin, weightOf } from './frame-weight.ts';
import { besideLine, type Line, near, type Ruled, type Side, sidesOf } from './rectangles.ts';

const contrast = 48;
/** Length of a place in which both sides of a line are compared, its depth, and a difference of their mean brightness, 0 to 255. */
const place = { length: 8, depth: 6, difference: 20 };
/** Least length of something in front of a line, in pixels, and largest offset of its edge above the line from that below. */
const inFront = { length: 24, offset: 8 };
/** Least share of such places in which the sides of a border differ: the art of one panel ends at it. */
const leastDifferent = 0.1;

/**
 * Divides a panel at the lines that two panels share as a border. Such a line runs whole from frame to frame, which nothing in the
 * picture is in front of, it is at least as thick as the frame around it, and art ends at it. A horizon, a table or a wall is drawn with
 * a finer pen, or something stands in front of it.
 * @param least least width and height of a part, in pixels
 */
export function dividedAtLines(page: Raster, panel: Box, ruled: Ruled, least: number): Box[] {
  const frame = isFramed(panel, ruled) ? weightOf(page, sidesOf(panel), thin) : null;
  if (frame === null) return [panel];
  const cut = (box: Box): Box[] => {
    for (const [first, second, line] of partsAt(box, ruled, least))
      if (isBorder(page, line, frame)) return [...cut(first), ...cut(second)];
    return [box];
  };
  return cut(panel);
}

/** Returns the parts on both sides of each line that runs from one side of a box to the other, and that line. */
function partsAt({ x, y, w, h }: Box, { across, down }: Ruled, least: number): [Box, Box, Side][] {
  const runs = ({ at, from, to }: Line, start: number, length: number, top: number, depth: number) =>
    from <= start + near && to >= start + length - near && at - top >= least && top + depth - at >= least;
  return [
    ...across
      .filter((line) => runs(line, x, w, y, h))
      .map(({ at }): [Box, Box, Side] => [
        { x, y, w, h: at - y },
        { x, y: at, w, h: y + h - at },
        { x, y: at, along: [1, 0], out: [0, 1], length: w },
      ]),
    ...down
      .filter((line) => runs(line, y, h, x, w))
      .map(({ at }): [Box, Box, Side] => [
        { x, y, w: at - x, h },
        { x: at, y, w: x + w - at, h },
        { x: at, y, along: [0, 1], out: [1, 0], length: h },
      ]),
  ];
}

/** Returns whether a line runs along each side of a box. */
function isFramed({ x, y, w, h }: Box, { across, down }: Ruled): boolean {
  const isAt = (lines: readonly Line[], side: number, from: number, to: number) =>
    lines.some(
      (line) => Math.abs(line.at - side) <= near && line.from <= from + near && line.to >= to - near,
    );
  return (
    [y, y + h].every((side) => isAt(across, side, x, x + w)) &&
    [x, x + w].every((side) => isAt(down, side, y, y + h))
  );
}

function isBorder(page: Raster, line: Side, frame: number): boolean {
  const weight = weightOf(page, [line], thin);
  return (
    (weight === null || weight * samePen >= frame) &&
    isVisible(page, line) &&
    !isCovered(page, line) &&
    differentShare(page, line) >= leastDifferent
  );
}

/** Returns the brightness of pixels beside a line: at each step along it, and steps away from it. */
function brightnessBeside({ width, height, data }: Raster, { x, y, along, out }: Side) {
  return (i: number, d: number) => {
    const px = Math.min(width - 1, Math.max(0, x + i * along[0] + d * out[0]));
    const py = Math.min(height - 1, Math.max(0, y + i * along[1] + d * out[1]));
    return data[3 * (py * width + px) + 1] as number;
  };
}

/** Share of a line that is visible: within a dark area nothing shows that a line runs on. */
const visible = 0.5;
/** Least share of each half of it. */
const visibleOfHalf = visible / 2;

/** Returns whether enough of a line, and of both of its halves, is darker than one of its sides. */
export function isVisible(page: Raster, line: Side): boolean {
  const at = brightnessBeside(page, line);
  const half = line.length >> 1;
  let [first, second] = [0, 0];
  for (let i = 0; i < line.length; i++) {
    const beside = Math.max(at(i, -besideLine), at(i, besideLine));
    if (beside - Math.min(at(i, -1), at(i, 0), at(i, 1)) < contrast) continue;
    if (i < half) first++;
    else second++;
  }
  return first + second >= visible * line.length && Math.min(first, second) >= visibleOfHalf * half;
}

/**
 * Returns whether something dark is in front of a line: it begins and ends at the same places on both sides. Dark art of two panels does
 * not.
 */
export function isCovered(page: Raster, line: Side): boolean {
  const at = brightnessBeside(page, line);
  const isDark = (i: number, d: number) => at(i, d) - Math.min(at(i, -1), at(i, 0), at(i, 1)) < contrast;
  const edge = (i: number, d: number, step: 1 | -1) => {
    let last = i;
    while (last + step >= 0 && last + step < line.length && isDark(last + step, d)) last += step;
    return last;
  };
  for (let i = inFront.offset; i < line.length - inFront.offset; i++) {
    if (!isDark(i, -besideLine) || !isDark(i, besideLine)) continue;
    const [above, below] = [-besideLine, besideLine].map((d) => [edge(i, d, -1), edge(i, d, 1)]) as [
      number[],
      number[],
    ];
    const [from, to] = [Math.max(above[0] ?? 0, below[0] ?? 0), Math.min(above[1] ?? 0, below[1] ?? 0)];
    const isInside = from >= inFront.offset && to < line.length - inFront.offset;
    const isOne = above.every((end, side) => Math.abs(end - (below[side] ?? 0)) <= inFront.offset);
    if (isInside && isOne && to - from >= inFront.length) return true;
    i = to;
  }
  return false;
}

/** Returns the share of places along a line in which its two sides differ. */
function differentShare(page: Raster, line: Side): number {
  const at = brightnessBeside(page, line);
  let [places, different] = [0, 0];
  for (let from = 2 * besideLine; from + place.length <= line.length - 2 * besideLine; from += place.length) {
    let sum = 0;
    for (let i = from; i < from + place.length; i++)
      for (let d = besideLine; d < besideLine + place.depth; d++) sum += at(i, d) - at(i, -d);
    places++;
    if (Math.abs(sum) >= place.difference * place.length * place.depth) different++;
  }
  return different / Math.max(1, places);
}
