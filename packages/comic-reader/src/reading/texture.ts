import type { Box } from '../page/page.ts';
import type { Piece } from './row-marks.ts';

/** Largest side of a dot, in heights of a letter. */
const largest = 0.5;
/** Range of a dot's area, in that of the usual one: those at the rim of an outline are cut. */
const alike = { least: 0.3, most: 1.6 };
/** Least number of dots: marks of letters are fewer, and an ellipsis has three. */
const fewest = 24;
/** Largest distance of a dot from where its neighbour's neighbours are, in the distance of two dots. */
const offGrid = 0.22;
/** Least share of the dots that have a neighbour at the commonest offset: marks of letters have none in common. */
const regular = 0.5;

interface Point {
  x: number;
  y: number;
}

/**
 * Finds the dots of a screentone among the pieces of a row's picture: small pieces of one size on a grid. The outline of letters on a tone
 * keeps them away from the letters, but a letter's own marks are as small.
 * @param letter height of a letter, in pixels
 * @returns for each piece whether it is such a dot
 */
export function dotsOfTone(pieces: readonly Piece[], letter: number): boolean[] {
  const none = pieces.map(() => false);
  const small = pieces.filter(({ w, h }) => Math.max(w, h) <= largest * letter);
  if (small.length < fewest) return none;
  const area = middle(small.map((piece) => piece.area));
  const dots = small.filter((piece) => piece.area >= alike.least * area && piece.area <= alike.most * area);
  if (dots.length < fewest) return none;
  const points = dots.map(centreOf);
  const offsets = points.map((point) => offsetToNearest(point, points));
  const distance = middle(offsets.map(({ x, y }) => Math.hypot(x, y)));
  const step = commonest(offsets, offGrid * distance);
  const isNear = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y) <= offGrid * distance;
  // A grid looks the same after a quarter of a turn.
  const steps = [step, { x: -step.y, y: step.x }].flatMap(({ x, y }) => [
    { x, y },
    { x: -x, y: -y },
  ]);
  const isOnGrid = (point: Point) =>
    steps.some(({ x, y }) => points.some((other) => isNear(other, { x: point.x + x, y: point.y + y })));
  const onGrid = new Set(dots.filter((_, i) => isOnGrid(points[i] as Point)));
  return onGrid.size >= Math.max(fewest, regular * dots.length)
    ? pieces.map((piece) => onGrid.has(piece))
    : none;
}

const centreOf = ({ x, y, w, h }: Box): Point => ({ x: x + w / 2, y: y + h / 2 });

/** Returns the way to the nearest other point. */
function offsetToNearest(from: Point, points: readonly Point[]): Point {
  let nearest: Point = { x: Number.POSITIVE_INFINITY, y: Number.POSITIVE_INFINITY };
  for (const point of points) {
    if (point === from) continue;
    const offset = { x: point.x - from.x, y: point.y - from.y };
    if (Math.hypot(offset.x, offset.y) < Math.hypot(nearest.x, nearest.y)) nearest = offset;
  }
  return nearest;
}

/** Returns the offset that most others are near to, in either direction. */
function commonest(offsets: readonly Point[], near: number): Point {
  const count = (one: Point) =>
    offsets.filter(
      (other) =>
        Math.hypot(one.x - other.x, one.y - other.y) <= near ||
        Math.hypot(one.x + other.x, one.y + other.y) <= near,
    ).length;
  return offsets.reduce((best, one) => (count(one) > count(best) ? one : best));
}

const middle = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] as number;
