import type { Mask, Raster } from '../image/raster.ts';
import type { Box } from '../page/page.ts';
import { black, sameColour } from './gutter.ts';

/** A frame line is darker in every channel: half between ink and paper. */
const ink = 128;
/** Pixels from the middle of a line to where a side without art is light again. */
export const besideLine = 4;
/** Share of a line that is light on one side: otherwise it is a row of a dark area. */
const visible = 0.35;
/** Least length of a line's pieces, on average: rows of screentone dots and hatching change more often. */
const longPieces = 16;
/** Largest distance of two lines that meet in a corner. */
export const near = 4;
/** More lines in one direction are a texture; the longest are kept. */
const mostLines = 80;
/** More rectangles are a texture. */
const mostBoxes = 200;
/** Pixels beyond a corner, and how many of them a line covers that does not end there: the ground or wall of a scene. */
const beyond = [6, 18] as const;
const continued = 10;
/** Pixels without ink after which a line has ended: what is drawn beyond them is something else. */
const broken = 3;

/** A long dark line: its row, and its columns; of a vertical line, its column and rows. */
export interface Line {
  at: number;
  from: number;
  to: number;
}

/** Dark lines of a page. */
export interface Ruled {
  dark: Mask;
  across: Line[];
  down: Line[];
}

/** Finds the long horizontal and vertical dark lines of a page, such as those of frames. */
export function ruledLines(page: Raster, least: number): Ruled {
  const dark = sameColour(page, { colour: black, share: 0, tolerance: ink - 1 });
  const { width, height, data } = dark;
  return {
    dark,
    across: linesAlong(data, { count: height, length: width, along: 1, across: width }, least),
    down: linesAlong(data, { count: width, length: height, along: width, across: 1 }, least),
  };
}

interface Rows {
  count: number;
  length: number;
  /** Steps of an index to the next pixel of a row, and to the next row. */
  along: number;
  across: number;
}

function linesAlong(dark: Uint8Array, rows: Rows, least: number): Line[] {
  const { count, length, along, across } = rows;
  const found: (Line & { drawn: number })[] = [];
  const step = least >> 1;
  for (let y = besideLine; y < count - besideLine; y++) {
    const start = y * across;
    for (let x = step, end = 0; x < length; x += step) {
      if (x < end || !isDrawn(dark, start + x * along, across)) continue;
      let from = x;
      while (from > end && isDrawn(dark, start + (from - 1) * along, across)) from--;
      end = x + 1;
      while (end < length && isDrawn(dark, start + end * along, across)) end++;
      if (end - from < least) continue;
      const line = { at: y, from, to: end };
      const drawn = drawnOn(dark, rows, line);
      if (drawn === 0) continue;
      const same = sameLine(found, line);
      if (!same) found.push({ ...line, drawn });
      else if (drawn > same.drawn) Object.assign(same, line, { drawn });
    }
  }
  return found.sort((a, b) => b.to - b.from - (a.to - a.from)).slice(0, mostLines);
}

/** Returns whether a pixel is dark, or one in the rows beside it: a line is not perfectly level, so these continue it. */
const isDrawn = (dark: Uint8Array, at: number, across: number) =>
  dark[at] === 1 || dark[at - across] === 1 || dark[at + across] === 1;

/** Returns the dark pixels of a line; 0 if it is within a dark area or a texture. */
function drawnOn(dark: Uint8Array, { along, across }: Rows, { at, from, to }: Line): number {
  const length = to - from;
  const beside = besideLine * across;
  let [drawn, light, changes] = [0, length, 0];
  for (let x = from, i = at * across + from * along; x < to; x++, i += along) {
    if (dark[i - beside] && dark[i + beside]) light--;
    drawn += dark[i] as number;
    if (dark[i] !== dark[i + along]) changes++;
    if (light < visible * length || changes * longPieces > length) return 0;
  }
  return drawn;
}

/** Returns the line in the rows before that has nearly the same ends. */
function sameLine<T extends Line>(found: readonly T[], { at, from, to }: Line): T | undefined {
  for (let i = found.length - 1; i >= 0; i--) {
    const one = found[i] as T;
    if (at - one.at > besideLine) return undefined;
    const shared = Math.min(one.to, to) - Math.max(one.from, from);
    if (shared >= 0.8 * Math.max(one.to - one.from, to - from)) return one;
  }
  return undefined;
}

/**
 * Returns the rectangles whose four sides are whole lines that end at their corners, by the middles of these lines; largest first.
 * There are none on a page with more of them than pictures, such as a sheet of squared paper.
 */
export function rectangles({ dark, across, down }: Ruled, least: number): Box[] {
  const rights = down.map((column) => across.map((row) => cornerOf(dark, row, column, 1)));
  const boxes: Box[] = [];
  for (const left of down) {
    const begun = across.flatMap((row, i) => {
      const corner = cornerOf(dark, row, left, -1);
      return corner ? [{ at: row.at, i, corner }] : [];
    });
    if (begun.length < 2) continue;
    for (const [r, right] of down.entries()) {
      if (right.at - left.at < least) continue;
      const isCorner = ({ i, corner }: (typeof begun)[number], end: keyof Corner) =>
        corner[end] && rights[r]?.[i]?.[end];
      const bottoms = begun.filter((row) => isCorner(row, 'isBottom'));
      for (const top of bottoms.length > 0 ? begun.filter((row) => isCorner(row, 'isTop')) : []) {
        for (const bottom of bottoms) {
          if (bottom.at - top.at < least) continue;
          boxes.push({ x: left.at, y: top.at, w: right.at - left.at, h: bottom.at - top.at });
        }
      }
      if (boxes.length > mostBoxes) return [];
    }
  }
  return boxes.sort((a, b) => b.w * b.h - a.w * a.h);
}

/** Kinds of corners of a rectangle that a row and a column could be where they meet. */
interface Corner {
  isTop: boolean;
  isBottom: boolean;
}

/**
 * Returns the corner at which a row meets a column that is its first one (`towards` -1) or its last one (1); null if it does not reach the
 * column or continues beyond it.
 */
function cornerOf(dark: Mask, row: Line, column: Line, towards: 1 | -1): Corner | null {
  const reaches = towards < 0 ? row.from <= column.at + near : row.to >= column.at - near;
  if (!reaches || row.at < column.from - near || row.at > column.to + near) return null;
  if (continues(dark, column.at, row.at, towards, 0)) return null;
  return {
    isTop: !continues(dark, column.at, row.at, 0, -1),
    isBottom: !continues(dark, column.at, row.at, 0, 1),
  };
}

function continues({ width, height, data }: Mask, x: number, y: number, ax: number, ay: number): boolean {
  const isDark = (px: number, py: number) =>
    px >= 0 && py >= 0 && px < width && py < height && data[py * width + px] === 1;
  let count = 0;
  let missing = 0;
  for (let i = 1; i < beyond[1]; i++) {
    const px = x + i * ax;
    const py = y + i * ay;
    const isDrawn = isDark(px - ay, py - ax) || isDark(px, py) || isDark(px + ay, py + ax);
    missing = isDrawn ? 0 : missing + 1;
    if (missing === broken) return false;
    if (i < beyond[0]) continue;
    if (isDrawn && !isDark(px - 5 * ay, py - 5 * ax) && !isDark(px + 5 * ay, py + 5 * ax)) count++;
  }
  return count >= continued;
}

/** A side of a box: its first pixel, the steps along it and outwards, and its length. */
export interface Side {
  x: number;
  y: number;
  along: readonly [number, number];
  out: readonly [number, number];
  length: number;
}

export const sidesOf = ({ x, y, w, h }: Box): Side[] => [
  { x, y, along: [1, 0], out: [0, -1], length: w },
  { x, y: y + h, along: [1, 0], out: [0, 1], length: w },
  { x, y, along: [0, 1], out: [-1, 0], length: h },
  { x: x + w, y, along: [0, 1], out: [1, 0], length: h },
];
