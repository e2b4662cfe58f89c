import type { Component } from '../image/components.ts';

type Point = readonly [x: number, y: number];

/** Share of the smallest convex area around a piece that it fills, if it is a picture with any outline: people and things fill less. */
const convexShare = 0.95;

/**
 * Returns whether a piece fills the convex area around it, as pictures do whose frame is round, torn or drawn by a brush.
 * @param labels the number of each pixel's piece, in rows of `width`
 */
export function isConvex(labels: Int32Array, width: number, piece: Component): boolean {
  const lefts: Point[] = [];
  const rights: Point[] = [];
  for (let y = piece.y; y < piece.y + piece.h; y++) {
    const row = labels.subarray(y * width, (y + 1) * width);
    const left = row.indexOf(piece.label, piece.x);
    if (left < 0) continue;
    const right = row.lastIndexOf(piece.label, piece.x + piece.w - 1) + 1;
    for (const side of [y, y + 1]) {
      lefts.push([left, side]);
      rights.push([right, side]);
    }
  }
  const outline = [...outer(lefts, 1), ...outer(rights, -1).reverse()];
  return piece.area >= convexShare * areaOf(outline);
}

/** Returns the points of a side, from the top, that a convex outline goes through. */
function outer(side: readonly Point[], towards: 1 | -1): Point[] {
  const kept: Point[] = [];
  for (const [x, y] of side) {
    for (
      let last = kept.at(-1), before = kept.at(-2);
      last && before;
      last = kept.at(-1), before = kept.at(-2)
    ) {
      const turn = (last[0] - before[0]) * (y - before[1]) - (x - before[0]) * (last[1] - before[1]);
      if (towards * turn < 0) break;
      kept.pop();
    }
    kept.push([x, y]);
  }
  return kept;
}

function areaOf(outline: readonly Point[]): number {
  const twice = outline.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = outline[(i + 1) % outline.length] as Point;
    return sum + x * nextY - nextX * y;
  }, 0);
  return Math.abs(twice) / 2;
}
