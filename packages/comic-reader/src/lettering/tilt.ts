import { type Raster, union } from '../image/raster.ts';
import type { Box } from '../page/page.ts';

/** Fewer pieces are in line by chance anywhere in art. */
const leastLetters = 6;
/** Letters of a row that is enough evidence of a sign. */
const longRow = 10;
/** Largest distance of letters from their line, as a share of their height. */
const inLine = 0.18;
/** Lettering with less tilt is read as it is; more is a diagonal of the drawing. */
const leastTilt = (4 * Math.PI) / 180;
const mostTilt = (25 * Math.PI) / 180;
/** Largest difference between the rows of one sign. */
const mostDifference = (2.5 * Math.PI) / 180;
/** A rotated page has at least this many tilted rows, with this many times the letters of the level ones. */
const rowsOfPage = 6;
const mostOfPage = 4;

/** Lettering on things in the picture. */
export interface Tilt {
  /** In radians clockwise. */
  angle: number;
  /** Box of each of its rows. */
  rows: Box[];
  /** Nearly all lettering has this tilt: the page is rotated, and the lettering is not a sign. */
  askew: boolean;
}

/** A row of letters in line. */
interface StraightRow {
  angle: number;
  letters: number;
  box: Box;
}

/**
 * Finds tilted lettering: rows of letters that rise or fall evenly.
 * @returns the tilt that most letters agree on; null without tilted lettering
 */
export function tiltOf(rows: readonly (readonly Box[])[]): Tilt | null {
  const straight = rows.map(fitted).filter((row): row is StraightRow => row !== null);
  const isTilted = ({ angle }: StraightRow) => Math.abs(angle) >= leastTilt;
  const tilted = straight.filter(isTilted);
  let best: StraightRow[] = [];
  for (const { angle } of tilted) {
    const alike = tilted.filter((row) => Math.abs(row.angle - angle) <= mostDifference);
    if (lettersOf(alike) > lettersOf(best)) best = alike;
  }
  const sure = best.length > 1 || lettersOf(best) >= longRow;
  if (!sure) return null;
  const angle = best.reduce((sum, row) => sum + row.angle * row.letters, 0) / lettersOf(best);
  const level = straight.filter((row) => !isTilted(row));
  const askew = best.length >= rowsOfPage && lettersOf(best) >= mostOfPage * lettersOf(level);
  return { angle, rows: best.map(({ box }) => box), askew };
}

const lettersOf = (rows: readonly StraightRow[]) => rows.reduce((sum, { letters }) => sum + letters, 0);

/** Fits a line through the middles of a row's letters by least squares; returns null if they are not in line. */
function fitted(row: readonly Box[]): StraightRow | null {
  const height = row.map(({ h }) => h).sort((a, b) => a - b)[row.length >> 1] as number;
  // Points are at the foot: before words they look like a rise.
  const letters = row.filter(({ h }) => h >= 0.5 * height);
  if (letters.length < leastLetters) return null;
  const points = letters.map(({ x, y, w, h }) => ({ x: x + w / 2, y: y + h / 2 }));
  const mean = (of: (point: { x: number; y: number }) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [middleX, middleY] = [mean(({ x }) => x), mean(({ y }) => y)];
  const slope =
    mean(({ x, y }) => (x - middleX) * (y - middleY)) /
    Math.max(
      1,
      mean(({ x }) => (x - middleX) ** 2),
    );
  const off = Math.sqrt(mean(({ x, y }) => (y - middleY - slope * (x - middleX)) ** 2));
  const angle = Math.atan(slope);
  if (off > inLine * height || Math.abs(angle) > mostTilt) return null;
  return {
    angle,
    letters: letters.length,
    box: row.map(({ x, y, w, h }): Box => ({ x, y, w, h })).reduce(union),
  };
}

/** Rotates a grey raster about its middle, in a frame of the same size; what comes in from outside is white. */
export function turned({ width, height, data }: Raster, angle: number): Raster {
  const turnedData = new Uint8Array(width * height).fill(255);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [middleX, middleY] = [width / 2, height / 2];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const sourceX = middleX + (x - middleX) * cos - (y - middleY) * sin;
      const sourceY = middleY + (x - middleX) * sin + (y - middleY) * cos;
      if (sourceX < 0 || sourceY < 0 || sourceX >= width - 1 || sourceY >= height - 1) continue;
      const at = (sourceY | 0) * width + (sourceX | 0);
      const [fx, fy] = [sourceX % 1, sourceY % 1];
      const above = (data[at] as number) * (1 - fx) + (data[at + 1] as number) * fx;
      const below = (data[at + width] as number) * (1 - fx) + (data[at + width + 1] as number) * fx;
      turnedData[y * width + x] = above * (1 - fy) + below * fy;
    }
  }
  return { width, height, channels: 1, data: turnedData };
}

/** Returns the bounding box, on the original page, of a box on the page rotated by `angle`. */
export function turnedBack(
  box: Box,
  angle: number,
  { width, height }: { width: number; height: number },
): Box {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const corners = [box.x, box.x + box.w].flatMap((x) =>
    [box.y, box.y + box.h].map((y) => ({
      x: width / 2 + (x - width / 2) * cos - (y - height / 2) * sin,
      y: height / 2 + (x - width / 2) * sin + (y - height / 2) * cos,
    })),
  );
  const [left, top] = [Math.min(...corners.map(({ x }) => x)), Math.min(...corners.map(({ y }) => y))];
  const [right, bottom] = [Math.max(...corners.map(({ x }) => x)), Math.max(...corners.map(({ y }) => y))];
  return { x: left, y: top, w: right - left, h: bottom - top };
}
