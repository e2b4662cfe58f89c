import { crop, type Mask, type Raster } from '../image/raster.ts';
import type { Box } from '../page/page.ts';
import { black, type GutterColour, sameColour, white } from './gutter.ts';
import type { GutterRules } from './gutter-rules.ts';

/** With art along a smaller share of a page's border, it has margins. */
const leastOfBorder = 0.65;
/** Largest share of a gutter's row with another colour: specks and what a JPEG adds. */
const dirt = 0.005;
/** Rows beyond a gutter in which art begins: less than a curve takes. */
const abrupt = 4;
/** Rows beyond a gutter that show how much is drawn there, and the least share of ink in them. */
const beyond = 12;
const leastDrawn = 0.08;
/** Share of a gutter along which art ends at it: on one side, and as the mean of both. White art and white people show no end. */
const leastOfSide = 0.3;
const leastOfBoth = 0.6;
/** Thickness of another clean band, as a share of a gutter's, that makes both the gaps of a texture if no panel fits between. */
const alike = 0.5;

/** Sums of a mask over all rectangles from the top left. */
interface Sums {
  width: number;
  height: number;
  at: Int32Array;
}

function sumsOf({ width, height, data }: Mask): Sums {
  const at = new Int32Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      row += 1 - (data[y * width + x] as number);
      at[(y + 1) * (width + 1) + x + 1] = (at[y * (width + 1) + x + 1] as number) + row;
    }
  }
  return { width, height, at };
}

/** Returns the number of pixels in a box that do not have the gutter's colour. */
function inkIn({ width, at }: Sums, { x, y, w, h }: Box): number {
  const row = width + 1;
  const sum = (column: number, line: number) => at[line * row + column] as number;
  return sum(x + w, y + h) - sum(x, y + h) - sum(x + w, y) + sum(x, y);
}

/** Rows of a box, or its columns. */
type Axis = 'rows' | 'columns';

const lengthOf = (box: Box, axis: Axis) => (axis === 'rows' ? box.h : box.w);

/** Returns the part of a box between two of its rows or columns, cut at its edges. */
function slice(box: Box, axis: Axis, from: number, to: number): Box {
  const [first, end] = [Math.max(0, from), Math.min(lengthOf(box, axis), to)];
  return axis === 'rows'
    ? { ...box, y: box.y + first, h: end - first }
    : { ...box, x: box.x + first, w: end - first };
}

interface Band {
  from: number;
  to: number;
}

/** Returns the stretches of rows or columns that are clean from one side of a box to the other. */
function cleanBands(ink: Sums, box: Box, axis: Axis): Band[] {
  const most = dirt * lengthOf(box, axis === 'rows' ? 'columns' : 'rows');
  const bands: Band[] = [];
  let from = -1;
  for (let at = 0; at <= lengthOf(box, axis); at++) {
    const isClean = at < lengthOf(box, axis) && inkIn(ink, slice(box, axis, at, at + 1)) <= most;
    if (isClean && from < 0) from = at;
    if (isClean || from < 0) continue;
    bands.push({ from, to: at });
    from = -1;
  }
  return bands;
}

/** Returns the share of stretches along a narrow strip in which something is drawn: all of them in screentone. */
function drawnAlong(isDrawn: (box: Box) => boolean, strip: Box, axis: Axis, run: number): number {
  const stretches = Math.max(1, Math.floor(lengthOf(strip, axis) / run));
  let drawn = 0;
  for (let i = 0; i < stretches; i++) if (isDrawn(slice(strip, axis, i * run, (i + 1) * run))) drawn++;
  return drawn / stretches;
}

/** Returns the share of a side of a band along which art ends at it; 0 if hardly anything is drawn beyond. */
const endsAlong = (ink: Sums, axis: Axis, { near, far }: { near: Box; far: Box }, run: number): number =>
  inkIn(ink, far) < leastDrawn * far.w * far.h
    ? 0
    : drawnAlong((box) => inkIn(ink, box) > 0, near, axis, run);

function guttersIn(ink: Sums, box: Box, axis: Axis, { thin, thickest, smallest, run }: GutterRules): Band[] {
  const bands = cleanBands(ink, box, axis).filter(({ from, to }) => to - from >= thin);
  const hasRoom = (one: Band) =>
    one.from >= smallest &&
    lengthOf(box, axis) - one.to >= smallest &&
    bands.every(
      (other) =>
        other === one ||
        other.to - other.from < alike * (one.to - one.from) ||
        Math.max(other.from - one.to, one.from - other.to) >= smallest,
    );
  return bands.filter((band) => {
    const { from, to } = band;
    if (to - from > thickest || !hasRoom(band)) return false;
    const before = {
      near: slice(box, axis, from - abrupt, from),
      far: slice(box, axis, from - beyond, from),
    };
    const after = { near: slice(box, axis, to, to + abrupt), far: slice(box, axis, to, to + beyond) };
    const other = axis === 'rows' ? 'columns' : 'rows';
    const [above, below] = [endsAlong(ink, other, before, run), endsAlong(ink, other, after, run)];
    return Math.min(above, below) >= leastOfSide && (above + below) / 2 >= leastOfBoth;
  });
}

function dividedAt(ink: Sums, box: Box, rules: GutterRules, axis: Axis, wasWhole = false): Box[] {
  const gutters = guttersIn(ink, box, axis, rules);
  const other = axis === 'rows' ? 'columns' : 'rows';
  if (gutters.length === 0) return wasWhole ? [box] : dividedAt(ink, box, rules, other, true);
  const starts = [0, ...gutters.map(({ to }) => to)];
  return starts.flatMap((from, i) =>
    dividedAt(ink, slice(box, axis, from, gutters[i]?.from ?? lengthOf(box, axis)), rules, other),
  );
}

/** Returns whether a row or a column of a page is clean, as one is where the first gutter is. */
function hasCleanLine(
  { width, height, data }: Raster,
  { colour: [r, g, b], tolerance }: GutterColour,
): boolean {
  const isClean = (first: number, length: number, step: number) => {
    const most = dirt * length;
    let ink = 0;
    for (let i = 0, at = 3 * first; i < length && ink <= most; i++, at += 3 * step) {
      const isGround =
        Math.abs((data[at] as number) - r) <= tolerance &&
        Math.abs((data[at + 1] as number) - g) <= tolerance &&
        Math.abs((data[at + 2] as number) - b) <= tolerance;
      if (!isGround) ink++;
    }
    return ink <= most;
  };
  for (let y = 0; y < height; y++) if (isClean(y * width, width, 1)) return true;
  for (let x = 0; x < width; x++) if (isClean(x, height, width)) return true;
  return false;
}

/** Returns whether art bleeds off the page on most of its border. */
function bleeds(page: Raster, gutter: GutterColour, run: number): boolean {
  const whole = { x: 0, y: 0, w: page.width, h: page.height };
  let bleeding = 0;
  for (const [axis, along] of [
    ['rows', 'columns'],
    ['columns', 'rows'],
  ] as const) {
    const last = lengthOf(whole, axis) - abrupt;
    for (const from of [0, last]) {
      const strip = slice(whole, axis, from, from + abrupt);
      const { width, data } = sameColour(crop(page, strip), gutter);
      const isDrawn = ({ x, y, w, h }: Box) => {
        for (let row = y; row < y + h; row++)
          if (data.subarray(row * width + x, row * width + x + w).includes(0)) return true;
        return false;
      };
      bleeding += lengthOf(whole, along) * drawnAlong(isDrawn, { ...strip, x: 0, y: 0 }, along, run);
    }
  }
  return bleeding >= leastOfBorder * (2 * (page.width + page.height));
}

/**
 * Divides a page whose art bleeds off on all sides at white or black gutters that are whole from one side to the other, although nothing
 * has a frame: a clean band of even thickness at which art ends along a straight line on both sides. Returns the page's panels, with art
 * up to the gutters, in no particular order; one if there are none.
 */
export function bleedingPanels(page: Raster, rules: GutterRules): Box[] {
  const whole = { x: 0, y: 0, w: page.width, h: page.height };
  const divisions = [white, black].map((colour): Box[] => {
    const gutter: GutterColour = { colour, share: 0, tolerance: 40 };
    return bleeds(page, gutter, rules.run) && hasCleanLine(page, gutter)
      ? dividedAt(sumsOf(sameColour(page, gutter)), whole, rules, 'rows')
      : [whole];
  }) as [Box[], Box[]];
  const [atWhite, atBlack] = divisions;
  return atBlack.length > atWhite.length ? atBlack : atWhite;
}
