import type { Box } from '../../../../domain/page.ts';
import { balloons, handOf, lettering } from './balloon.ts';
import { between, type Chance, pick } from './chance.ts';
import { figure } from './figures.ts';
import { directionBy } from './off-the-page.ts';
import { speechFor } from './sentences.ts';
import { boxOf, cornersOf, inDirection, type Point, rowsOf, shapeOf, usualLayout } from './shape.ts';
import { type ChancePage, Sheet } from './sheet.ts';

/** Some panels are a person on white paper without a frame; their box is that of the drawing. */
export async function framelessPictures(chance: Chance): Promise<ChancePage> {
  const direction = directionBy(chance);
  const sheet = new Sheet(chance, usualLayout);
  const shapes = inDirection(rowsOf(chance, { ...usualLayout, columns: [1, 2] }), direction);
  const open = between(chance, 0, shapes.length - 1);
  const panels = shapes.map((shape, i) =>
    i === open ? vignette(sheet, boxOf(shape.points, sheet.size)) : sheet.panel(shape),
  );
  return { image: await sheet.image(), direction, panels };
}

function vignette(sheet: Sheet, { x, y, w, h }: Box): Box {
  const size = Math.min(h * 0.42, w * 0.3);
  const count = w > 1.6 * h ? 3 : 1;
  const step = size * 2.1;
  const first = x + w / 2 - (step * (count - 1)) / 2;
  const [top, bottom] = [y + h * 0.12 + size * 0.62, y + h - 14];
  for (let i = 0; i < count; i++)
    sheet.add(figure(sheet.chance, { cx: first + i * step, cy: top, size, bottom, girth: 1 }));
  const [left, right] = [first - size * 1.05, first + step * (count - 1) + size * 1.05];
  return boxOf(
    [
      [left, top - size * 0.72],
      [right, bottom],
    ],
    sheet.size,
  );
}

/** A panel on top of another, in its middle or over its corner, with or without a white rim. */
export async function insets(
  chance: Chance,
  { rim, corner }: { rim: boolean; corner: boolean },
): Promise<ChancePage> {
  const direction = directionBy(chance);
  const sheet = new Sheet(chance, usualLayout);
  const shapes = inDirection(rowsOf(chance, { ...usualLayout, rows: [3, 3], columns: [1, 2] }), direction);
  const widest = shapes.reduce((a, b) =>
    boxOf(b.points, sheet.size).w > boxOf(a.points, sheet.size).w ? b : a,
  );
  const drawn = shapes.map((shape) => ({ shape, box: sheet.panel(shape) }));
  return {
    panels: drawn.flatMap(({ shape, box }) =>
      shape === widest ? [box, inset(sheet, box, { rim, corner, direction })] : [box],
    ),
    image: await sheet.image(),
    direction,
  };
}

/** Places the inset on the side that is read last, so that it follows the panel below it. */
function inset(
  sheet: Sheet,
  { x, y, w, h }: Box,
  { rim, corner, direction }: { rim: boolean; corner: boolean; direction: 'ltr' | 'rtl' },
): Box {
  const { chance } = sheet;
  const [iw, ih] = [w * (0.25 + 0.1 * chance()), h * (0.35 + 0.1 * chance())];
  const out = corner ? -between(chance, 14, 18) : 20 + chance() * 30;
  const box = {
    x: Math.round(direction === 'rtl' ? x + out : x + w - iw - out),
    y: Math.round(y + h - ih - (corner ? -6 : out)),
    ...{ w: Math.round(iw), h: Math.round(ih) },
  };
  const edge = 10;
  if (rim)
    sheet.add(
      `<rect x="${box.x - edge}" y="${box.y - edge}" width="${box.w + 2 * edge}" height="${box.h + 2 * edge}" fill="#fff"/>`,
    );
  return sheet.panel(shapeOf(box));
}

/** One picture that fills the page, with windows, pictures and boards in it: one panel. */
export async function splash(chance: Chance): Promise<ChancePage> {
  const direction = directionBy(chance);
  const sheet = new Sheet(chance, usualLayout);
  const margin = chance() < 0.5 ? -10 : 60;
  const box = { x: margin, y: margin, w: usualLayout.width - 2 * margin, h: usualLayout.height - 2 * margin };
  const hand = handOf(chance);
  const things = Array.from({ length: between(chance, 2, 5) }, () => {
    const [w, h] = [between(chance, 150, 420), between(chance, 150, 420)];
    const [x, y] = [between(chance, 120, 1080 - w), between(chance, 120, 1000 - h)];
    return `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${pick(chance, ['#fff', '#ddd', '#333'])}" stroke="#111" stroke-width="4"/>`;
  });
  const words = speechFor(chance, 'en', 2).map((text, i) =>
    balloons([lettering(text, hand, between(chance, 300, 900), 250 + i * 1000, 260)]),
  );
  const people = figure(chance, {
    cx: between(chance, 350, 850),
    cy: between(chance, 700, 900),
    size: between(chance, 260, 420),
    bottom: 1720,
  });
  const panels = [
    sheet.panel({ points: cornersOf(box) }, { over: things.join('') + people + words.join('') }),
  ];
  return { image: await sheet.image(), direction, panels };
}

/** Four panels of equal height in each column, under a title; read column by column. */
export async function yonkoma(chance: Chance, columns: 1 | 2): Promise<ChancePage> {
  const direction = chance() < 0.8 ? 'rtl' : 'ltr';
  const size = { width: columns === 1 ? 700 : 1200, height: 1700 };
  const sheet = new Sheet(chance, size);
  const hand = { ...handOf(chance), size: 26 };
  const gutter = between(chance, 14, 30);
  const [top, middle] = [between(chance, 90, 190), between(chance, 40, 90)];
  const margin = between(chance, 50, 90);
  const w = Math.round((size.width - 2 * margin - (columns - 1) * middle) / columns);
  const h = Math.round((size.height - top - 60 - 3 * gutter) / 4);
  const order = direction === 'rtl' ? [1, 0] : [0, 1];
  const panels = (columns === 1 ? [0] : order).flatMap((column) => {
    const x = margin + column * (w + middle);
    const [title = ''] = speechFor(chance, 'en', 1);
    if (top > 110) sheet.add(`<path d="${lettering(title, hand, x + w / 2, top - 48, w).letters}"/>`);
    return [0, 1, 2, 3].map((row) => sheet.panel(shapeOf({ x, y: top + row * (h + gutter), w, h })));
  });
  return { image: await sheet.image(), direction, panels };
}

/** A double page: the right one first in manga; with or without a picture across both, above or below. */
export async function spread(chance: Chance, across: boolean): Promise<ChancePage> {
  const direction = directionBy(chance);
  const width = 2 * usualLayout.width;
  const sheet = new Sheet(chance, { width, height: usualLayout.height });
  const shared = across ? between(chance, 450, 700) : 0;
  const above = chance() < 0.5;
  const layout = {
    ...usualLayout,
    height: usualLayout.height - shared,
    rows: across ? ([2, 2] as const) : ([3, 4] as const),
  };
  const wide = across ? [{ x: 60, y: above ? 60 : layout.height - 38, w: width - 120, h: shared - 22 }] : [];
  const halves = [0, 1].map((half) =>
    inDirection(rowsOf(chance, layout), direction).map(({ points }) =>
      points.map(([x, y]): Point => [x + half * usualLayout.width, y + (above ? shared : 0)]),
    ),
  );
  const inOrder = (direction === 'rtl' ? halves.reverse() : halves).flat();
  const all = [...(above ? wide.map(cornersOf) : []), ...inOrder, ...(above ? [] : wide.map(cornersOf))];
  const panels = all.map((points) => sheet.panel({ points }));
  return { image: await sheet.image(), direction, panels };
}

/** Two columns whose rows end at slightly different heights: still read row by row. */
export async function staggered(chance: Chance): Promise<ChancePage> {
  const direction = directionBy(chance);
  const sheet = new Sheet(chance, usualLayout);
  const { width, height, margin, gutter } = usualLayout;
  const middle = width * (0.4 + 0.2 * chance());
  const rows = between(chance, 2, 3);
  const edges = Array.from(
    { length: rows + 1 },
    (_, i) => margin + ((height - 2 * margin + gutter) * i) / rows,
  );
  const shapes = [0, 1].flatMap((column) =>
    Array.from({ length: rows }, (_, row) => {
      const shifted = (edge: number) =>
        edge > 0 && edge < rows && column === 1
          ? (edges[edge] as number) + (chance() < 0.5 ? -1 : 1) * between(chance, 25, 70)
          : (edges[edge] as number);
      return { row, column, from: shifted(row), to: shifted(row + 1) };
    }),
  );
  // A lower edge in the shifted column is the upper edge of the next panel.
  for (const shape of shapes) {
    const next = shapes.find(({ row, column }) => column === shape.column && row === shape.row + 1);
    if (next) next.from = shape.to;
  }
  const placed = shapes.map(({ row, column, from, to }) => ({
    ...shapeOf({
      x: column === 0 ? margin : Math.round(middle + gutter / 2),
      y: Math.round(from),
      w: Math.round(column === 0 ? middle - gutter / 2 - margin : width - margin - middle - gutter / 2),
      h: Math.round(to - from - gutter),
    }),
    ...{ row, column },
  }));
  const panels = inDirection(placed, direction).map((shape) => sheet.panel(shape));
  return { image: await sheet.image(), direction, panels };
}

/** An L around a smaller panel in its last corner. */
export async function lShaped(chance: Chance): Promise<ChancePage> {
  const direction = directionBy(chance);
  const sheet = new Sheet(chance, usualLayout);
  const { width, margin, gutter } = usualLayout;
  const [right, low] = [width - margin, between(chance, 900, 1100)];
  const [cutX, cutY] = [Math.round(width * (0.45 + 0.15 * chance())), between(chance, 420, 560)];
  const flip = ([x, y]: Point): Point => (direction === 'rtl' ? [width - x, y] : [x, y]);
  const around: Point[] = [
    [margin, margin],
    [right, margin],
    [right, cutY],
    [cutX, cutY],
    [cutX, low],
    [margin, low],
  ];
  const within = cornersOf({
    x: cutX + gutter,
    y: cutY + gutter,
    w: right - cutX - gutter,
    h: low - cutY - gutter,
  });
  const below = rowsOf(chance, { ...usualLayout, height: 1700 - low + 38, rows: [1, 1], columns: [2, 3] });
  const lowest = below.map(({ points }) => points.map(([x, y]): Point => [x, y + low - 38]));
  const panels = [around, within, ...lowest].map((points) => sheet.panel({ points: points.map(flip) }));
  return { image: await sheet.image(), direction, panels };
}
