import type { Box } from '../../../../domain/page.ts';
import { balloons, handOf, lettering } from '../drawn/balloon.ts';
import { between, type Chance, pick } from '../drawn/chance.ts';
import { speechFor } from '../drawn/sentences.ts';
import {
  bleeding,
  boxOf,
  cornersOf,
  inDirection,
  type Layout,
  type Point,
  rowsOf,
  type Shape,
  shapeOf,
  usualLayout,
} from '../drawn/shape.ts';
import { type ChancePage, type Frame, Sheet } from '../drawn/sheet.ts';
import { artFor, type Picture } from './pictures.ts';

/** True panels that pages are composed of, and the direction of their chapter. */
export interface Material {
  direction: 'ltr' | 'rtl';
  pictures: readonly Picture[];
}

/** Properties that the panels of one page share. */
export interface Style {
  layout: Layout;
  ground: string;
  frame: Frame;
}

/** Returns a random style. Manga has frames, since white art without one has no edge on white paper. */
export function styleBy(chance: Chance, { direction }: Material): Style {
  const isManga = direction === 'rtl';
  const width = isManga || chance() < 0.5 ? between(chance, 2, 6) : 0;
  const ground = chance() < (isManga ? 0.85 : 0.6) ? '#fff' : pick(chance, ['#111', '#000', '#f3ead8']);
  const isDark = ground === '#111' || ground === '#000';
  const gutter = between(chance, 12, 45);
  const layout: Layout = {
    ...usualLayout,
    ...{ margin: between(chance, 40, 90), gutter, upright: between(chance, 8, gutter) },
    ...{ rows: [1, 4], columns: [1, 3] },
    ...{ slant: chance() < 0.4 ? between(chance, 40, 160) : 0, lean: chance() < 0.2 ? 90 : 0 },
  };
  return { layout, ground, frame: { width, colour: isDark && chance() < 0.5 ? '#fff' : '#111' } };
}

/** Draws a picture into a panel; returns the panel's box. */
export async function picture(
  sheet: Sheet,
  { pictures }: Material,
  shape: Pick<Shape, 'points'>,
  frame: Frame,
): Promise<Box> {
  const art = await artFor(sheet.chance, pictures, boxOf(shape.points, sheet.size));
  return sheet.panel(shape, { ...frame, art });
}

/** The differences of a kind from rows of panels with the usual frames. */
export interface Variation {
  layout?: Partial<Layout>;
  ground?: string;
  /** Changes the corners of a panel. */
  shape?: (points: Point[], style: Style) => Point[];
  /** Changes how a panel is drawn, by its corners. */
  frame?: (points: readonly Point[], frame: Frame, style: Style) => Frame;
  /** Draws on the page before its panels, or after them. */
  under?: (sheet: Sheet, style: Style) => Promise<void>;
  over?: (sheet: Sheet, style: Style, panels: readonly Box[]) => void;
}

/** Rows of panels that differ from the usual ones in one way. */
export async function variedPage(
  chance: Chance,
  material: Material,
  { layout, ground, shape = (points) => points, frame = (_, usual) => usual, under, over }: Variation,
): Promise<ChancePage> {
  const { direction } = material;
  const usual = styleBy(chance, material);
  const style = { ...usual, ground: ground ?? usual.ground, layout: { ...usual.layout, ...layout } };
  const sheet = new Sheet(chance, style.layout, style.ground);
  await under?.(sheet, style);
  const panels: Box[] = [];
  for (const { points } of inDirection(rowsOf(chance, style.layout), direction)) {
    const changed = shape(points, style);
    panels.push(await picture(sheet, material, { points: changed }, frame(changed, style.frame, style)));
  }
  over?.(sheet, style, panels);
  return { image: await sheet.image(), direction, panels };
}

/** Random layouts in any of the usual styles: slanted gutters, panels off the page, two panels beside a high one, insets, balloons over gutters. */
export async function usualPage(chance: Chance, material: Material): Promise<ChancePage> {
  const { direction } = material;
  const { layout, ground, frame } = styleBy(chance, material);
  const sheet = new Sheet(chance, layout, ground);
  const rows =
    layout.slant || layout.lean ? rowsOf(chance, layout) : stacked(chance, rowsOf(chance, layout), layout);
  const off = new Set(chance() < 0.35 ? ['left', 'right', 'top', 'bottom'].filter(() => chance() < 0.6) : []);
  const panels: Box[] = [];
  for (const shape of inDirection(rows, direction)) {
    const box = await picture(sheet, material, bleeding(shape, off, layout), frame);
    panels.push(box);
    if (box.w > 500 && box.h > 450 && chance() < 0.25)
      panels.push(
        await insetIn(sheet, material, shape, { ...frame, width: Math.max(3, frame.width ?? 0), rim: 8 }),
      );
  }
  const hand = handOf(chance);
  for (const text of chance() < 0.5 ? speechFor(chance, 'en', between(chance, 1, 2)) : []) {
    const { x, y, w, h } = pick(chance, panels);
    const [cx, cy] = [x + pick(chance, [0, w]), y + pick(chance, [0, h])];
    const within = (at: number, length: number) => Math.max(140, Math.min(length - 140, at));
    sheet.add(balloons([lettering(text, hand, within(cx, layout.width), within(cy, layout.height), 150)]));
  }
  return { image: await sheet.image(), direction, panels };
}

/** Divides the outer column of some high rows into two panels, on the left or on the right. */
const stacked = (chance: Chance, shapes: readonly Shape[], { gutter }: Layout): Shape[] =>
  shapes.flatMap((shape) => {
    const columns = shapes.filter(({ row }) => row === shape.row).length;
    const outer = shape.row % 2 === 0 ? 0 : columns - 1;
    const [[left, top], , [right, bottom]] = shape.points as [Point, Point, Point, Point];
    if (columns === 1 || shape.column !== outer || bottom - top < 500 || chance() < 0.5) return [shape];
    const middle = top + (bottom - top) * (0.4 + 0.2 * chance());
    const part = (y: number, end: number) => ({
      ...shape,
      points: cornersOf({ x: left, y, w: right - left, h: end - y }),
    });
    return [part(top, middle - gutter / 2), part(middle + gutter / 2, bottom)];
  });

/** Draws a panel in a corner of another one, away from its sides, with a rim in the colour of the ground. */
async function insetIn(sheet: Sheet, material: Material, { points }: Shape, frame: Frame): Promise<Box> {
  const { chance } = sheet;
  const xs = points.map(([x]) => x).sort((a, b) => a - b) as [number, number, number, number];
  const ys = points.map(([, y]) => y).sort((a, b) => a - b) as [number, number, number, number];
  const [w, h] = [between(chance, 160, 280), between(chance, 140, 260)];
  const [besideX, besideY] = [between(chance, 14, 44), between(chance, 14, 44)];
  const box = {
    x: Math.round(chance() < 0.5 ? xs[1] + besideX : xs[2] - besideX - w),
    y: Math.round(chance() < 0.5 ? ys[1] + besideY : ys[2] - besideY - h),
    ...{ w, h },
  };
  return picture(sheet, material, shapeOf(box), frame);
}
