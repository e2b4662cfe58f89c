import type { Box } from '../../../../domain/page.ts';
import { between, type Chance } from './chance.ts';

export type Point = readonly [x: number, y: number];

/** The outline of a panel, and its position in the rows of the page, counted from the top and the left. */
export interface Shape {
  points: Point[];
  row: number;
  column: number;
}

export const cornersOf = ({ x, y, w, h }: Box): Point[] => [
  [x, y],
  [x + w, y],
  [x + w, y + h],
  [x, y + h],
];

export const shapeOf = (box: Box): Shape => ({ points: cornersOf(box), row: 0, column: 0 });

/** Returns the bounding box of points, in whole pixels of the page. */
export function boxOf(points: readonly Point[], { width, height }: { width: number; height: number }): Box {
  const xs = points.map(([x]) => Math.min(width, Math.max(0, Math.round(x))));
  const ys = points.map(([, y]) => Math.min(height, Math.max(0, Math.round(y))));
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, w: Math.max(...xs) - x, h: Math.max(...ys) - y };
}

/** Maximum distance of a drawn line from the straight one, in pixels. */
const shakiness = 0.8;

/** Returns a closed path along points, shaky like a hand drawing. */
export function wobbly(chance: Chance, points: readonly Point[]): string {
  const path = points.flatMap(([x, y], i) => {
    const [toX, toY] = points[(i + 1) % points.length] as Point;
    const steps = Math.max(1, Math.round(Math.hypot(toX - x, toY - y) / 60));
    return Array.from({ length: steps }, (_, step) => {
      const shake = () => (step === 0 ? 0 : (chance() - 0.5) * 2 * shakiness);
      const at = step / steps;
      return `${(x + (toX - x) * at + shake()).toFixed(1)} ${(y + (toY - y) * at + shake()).toFixed(1)}`;
    });
  });
  return `M${path.join('L')}Z`;
}

export interface Layout {
  width: number;
  height: number;
  margin: number;
  gutter: number;
  /** Width of the gutters between columns, if it differs from the others. */
  upright?: number;
  /** Maximum offset between the ends of a gutter: of those between columns, and of those between rows. */
  slant: number;
  lean: number;
  rows: readonly [number, number];
  columns: readonly [number, number];
}

export const usualLayout: Layout = {
  width: 1200,
  height: 1700,
  margin: 60,
  gutter: 22,
  slant: 0,
  lean: 0,
  rows: [3, 4],
  columns: [1, 3],
};

/** Returns rows of panels from the top, each from the left. */
export function rowsOf(chance: Chance, layout: Layout): Shape[] {
  const { width, height, margin, gutter, upright = gutter, slant, lean } = layout;
  const rows = between(chance, ...layout.rows);
  const shares = Array.from({ length: rows }, () => 1 + 0.7 * chance());
  const sum = shares.reduce((total, share) => total + share, 0);
  const edges = [{ at: margin - gutter / 2, lean: 0 }];
  for (const [i, share] of shares.entries()) {
    const before = (edges.at(-1) as { at: number }).at;
    const last = i === rows - 1;
    const at = before + (share / sum) * (height - 2 * margin + gutter);
    edges.push({ at, lean: last ? 0 : lean * (chance() - 0.5) });
  }
  const yAt = (edge: number, x: number) => {
    const { at, lean: tilt } = edges[edge] as { at: number; lean: number };
    return at + tilt * (x / width - 0.5);
  };
  return shares.flatMap((_, row) => {
    const columns = between(chance, ...layout.columns);
    const ends = Array.from({ length: columns + 1 }, (_, column) => {
      const inner = column > 0 && column < columns;
      const middle =
        margin -
        upright / 2 +
        ((width - 2 * margin + upright) * (column + (inner ? 0.3 * (chance() - 0.5) : 0))) / columns;
      const shift = inner ? slant * (chance() - 0.5) : 0;
      return { top: middle - shift, bottom: middle + shift };
    });
    return ends.slice(1).map((right, column) => {
      const left = ends[column] as { top: number; bottom: number };
      const half = upright / 2;
      const corner = (x: number, edge: number, down: 1 | -1): Point => [
        x,
        yAt(edge, x) + (down * gutter) / 2,
      ];
      const points = [
        corner(left.top + half, row, 1),
        corner(right.top - half, row, 1),
        corner(right.bottom - half, row + 1, -1),
        corner(left.bottom + half, row + 1, -1),
      ];
      return { points, row, column };
    });
  });
}

/** Returns rows in reading order: from the right in manga. */
export const inDirection = (shapes: readonly Shape[], direction: 'ltr' | 'rtl'): Shape[] =>
  [...shapes].sort(
    (a, b) => a.row - b.row || (direction === 'rtl' ? b.column - a.column : a.column - b.column),
  );

/**
 * Moves corners on the margin beyond the page's edge, on the given sides. They move along the slanted sides of the panel, so that
 * gutters stay equally wide.
 */
export function bleeding(shape: Shape, sides: ReadonlySet<string>, { width, height, margin }: Layout): Shape {
  const beyond = 12;
  const near = margin + 2;
  const points = shape.points.map(([x, y], corner): Point => {
    const [otherX, otherY] = shape.points[3 - corner] as Point;
    const [besideX, besideY] = shape.points[corner ^ 1] as Point;
    const outX =
      x <= near && sides.has('left') ? -beyond : x >= width - near && sides.has('right') ? width + beyond : x;
    const outY =
      y <= near && sides.has('top')
        ? -beyond
        : y >= height - near && sides.has('bottom')
          ? height + beyond
          : y;
    return [
      outX + ((x - otherX) / (y - otherY)) * (outY - y),
      outY + ((y - besideY) / (x - besideX)) * (outX - x),
    ];
  });
  return { ...shape, points };
}
