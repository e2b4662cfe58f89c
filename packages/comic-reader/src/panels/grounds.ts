import type { Colour, Raster } from '../image/raster.ts';
import type { Box } from '../page/page.ts';
import { difference } from './gutter.ts';

/** Width of the margins that are compared, as a share of the page's: narrower than any margin with panels beside it. */
const margin = 0.015;
/** Largest distance of a margin's pixel from the mean of its row, and of two rows of one ground. */
const even = 24;
/** Least difference between two grounds. */
const otherGround = 80;
/** Most rows of the change from one ground to the other: a JPEG makes it soft. */
const change = 4;
/** Least share of a ground's rows in which both margins show it. */
const mostlySeen = 0.9;
/** Least height of a ground, as a share of the page's: it has room for panels. */
const leastHeight = 0.08;
const mostGrounds = 4;

/**
 * Returns the parts of a page whose panels are on different grounds, from the top: as where what is remembered is told on black, and the
 * present on white. Between them, both margins change colour at the same row. One part if the page has one ground.
 */
export function partsByGround(page: Raster): Box[] {
  const { width, height } = page;
  const whole = [{ x: 0, y: 0, w: width, h: height }];
  const margins = Array.from({ length: height }, (_, y) => marginsOf(page, y));
  // A row between two grounds is of neither.
  const rows = margins.map((colour, y) => {
    const next = margins[Math.min(y + 1, height - 1)];
    return colour && next && difference(colour, next) <= even ? colour : null;
  });
  const starts = [0];
  let ground = rows.find((colour) => colour !== null);
  if (!ground) return whole;
  let last = rows.indexOf(ground);
  for (const [y, colour] of rows.entries()) {
    if (!colour) continue;
    if (difference(colour, ground) > otherGround) {
      // A picture without margins is between the two.
      if (y - last > change) return whole;
      starts.push(Math.round((y + last + 1) / 2));
      ground = colour;
    }
    last = y;
  }
  const parts = starts.map((y, i) => ({ x: 0, y, w: width, h: (starts[i + 1] ?? height) - y }));
  const isGround = ({ y, h }: Box) => {
    const own = rows.slice(y, y + h).filter((colour) => colour !== null);
    const [first] = own;
    return (
      h >= leastHeight * height &&
      first !== undefined &&
      own.filter((colour) => difference(colour, first) <= even).length >= mostlySeen * h
    );
  };
  return parts.length <= mostGrounds && parts.every(isGround) ? parts : whole;
}

/** Returns the colour of both margins in a row; null if they are not even, or differ. */
function marginsOf({ width, data }: Raster, y: number): Colour | null {
  const depth = Math.max(2, Math.round(margin * width));
  const middles = [0, 1, 2].map((channel) => {
    let [sum, low, high] = [0, 255, 0];
    for (let i = 0; i < 2 * depth; i++) {
      const value = data[3 * (y * width + (i < depth ? i : width - 2 * depth + i)) + channel] as number;
      sum += value;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    const mean = sum / (2 * depth);
    return Math.max(high - mean, mean - low) <= even ? mean : Number.NaN;
  }) as [number, number, number];
  return middles.some(Number.isNaN) ? null : middles;
}
