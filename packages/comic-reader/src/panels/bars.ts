import { commonestColour } from '../image/commonest-colour.ts';
import { type Colour, crop, type Raster } from '../image/raster.ts';
import { rulesFor } from './gutter-rules.ts';

/** Part of the height in the middle of a page whose sides show its paper, and least share of them that has one colour. */
const middle = [0.3, 0.7] as const;
const mostlyPaper = 0.5;
/** Largest difference in a channel of two pixels of one ground. */
const sameGround = 40;
/** Pixels at both ends of a row that show its ground, as a share of the width. */
const ends = 0.02;
/** Share of a bar's row without lettering; of a row of paper between a bar and the panels, and of the margins beside these. */
const mostlyEven = 0.5;
const allPaper = 0.95;
/** Height of a bar at one end of a page, in shorter sides: less is a frame's line, and a panel needs more. */
const [thinnest, highest] = [0.015, 0.1];
/** Height of both bars, in heights of the page, and of a page in its widths: pages of books are wider. */
const mostOfScreen = 0.5;
const screen = 1.7;

/** A page without bars, and whether something at one of its ends could be a bar or a panel. */
export interface Cleared {
  page: Raster;
  unsure: boolean;
}

/**
 * Returns a page without the bars that something else has put at its ends, in the colour of its paper: the credits of a publisher or of
 * translators, and what an app shows above and below a page in a picture of a screen. A bar goes from side to side, has another ground than
 * the paper beside the panels, and nothing but lettering on it. On a page of a screen's shape, one that is as high as a panel, and farther
 * away from the others than a gutter is wide, could be either.
 */
export function withoutBars(page: Raster): Cleared {
  const { width, height } = page;
  const sides = paperOf(page);
  if (!sides) return { page, unsure: false };
  const { colour: paper, isMargin } = sides;
  const side = Math.min(width, height);
  const [above, below] = ([1, -1] as const)
    .map((step) => barAt(page, paper, step))
    .map((bar) => (bar.high < thinnest * side ? { high: 0, clear: 0 } : bar)) as [Bar, Bar];
  const isTall = height >= screen * width;
  const isScreen =
    isTall && Math.min(above.high, below.high) > 0 && above.high + below.high <= mostOfScreen * height;
  const isBar = ({ high, clear }: Bar) =>
    high > 0 && (isScreen || (isMargin && clear > 0 && high <= highest * side));
  const { thickest } = rulesFor(page);
  const unsure = [above, below].some((bar) => isTall && isMargin && bar.clear > thickest && !isBar(bar));
  const bars = [
    ...(isBar(above) ? [[0, above.high] as const] : []),
    ...(isBar(below) ? [[height - below.high, height] as const] : []),
  ];
  if (bars.length === 0) return { page, unsure };
  const data = new Uint8Array(page.data);
  for (const [from, to] of bars)
    for (let at = 3 * from * width; at < 3 * to * width; at += 3) data.set(paper, at);
  return { page: { ...page, data }, unsure };
}

/** Returns the colour at a side of a page, and whether it is a margin, at both sides; null if art reaches both. */
function paperOf(page: Raster): { colour: Colour; isMargin: boolean } | null {
  const { width, height } = page;
  const wide = Math.max(2, Math.round(ends * width));
  const [top, bottom] = middle.map((share) => Math.round(share * height)) as [number, number];
  const sides = [0, width - wide]
    .map((x) => crop(page, { x, y: top, w: wide, h: bottom - top }).data)
    .map((data) => ({ data, colour: commonestColour(data, new Uint8Array(data.length / 3)) }))
    .map((side) => ({ ...side, share: shareOf(side.data, side.colour) }))
    .sort((one, other) => other.share - one.share);
  const [{ colour, share }] = sides as [(typeof sides)[0]];
  if (share < mostlyPaper) return null;
  return { colour, isMargin: sides.every(({ data }) => shareOf(data, colour) >= allPaper) };
}

interface Bar {
  /** From the end of the page to its paper; 0 if there is none. */
  high: number;
  /** Rows of paper from side to side between it and the panels. */
  clear: number;
}

/** Measures the bars at the first row of a page, or at its last one (-1). A line across them, such as a slider's, is thinner than a bar. */
function barAt({ width, height, data }: Raster, paper: Colour, step: 1 | -1): Bar {
  const first = step > 0 ? 0 : height - 1;
  const wide = Math.max(2, Math.round(ends * width));
  const none = new Uint8Array(width);
  let [high, clear, isBar, uneven] = [0, 0, false, 0];
  for (let at = 0; at < mostOfScreen * height; at++) {
    const start = 3 * (first + step * at) * width;
    const row = data.subarray(start, start + 3 * width);
    const isPaper = [row.subarray(0, 3 * wide), row.subarray(-3 * wide)].some(
      (side) => shareOf(side, paper) >= mostlyPaper,
    );
    if (isBar && isPaper) [high, clear] = [at, 0];
    const onPaper = shareOf(row, paper);
    if (onPaper >= allPaper && high > 0) clear++;
    const isEven = (isPaper ? onPaper : shareOf(row, commonestColour(row, none))) >= mostlyEven;
    uneven = isEven ? 0 : uneven + 1;
    if (uneven > thinnest * Math.min(width, height)) break;
    isBar = !isPaper;
  }
  return { high, clear };
}

/** Returns the share of pixels that have a colour. */
function shareOf(data: Uint8Array, [red, green, blue]: Colour): number {
  let count = 0;
  for (let at = 0; at < data.length; at += 3)
    if (
      Math.abs((data[at] as number) - red) <= sameGround &&
      Math.abs((data[at + 1] as number) - green) <= sameGround &&
      Math.abs((data[at + 2] as number) - blue) <= sameGround
    )
      count++;
  return count / (data.length / 3);
}
