import { type Mask, type Raster, union } from '../image/raster.ts';
import type { Box } from '../page/page.ts';
import { evenGreys, groundAround, isBlurred } from './ground-around.ts';
import { type Letter, middleHeight } from './letter-rows.ts';
import { isScreentone } from './screentone.ts';
import { onCommonGround, withoutArtAtEnds, withoutStrangers } from './stray-art.ts';
import type { TextLine } from './text-line.ts';

/** Share of the ground under lettering that has one grey; art varies more. */
const evenShare = 0.75;
const leastContrast = 70;
/** Pixels of ground that show its grey, and the least room around a row in which more of them are looked for. */
const leastBare = 8;
const leastReach = 3;

/**
 * Keeps the rows of letters on an even ground: lettering, but not hatching or leaves.
 * @param page the grey page of the same size as the mask
 */
export function textLines(page: Raster, ink: Mask, rows: readonly Letter[][]): TextLine[] {
  return rows.flatMap((whole) => {
    const row = withoutArtAtEnds(page, ink, whole);
    const line =
      measure(page, ink, row) ??
      measureOnChangingGround(page, ink, row) ??
      measure(page, ink, onCommonGround(page, ink, row));
    return line ?? [];
  });
}

/** Largest change of the ground in a bubble that is not fully opaque, so that the art behind it is visible. */
const throughBubble = 60;
/** Fewer letters can occur by chance on any art. */
const leastThroughBubble = 5;

/**
 * Measures a row whose ground is even around each letter but changes along the row: evenly, as the shading of a bubble does, or
 * a little.
 */
function measureOnChangingGround(page: Raster, ink: Mask, row: Letter[]): TextLine | null {
  if (row.length < leastThroughBubble) return null;
  const grounds = row.map((letter) => ({
    middle: letter.x + letter.w / 2,
    grey: groundAround(page, ink, letter),
  }));
  const shade = lineThrough(grounds);
  const greys = grounds.map(({ grey }) => grey);
  const nearest = (x: number) =>
    grounds.reduce((best, one) => (Math.abs(one.middle - x) < Math.abs(best.middle - x) ? one : best)).grey;
  const isShaded = grounds.every(({ middle, grey }) => Math.abs(grey - shade(middle)) <= evenGreys);
  const isSlight = Math.max(...greys) - Math.min(...greys) <= throughBubble;
  return (
    (isShaded ? measure(page, ink, row, shade) : null) ?? (isSlight ? measure(page, ink, row, nearest) : null)
  );
}

/** Returns the line of greys along a row that fits the grounds of its letters best. */
function lineThrough(grounds: readonly { middle: number; grey: number }[]): (x: number) => number {
  const mean = (of: (ground: { middle: number; grey: number }) => number) =>
    grounds.reduce((sum, ground) => sum + of(ground), 0) / grounds.length;
  const [at, grey] = [mean(({ middle }) => middle), mean((ground) => ground.grey)];
  const across = mean((ground) => (ground.middle - at) * (ground.grey - grey));
  const slope =
    across /
    Math.max(
      1,
      mean(({ middle }) => (middle - at) ** 2),
    );
  return (x) => grey + slope * (x - at);
}

/**
 * Measures a row; returns null if it is on art or has nothing to read.
 * @param groundAt the grey that its ground should have in a column; by default the grey of most of it
 */
function measure(
  page: Raster,
  ink: Mask,
  joined: Letter[],
  groundAt?: (x: number) => number,
): TextLine | null {
  const row = withoutStrangers(joined);
  if (isScreentone(ink, row)) return null;
  const box = row.map(({ x, y, w, h }): Box => ({ x, y, w, h })).reduce(union);
  const letterHeight = middleHeight(row);
  const inside = tonesIn(page, ink, box, groundAt);
  // Low letters close together, such as "xem", leave no ground between them.
  const reach = Math.max(leastReach, letterHeight >> 2);
  const { greys, bare, asExpected } =
    inside.bare < leastBare ? tonesIn(page, ink, grown(box, reach, page), groundAt) : inside;
  if (bare < leastBare) return null;
  const ground = median(greys, bare);
  const even = groundAt ? asExpected : countAround(greys, ground);
  const tone = inside.inkSum / Math.max(1, inside.inked);
  if (even < evenShare * bare || Math.abs(ground - tone) < leastContrast) return null;
  return {
    ...box,
    field: fieldOf(row),
    letters: row.length,
    letterHeight,
    regular: regularity(row),
    ground,
    ink: tone,
  };
}

/** The pixels of a box: ink, and the ground that is not blurred by it. */
interface Tones {
  inked: number;
  inkSum: number;
  bare: number;
  /** Number of bare pixels of each grey, and of those with the expected one. */
  greys: Uint32Array;
  asExpected: number;
}

function tonesIn(page: Raster, ink: Mask, box: Box, groundAt?: (x: number) => number): Tones {
  const tones: Tones = { inked: 0, inkSum: 0, bare: 0, greys: new Uint32Array(256), asExpected: 0 };
  for (let x = box.x; x < box.x + box.w; x++) {
    const expected = groundAt?.(x) ?? 0;
    for (let y = box.y; y < box.y + box.h; y++) {
      const at = y * page.width + x;
      const value = page.data[at] as number;
      if (ink.data[at]) {
        tones.inked++;
        tones.inkSum += value;
      } else if (!isBlurred(ink, x, y)) {
        tones.bare++;
        tones.greys[value] = (tones.greys[value] as number) + 1;
        if (Math.abs(value - expected) <= evenGreys) tones.asExpected++;
      }
    }
  }
  return tones;
}

/** Returns a box with room on all sides, within the page. */
function grown({ x, y, w, h }: Box, by: number, page: Raster): Box {
  const [left, top] = [Math.max(0, x - by), Math.max(0, y - by)];
  return {
    x: left,
    y: top,
    w: Math.min(page.width, x + w + by) - left,
    h: Math.min(page.height, y + h + by) - top,
  };
}

function countAround(greys: Uint32Array, ground: number): number {
  let even = 0;
  for (let v = Math.max(0, ground - evenGreys); v <= Math.min(255, ground + evenGreys); v++)
    even += greys[v] as number;
  return even;
}

/** Returns the field of most letters. */
function fieldOf(row: readonly Letter[]): number {
  const known = row.map(({ field }) => field).filter((field) => field !== 0);
  const count = (of: number) => known.filter((field) => field === of).length;
  return known.reduce((best, field) => (count(field) > count(best) ? field : best), known[0] ?? 0);
}

/** Largest difference between the heights of letters, and between their feet, as a share of the usual height. */
const alike = 0.3;

/** Returns the share of regular letters; a letter that reaches below or above the line has its other end in place. */
function regularity(row: readonly Letter[]): number {
  const height = middleHeight(row);
  const usual = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] as number;
  // Along the slope of the row.
  const first = row.reduce((a, b) => (b.x < a.x ? b : a));
  const last = row.reduce((a, b) => (b.x > a.x ? b : a));
  const slope = (last.y + last.h - first.y - first.h) / Math.max(1, last.x - first.x);
  const foot = ({ x, y, h }: Box) => y + h - slope * x;
  const head = ({ x, y }: Box) => y - slope * x;
  const [feet, heads] = [usual(row.map(foot)), usual(row.map(head))];
  const near = (a: number, b: number) => Math.abs(a - b) <= alike * height;
  return row.filter((l) => near(foot(l), feet) && near(head(l), heads)).length / row.length;
}

function median(counts: Uint32Array, total: number): number {
  let seen = 0;
  for (let v = 0; v < counts.length; v++) {
    seen += counts[v] as number;
    if (seen * 2 >= total) return v;
  }
  return counts.length - 1;
}
