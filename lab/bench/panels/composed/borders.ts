import { between, type Chance } from '../drawn/chance.ts';
import { boxOf, type Point } from '../drawn/shape.ts';
import type { ChancePage } from '../drawn/sheet.ts';
import { type Material, type Style, variedPage } from './usual.ts';

/* Panels whose borders are not four straight lines. */

const pathOf = (points: readonly Point[]) =>
  `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z`;

/** Returns points on the way around a shape, about `step` apart, each moved by chance. */
function roughly(chance: Chance, points: readonly Point[], step: number, by: number): Point[] {
  return points.flatMap(([x, y], i) => {
    const [toX, toY] = points[(i + 1) % points.length] as Point;
    const steps = Math.max(1, Math.round(Math.hypot(toX - x, toY - y) / step));
    const moved = (at: number) => at + (chance() - 0.5) * 2 * by;
    return Array.from(
      { length: steps },
      (_, k): Point => [moved(x + ((toX - x) * k) / steps), moved(y + ((toY - y) * k) / steps)],
    );
  });
}

/** Returns the points moved towards their middle. */
function within(points: readonly Point[], by: number): Point[] {
  const middle = (axis: 0 | 1) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  const [cx, cy] = [middle(0), middle(1)];
  return points.map(([x, y]): Point => [x + Math.sign(cx - x) * by, y + Math.sign(cy - y) * by]);
}

function rounded(points: readonly Point[], radius: number): string {
  const corner = (i: number) => {
    const point = points[i] as Point;
    const towards = (other: Point) => {
      const length = Math.hypot(other[0] - point[0], other[1] - point[1]);
      const part = Math.min(0.5, radius / length);
      return `${(point[0] + (other[0] - point[0]) * part).toFixed(1)} ${(point[1] + (other[1] - point[1]) * part).toFixed(1)}`;
    };
    const count = points.length;
    const [before, after] = [points[(i + count - 1) % count], points[(i + 1) % count]] as [Point, Point];
    return `${i === 0 ? 'M' : 'L'}${towards(before)}Q${point[0]} ${point[1]} ${towards(after)}`;
  };
  return `${points.map((_, i) => corner(i)).join('')}Z`;
}

/** Panels with round corners, small or large. */
export function roundCorners(chance: Chance, material: Material): Promise<ChancePage> {
  const radius = between(chance, 14, 80);
  return variedPage(chance, material, {
    frame: (points, frame) => ({ ...frame, outline: rounded(points, radius) }),
  });
}

/** Some panels are circles or ovals. */
export function ovals(chance: Chance, material: Material): Promise<ChancePage> {
  const oval = (points: readonly Point[], { layout }: Style) => {
    const { x, y, w, h } = boxOf(points, layout);
    const arc = `a${w / 2} ${h / 2} 0 0 1`;
    return `M${x} ${y + h / 2}${arc} ${w} 0${arc} ${-w} 0Z`;
  };
  return variedPage(chance, material, {
    // An oval around a leaning panel would reach into the next one.
    layout: { slant: 0, lean: 0 },
    frame: (points, frame, style) => (chance() < 0.4 ? { ...frame, outline: oval(points, style) } : frame),
  });
}

/** Panels with torn edges, with or without a line along them. */
export function tornEdges(chance: Chance, material: Material): Promise<ChancePage> {
  const [step, by] = [between(chance, 8, 30), between(chance, 2, 9)];
  const gap = 2 * by + 8;
  return variedPage(chance, material, {
    layout: { gutter: between(chance, gap, 50), upright: between(chance, gap, gap + 20) },
    frame: (points, frame) => ({ ...frame, outline: pathOf(roughly(chance, points, step, by)) }),
  });
}

/** Panels framed by several strokes of a brush. */
export function brushedFrames(chance: Chance, material: Material): Promise<ChancePage> {
  const width = between(chance, 3, 8);
  return variedPage(chance, material, {
    frame: (points, frame) => {
      const strokes = [0, 3, 6].map((by) => pathOf(roughly(chance, within(points, by), 40, 4)));
      const over = strokes.map(
        (path) => `<path d="${path}" fill="none" stroke="#111" stroke-width="${width}"/>`,
      );
      return { ...frame, width: 0, over: over.join('') };
    },
  });
}

/** Panels with two lines around them, and the ground of the page between these. */
export function doubleOutlines(chance: Chance, material: Material): Promise<ChancePage> {
  const apart = between(chance, 6, 12);
  return variedPage(chance, material, {
    frame: (points, { width = 0, colour = '#111', ...frame }, { ground }) => {
      const line = Math.max(2, width);
      const along = (by: number, stroke: string, thick: number) =>
        `<path d="${pathOf(within(points, by))}" fill="none" stroke="${stroke}" stroke-width="${thick}"/>`;
      return {
        ...frame,
        colour,
        width: line,
        over: along(apart / 2, ground, apart) + along(apart, colour, line),
      };
    },
  });
}
