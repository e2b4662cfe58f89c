import sharp from 'sharp';
import type { Box } from '../../../../domain/page.ts';
import { handOf, lettering } from '../drawn/balloon.ts';
import { between, type Chance, pick } from '../drawn/chance.ts';
import { speechFor } from '../drawn/sentences.ts';
import { inDirection, rowsOf, shapeOf } from '../drawn/shape.ts';
import { type ChancePage, Sheet } from '../drawn/sheet.ts';
import { artFor } from './pictures.ts';
import { type Material, picture, styleBy, variedPage } from './usual.ts';

/* Layouts of albums, magazines, colour comics and screens that rows with the usual gutters do not have. */

/** Four rows of small panels with narrow gutters, and captions in the upper corners of panels, as in an album. */
export function albums(chance: Chance, material: Material): Promise<ChancePage> {
  const gutter = between(chance, 8, 14);
  return variedPage(chance, material, {
    ground: pick(chance, ['#fff', '#f6efe0']),
    layout: { gutter, upright: gutter, rows: [4, 4], columns: [2, 4], slant: 0, lean: 0 },
    frame: (_, frame) => ({ ...frame, width: 3, colour: '#111' }),
    over: (sheet, _, panels) => {
      const hand = { ...handOf(chance), size: 16 };
      for (const { x, y, w } of panels.filter(() => chance() < 0.4)) {
        const [text = ''] = speechFor(chance, 'en', 1);
        const { ink, letters } = lettering(text, hand, x + w / 2, y + 40, 0.7 * w);
        const fill = pick(chance, ['#fff', '#fff3a8', '#f9d9b0']);
        sheet.add(
          `<rect x="${x}" y="${y}" width="${w}" height="${ink.y + ink.h + 10 - y}" fill="${fill}" stroke="#111" stroke-width="3"/><path d="${letters}" fill="#111"/>`,
        );
      }
    },
  });
}

/** Nine to sixteen panels of one size. */
export async function equalGrids(chance: Chance, material: Material): Promise<ChancePage> {
  const { direction } = material;
  const { layout, ground, frame } = styleBy(chance, material);
  const sheet = new Sheet(chance, layout, ground);
  const { width, height, margin } = layout;
  const [rows, columns, gutter] = [between(chance, 3, 4), between(chance, 3, 4), between(chance, 8, 24)];
  const w = Math.floor((width - 2 * margin + gutter) / columns) - gutter;
  const h = Math.floor((height - 2 * margin + gutter) / rows) - gutter;
  const places = Array.from({ length: rows * columns }, (_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    return {
      ...shapeOf({ x: margin + column * (w + gutter), y: margin + row * (h + gutter), w, h }),
      row,
      column,
    };
  });
  const panels: Box[] = [];
  for (const shape of inDirection(places, direction))
    panels.push(await picture(sheet, material, shape, frame));
  return { image: await sheet.image(), direction, panels };
}

/** Rows of high narrow panels, straight or slanted. */
export function slats(chance: Chance, material: Material): Promise<ChancePage> {
  const gutter = between(chance, 8, 24);
  return variedPage(chance, material, {
    layout: {
      ...{ rows: [2, 3], columns: [3, 6], gutter: between(chance, 14, 40), upright: gutter },
      ...{ slant: pick(chance, [0, 60]), lean: 0 },
    },
    frame: (_, frame) => ({ ...frame, width: Math.max(2, frame.width ?? 0) }),
  });
}

/** Panels with a frame, and sometimes a white rim, on a picture that fills the page: the picture is told first. */
export async function panelsOnPicture(chance: Chance, material: Material): Promise<ChancePage> {
  const { direction } = material;
  const { layout } = styleBy(chance, material);
  const sheet = new Sheet(chance, layout);
  const { width, height } = layout;
  const whole = { x: 0, y: 0, w: width, h: height };
  sheet.add(await artFor(chance, material.pictures, whole));
  const frame = { width: between(chance, 3, 6), colour: '#111', rim: pick(chance, [6, 10]) };
  const count = between(chance, 2, 3);
  const [gap, high] = [between(chance, 30, 60), between(chance, 280, 400)];
  const isColumn = chance() < 0.5;
  const w = isColumn ? between(chance, 380, 560) : Math.floor((width - 120 - (count - 1) * gap) / count);
  const x = isColumn ? pick(chance, [60, width - 60 - w]) : 60;
  const y = isColumn ? between(chance, 60, 200) : pick(chance, [60, height - 60 - high]);
  const places = Array.from({ length: count }, (_, i) => ({
    ...shapeOf(
      isColumn ? { x, y: y + i * (high + gap), w, h: high } : { x: x + i * (w + gap), y, w, h: high },
    ),
    row: isColumn ? i : 0,
    column: isColumn ? 0 : i,
  }));
  const panels: Box[] = [whole];
  for (const shape of inDirection(places, direction))
    panels.push(await picture(sheet, material, shape, frame));
  return { image: await sheet.image(), direction, panels };
}

/** Rows from one edge of the page to the other with thin gutters in black, as in an American comic. */
export function edgeToEdge(chance: Chance, material: Material): Promise<ChancePage> {
  const gutter = between(chance, 5, 14);
  return variedPage(chance, material, {
    ground: pick(chance, ['#000', '#111', '#fff']),
    layout: { margin: 0, gutter, upright: gutter, rows: [3, 5], columns: [1, 2], slant: 0, lean: 0 },
    frame: (_, frame) => ({ ...frame, width: 0 }),
  });
}

/** Pictures whose edges fade into the paper. */
export function fadingEdges(chance: Chance, material: Material): Promise<ChancePage> {
  const soft = between(chance, 4, 14);
  const apart = between(chance, 40, 70);
  return variedPage(chance, material, {
    ground: '#fff',
    layout: { gutter: apart, upright: apart, slant: 0, lean: 0 },
    frame: (_, frame) => ({ ...frame, width: 0 }),
    over: (sheet, _, panels) => {
      const id = sheet.id();
      sheet.add(`<filter id="${id}"><feGaussianBlur stdDeviation="${soft}"/></filter>`);
      for (const { x, y, w, h } of panels)
        sheet.add(
          `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="none" stroke="#fff" stroke-width="${2 * soft}" filter="url(#${id})"/>`,
        );
    },
  });
}

/** Pictures without frames, and white gutters of a few pixels, as in colour comics and small scans. */
export function hairGutters(chance: Chance, material: Material): Promise<ChancePage> {
  const gutter = between(chance, 3, 6);
  return variedPage(chance, material, {
    ground: '#fff',
    layout: { gutter, upright: gutter, margin: pick(chance, [0, gutter, 50]) },
    frame: (_, frame) => ({ ...frame, width: 0 }),
  });
}

/** A sheet that lay askew on the scanner, on paper that has yellowed. */
export async function askewScans(chance: Chance, material: Material): Promise<ChancePage> {
  const page = await variedPage(chance, material, { ground: '#fff', layout: { slant: 0, lean: 0 } });
  const angle = pick(chance, [-1, 1]) * (0.4 + 1.1 * chance());
  const { width = 1, height = 1 } = await sharp(page.image).metadata();
  const turned = await sharp(page.image).rotate(angle, { background: '#fff' }).toBuffer();
  const { width: wide = 1, height: high = 1 } = await sharp(turned).metadata();
  const [left, top] = [Math.round((wide - width) / 2), Math.round((high - height) / 2)];
  const tint = pick(chance, [
    { r: 255, g: 250, b: 236 },
    { r: 246, g: 236, b: 212 },
    { r: 255, g: 255, b: 255 },
  ]);
  const image = await sharp(turned)
    .extract({ left, top, width, height })
    .composite([{ input: { create: { width, height, channels: 3, background: tint } }, blend: 'multiply' }])
    .jpeg({ quality: between(chance, 60, 90) })
    .toBuffer();
  const [sin, cos] = [Math.sin((angle * Math.PI) / 180), Math.cos((angle * Math.PI) / 180)];
  const place = (x: number, y: number) =>
    [
      width / 2 + (x - width / 2) * cos - (y - height / 2) * sin,
      height / 2 + (x - width / 2) * sin + (y - height / 2) * cos,
    ] as const;
  const panels = page.panels.map(({ x, y, w, h }) => {
    const corners = [place(x, y), place(x + w, y), place(x + w, y + h), place(x, y + h)];
    const xs = corners.map(([at]) => Math.round(Math.min(width, Math.max(0, at))));
    const ys = corners.map(([, at]) => Math.round(Math.min(height, Math.max(0, at))));
    const [first, above] = [Math.min(...xs), Math.min(...ys)];
    return { x: first, y: above, w: Math.max(...xs) - first, h: Math.max(...ys) - above };
  });
  return { ...page, image, panels };
}

/** A picture of a screen in the middle of a page: the panels at both ends are cut off. */
export async function cutPages(chance: Chance, material: Material): Promise<ChancePage> {
  const page = await variedPage(chance, material, {
    layout: { rows: [3, 4], columns: [1, 2], slant: 0, lean: 0 },
  });
  const { width = 1, height = 1 } = await sharp(page.image).metadata();
  const [top, bottom] = [between(chance, 120, 300), height - between(chance, 120, 300)];
  const image = await sharp(page.image)
    .extract({ left: 0, top, width, height: bottom - top })
    .jpeg({ quality: 88 })
    .toBuffer();
  const panels = page.panels.flatMap(({ x, y, w, h }) => {
    const [from, to] = [Math.max(top, y), Math.min(bottom, y + h)];
    return to > from ? [{ x, y: from - top, w, h: to - from }] : [];
  });
  return { ...page, image, panels };
}

/** A ground that changes from one colour to another down the page. */
export function fadingGrounds(chance: Chance, material: Material): Promise<ChancePage> {
  const [first, last] = pick(chance, [
    ['#fff', '#000'],
    ['#000', '#fff'],
    ['#f7d9c4', '#6a7fb5'],
    ['#fff', '#8fb0d8'],
  ] as const);
  return variedPage(chance, material, {
    frame: (_, frame) => ({ ...frame, width: Math.max(3, frame.width ?? 0), colour: '#111' }),
    under: async (sheet) => {
      const id = sheet.id();
      sheet.add(
        `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${first}"/><stop offset="1" stop-color="${last}"/></linearGradient><rect width="100%" height="100%" fill="url(#${id})"/>`,
      );
    },
  });
}

/** A strip whose panels stand left and right in turn, each beginning beside the end of the one before. */
export async function staggeredStrips(chance: Chance, material: Material): Promise<ChancePage> {
  const width = 800;
  const ground = pick(chance, ['#fff', '#fff', '#000']);
  const sizes = Array.from({ length: between(chance, 5, 7) }, () => between(chance, 420, 700));
  const overlap = between(chance, 40, 160);
  const height = sizes.reduce((sum, h) => sum + h - overlap, overlap + 120);
  const sheet = new Sheet(chance, { width, height }, ground);
  const frame = { width: 4, colour: ground === '#000' ? '#fff' : '#111' };
  const panels: Box[] = [];
  let y = 60;
  for (const [i, h] of sizes.entries()) {
    const w = between(chance, 320, 370);
    const box = { x: i % 2 === 0 ? 20 : width - 20 - w, y, w, h };
    panels.push(await picture(sheet, material, shapeOf(box), frame));
    y += h - overlap;
  }
  return { image: await sheet.image(), direction: 'ltr', panels };
}

/** Pictures without frames or gutters: each row is tinted otherwise. */
export async function tintedRows(chance: Chance, material: Material): Promise<ChancePage> {
  const tints = ['#d04030', '#3050c0', '#30a060', '#d0a020', '#803090'];
  const { direction } = material;
  const { layout } = styleBy(chance, material);
  const level = {
    ...layout,
    margin: 0,
    gutter: 0,
    upright: 0,
    slant: 0,
    lean: 0,
    rows: [3, 4],
    columns: [1, 2],
  } as const;
  const sheet = new Sheet(chance, level);
  const panels: Box[] = [];
  for (const [i, shape] of inDirection(rowsOf(chance, level), direction).entries())
    panels.push(
      await picture(sheet, material, shape, {
        width: 0,
        over: `<rect width="100%" height="100%" fill="${tints[i % tints.length]}" opacity="0.35"/>`,
      }),
    );
  return { image: await sheet.image(), direction, panels };
}
