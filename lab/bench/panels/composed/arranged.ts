import type { Box } from '../../../../domain/page.ts';
import { handOf, lettering } from '../drawn/balloon.ts';
import { between, type Chance, pick } from '../drawn/chance.ts';
import { speechFor } from '../drawn/sentences.ts';
import { boxOf, cornersOf, inDirection, type Point, rowsOf, shapeOf } from '../drawn/shape.ts';
import { type ChancePage, Sheet } from '../drawn/sheet.ts';
import { artFor } from './pictures.ts';
import { type Material, picture, styleBy, variedPage } from './usual.ts';

/* Panels that are not in rows with gutters between them. */

/** Each panel is turned a little. */
export const turnedPanels = (chance: Chance, material: Material): Promise<ChancePage> =>
  variedPage(chance, material, {
    layout: {
      margin: 90,
      gutter: between(chance, 45, 80),
      upright: between(chance, 40, 70),
      slant: 0,
      lean: 0,
      rows: [2, 3],
    },
    shape: (points, { layout }) => {
      const { x, y, w, h } = boxOf(points, layout);
      const angle = (pick(chance, [-1, 1]) * between(chance, 2, 6) * Math.PI) / 180;
      const most = Math.min(1, 70 / (Math.abs(Math.sin(angle)) * Math.max(w, h)));
      const [sin, cos] = [Math.sin(angle * most), Math.cos(angle * most)];
      const [cx, cy] = [x + w / 2, y + h / 2];
      return points.map(
        ([px, py]): Point => [cx + (px - cx) * cos - (py - cy) * sin, cy + (px - cx) * sin + (py - cy) * cos],
      );
    },
  });

/** Rows or columns of panels that steep gutters separate, in the shape of a Z or side by side. */
export async function diagonalSplits(chance: Chance, material: Material): Promise<ChancePage> {
  const { direction } = material;
  const { layout, ground, frame } = styleBy(chance, material);
  const { width, height, margin, gutter } = layout;
  const sheet = new Sheet(chance, layout, ground);
  const isRows = chance() < 0.7;
  const count = isRows ? between(chance, 3, 4) : between(chance, 2, 3);
  const [long, wide] = isRows ? [height - 2 * margin, width] : [width - 2 * margin, height];
  const most = Math.min(0.6 * wide, (0.7 * long) / count);
  const tilt = pick(chance, [-1, 1]);
  const isZ = chance() < 0.6;
  const cuts = Array.from({ length: count + 1 }, (_, i) => {
    const drop =
      i === 0 || i === count ? 0 : tilt * (isZ && i % 2 === 0 ? -1 : 1) * most * (0.5 + 0.5 * chance());
    const middle = margin + (long * i) / count;
    return [middle - drop / 2, middle + drop / 2] as const;
  });
  const [first, last] = [margin, wide - margin];
  const place = (along: number, across: number): Point => (isRows ? [across, along] : [along, across]);
  const shapes = cuts.slice(1).map(([from, to], i) => {
    const [before, beyond] = cuts[i] as readonly [number, number];
    const [lead, trail] = [i === 0 ? 0 : gutter / 2, i === count - 1 ? 0 : gutter / 2];
    const points = [
      place(before + lead, first),
      place(beyond + lead, last),
      place(to - trail, last),
      place(from - trail, first),
    ];
    return { points, row: isRows ? i : 0, column: isRows ? 0 : i };
  });
  const panels: Box[] = [];
  for (const shape of inDirection(shapes, direction))
    panels.push(await picture(sheet, material, shape, frame));
  return { image: await sheet.image(), direction, panels };
}

/** Panels on top of a part of those before them, with or without a rim. */
export function overlappingPanels(chance: Chance, material: Material): Promise<ChancePage> {
  const by = between(chance, 24, 70);
  const rim = pick(chance, [0, 8]);
  return variedPage(chance, material, {
    layout: { slant: 0, lean: 0, rows: [2, 3], columns: [1, 2], gutter: 12, upright: 12 },
    shape: (points, { layout }) => {
      const { x, y, w, h } = boxOf(points, layout);
      const [left, top] = [x > layout.margin + 5 ? by : 0, y > layout.margin + 5 ? by : 0];
      return cornersOf({ x: x - left, y: y - top, w: w + left, h: h + top });
    },
    frame: (_, frame) => ({ ...frame, width: Math.max(3, frame.width ?? 0), rim }),
  });
}

/** Four panels in each of two columns under titles, read column by column from the right, in whatever style the pictures are. */
export async function yonkomaOfPictures(chance: Chance, material: Material): Promise<ChancePage> {
  const { layout, frame } = styleBy(chance, material);
  const sheet = new Sheet(chance, layout);
  const { width, height, margin } = layout;
  const [top, gutter, middle] = [between(chance, 90, 190), between(chance, 12, 30), between(chance, 40, 90)];
  const w = Math.round((width - 2 * margin - middle) / 2);
  const h = Math.round((height - top - margin - 3 * gutter) / 4);
  const panels: Box[] = [];
  for (const column of [1, 0]) {
    const x = margin + column * (w + middle);
    const [title = ''] = speechFor(chance, 'en', 1);
    if (top > 110)
      sheet.add(
        `<path d="${lettering(title, { ...handOf(chance), size: 26 }, x + w / 2, top - 48, w).letters}"/>`,
      );
    for (const row of [0, 1, 2, 3])
      panels.push(await picture(sheet, material, shapeOf({ x, y: top + row * (h + gutter), w, h }), frame));
  }
  return { image: await sheet.image(), direction: 'rtl', panels };
}

/** Two pages in one file, with one panel across the dark fold between them. */
export async function foldedSpreads(chance: Chance, material: Material): Promise<ChancePage> {
  const { direction } = material;
  const { layout, ground, frame } = styleBy(chance, material);
  const { width, height, margin, gutter } = layout;
  const sheet = new Sheet(chance, { width: 2 * width, height }, ground);
  const shared = between(chance, 450, 750);
  const rest = { ...layout, height: height - shared, rows: [1, 2] as const, lean: 0 };
  const wide = { x: margin, y: margin, w: 2 * width - 2 * margin, h: shared - gutter };
  const panels = [await picture(sheet, material, shapeOf(wide), frame)];
  for (const half of direction === 'rtl' ? [1, 0] : [0, 1])
    for (const { points } of inDirection(rowsOf(chance, rest), direction))
      panels.push(
        await picture(
          sheet,
          material,
          { points: points.map(([x, y]): Point => [x + half * width, y + shared]) },
          frame,
        ),
      );
  const dark = 20 + chance() * 60;
  sheet.add(
    `<linearGradient id="fold" gradientUnits="userSpaceOnUse" x1="${width - dark}" x2="${width + dark}" y1="0" y2="0"><stop offset="0" stop-opacity="0"/><stop offset="0.5" stop-opacity="${0.3 + 0.4 * chance()}"/><stop offset="1" stop-opacity="0"/></linearGradient><rect width="100%" height="100%" fill="url(#fold)"/>`,
  );
  return { image: await sheet.image(), direction, panels };
}

/** A strip that is scrolled, whose pictures fade into a ground that changes from scene to scene. */
export async function softStrips(chance: Chance, material: Material): Promise<ChancePage> {
  const width = 800;
  const count = between(chance, 4, 6);
  const sizes = Array.from({ length: count }, () => ({
    h: between(chance, 450, 1000),
    gap: between(chance, 80, 320),
  }));
  const height = sizes.reduce((sum, { h, gap }) => sum + h + gap, 150);
  const sheet = new Sheet(chance, { width, height }, '#fff');
  let [y, before] = [0, '#fff'];
  const panels: Box[] = [];
  for (const { h, gap } of sizes) {
    const after = pick(chance, ['#fff', '#fff', '#000', before]);
    const id = sheet.id();
    sheet.add(
      `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1"><stop offset="0.3" stop-color="${before}"/><stop offset="0.7" stop-color="${after}"/></linearGradient><rect y="${y}" width="${width}" height="${gap + 2}" fill="url(#${id})"/><rect y="${y + gap}" width="${width}" height="${height}" fill="${after}"/>`,
    );
    const narrower = chance() < 0.4 ? between(chance, 20, 120) : 0;
    const box = { x: narrower, y: y + gap, w: width - 2 * narrower, h };
    panels.push(await softPicture(sheet, material, box, after));
    [y, before] = [y + gap + h, after];
  }
  return { image: await sheet.image(), direction: 'ltr', panels };
}

/** Draws a picture whose upper or lower end, or both, fades into the ground; returns its box. */
async function softPicture(sheet: Sheet, { pictures }: Material, box: Box, ground: string): Promise<Box> {
  const { chance } = sheet;
  const art = await artFor(chance, pictures, box);
  const fade = (y1: number, y2: number) => {
    const id = sheet.id();
    return `<linearGradient id="${id}" gradientUnits="userSpaceOnUse" x1="0" x2="0" y1="${y1}" y2="${y2}"><stop offset="0" stop-color="${ground}"/><stop offset="1" stop-color="${ground}" stop-opacity="0"/></linearGradient><rect x="${box.x}" y="${Math.min(y1, y2)}" width="${box.w}" height="${Math.abs(y2 - y1)}" fill="url(#${id})"/>`;
  };
  const soft = between(chance, 30, 90);
  const ends = [
    ...(chance() < 0.5 ? [fade(box.y, box.y + soft)] : []),
    ...(chance() < 0.5 ? [fade(box.y + box.h, box.y + box.h - soft)] : []),
  ];
  sheet.add(art + ends.join(''));
  return box;
}

/** Pictures without frames to all edges of the page, with white or black gutters. */
export const toAllEdges = (chance: Chance, material: Material): Promise<ChancePage> =>
  variedPage(chance, material, {
    layout: {
      margin: 0,
      ...((gutter) => ({ gutter, upright: gutter }))(between(chance, 8, 20)),
      slant: 0,
      lean: 0,
    },
    ground: pick(chance, ['#fff', '#000']),
    frame: (_, frame) => ({ ...frame, width: 0 }),
  });

/** Pictures on a larger one: with a rim in any colour or without one. */
export async function insetsOfAnyRim(chance: Chance, material: Material): Promise<ChancePage> {
  const { direction } = material;
  const { layout, ground, frame } = styleBy(chance, material);
  const sheet = new Sheet(chance, layout, ground);
  const shapes = inDirection(
    rowsOf(chance, { ...layout, slant: 0, lean: 0, rows: [2, 2], columns: [1, 2] }),
    direction,
  );
  const panels: Box[] = [];
  for (const shape of shapes) {
    const box = await picture(sheet, material, shape, frame);
    panels.push(box);
    if (box.w < 500 || shapes.indexOf(shape) % 2 === 1) continue;
    const rim = pick(chance, [0, 6, 10]);
    const [w, h] = [between(chance, 200, 320), between(chance, 180, 300)];
    const away = between(chance, 16, 50);
    const inset = {
      x: direction === 'rtl' ? box.x + away : box.x + box.w - away - w,
      y: box.y + box.h - away - h,
      w,
      h,
    };
    sheet.add(
      `<rect x="${inset.x - rim}" y="${inset.y - rim}" width="${w + 2 * rim}" height="${h + 2 * rim}" fill="${pick(chance, ['#fff', '#111', '#f3ead8'])}"/>`,
    );
    panels.push(
      await picture(sheet, material, shapeOf(inset), { ...frame, width: Math.max(3, frame.width ?? 0) }),
    );
  }
  return { image: await sheet.image(), direction, panels };
}

/** Four panels around a fifth: no line divides the page, and readers can follow more than one order. */
export async function pinwheels(chance: Chance, material: Material): Promise<ChancePage> {
  const { direction } = material;
  const { layout, ground, frame } = styleBy(chance, material);
  const { width, height, margin } = layout;
  const sheet = new Sheet(chance, layout, ground);
  const gap = between(chance, 12, 30);
  const [w, h] = [width - 2 * margin, height - 2 * margin];
  const [wide, high] = [Math.round(w * (0.25 + 0.12 * chance())), Math.round(h * (0.25 + 0.1 * chance()))];
  const box = (x: number, y: number, boxWidth: number, boxHeight: number) =>
    shapeOf({ x: margin + x, y: margin + y, w: boxWidth, h: boxHeight });
  const top = box(0, 0, w - wide - gap, high);
  const right = box(w - wide, 0, wide, h - high - gap);
  const left = box(0, high + gap, wide, h - high - gap);
  const middle = box(wide + gap, high + gap, w - 2 * (wide + gap), h - 2 * (high + gap));
  const bottom = box(wide + gap, h - high, w - wide - gap, high);
  const panels: Box[] = [];
  for (const shape of direction === 'rtl'
    ? [right, top, middle, left, bottom]
    : [top, right, left, middle, bottom])
    panels.push(await picture(sheet, material, shape, frame));
  return { image: await sheet.image(), direction, panels };
}
