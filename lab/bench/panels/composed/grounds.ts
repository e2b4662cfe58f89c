import type { Box } from '../../../../domain/page.ts';
import { hatching, screentone } from '../drawn/art.ts';
import { handOf, lettering } from '../drawn/balloon.ts';
import { between, type Chance, pick } from '../drawn/chance.ts';
import { scanned } from '../drawn/scan.ts';
import { speechFor } from '../drawn/sentences.ts';
import { boxOf, inDirection, type Layout, rowsOf, usualLayout } from '../drawn/shape.ts';
import { type ChancePage, Sheet } from '../drawn/sheet.ts';
import { artFor } from './pictures.ts';
import { type Material, picture, type Style, styleBy, variedPage } from './usual.ts';

/* Pages with something else than even ground around their panels. */

const wholeOf = ({ layout: { width, height } }: Style): Box => ({ x: 0, y: 0, w: width, h: height });

/** A texture, or a picture that is paler than the panels, behind them. */
export function texturedGrounds(chance: Chance, material: Material): Promise<ChancePage> {
  const kind = pick(chance, ['tone', 'hatching', 'picture'] as const);
  const width = between(chance, 3, 7);
  return variedPage(chance, material, {
    layout: { gutter: between(chance, 24, 50), upright: between(chance, 20, 40) },
    frame: (_, frame) => ({
      ...frame,
      width,
      colour: kind === 'picture' ? pick(chance, ['#111', '#fff']) : '#111',
    }),
    under: async (sheet, style) => {
      const box = wholeOf(style);
      const pale = `<rect width="100%" height="100%" fill="${pick(chance, ['#fff', '#fff', '#f3d8a8', '#9fc4e0'])}" opacity="${kind === 'picture' ? 0.45 : 0.55}"/>`;
      if (kind === 'tone') sheet.add(screentone(chance, sheet.id(), box) + pale);
      else if (kind === 'hatching') sheet.add(hatching(chance, box) + pale);
      else sheet.add((await artFor(chance, material.pictures, box)) + pale);
    },
  });
}

/** A wide band with the title at the top of the page: a picture if it is coloured. */
export async function titleBands(chance: Chance, material: Material): Promise<ChancePage> {
  const high = between(chance, 160, 340);
  const colour = pick(chance, [null, '#b8312f', '#1d4f8a', '#2c5c33']);
  const title = pick(chance, ['Chapter 12', 'The Old House', 'Storm']);
  const page = await variedPage(chance, material, {
    layout: { rows: [2, 3], lean: 0 },
    shape: (points, { layout: { height, margin } }) =>
      points.map(([x, y]) => [x, height - (height - y) * ((height - high - margin) / (height - margin))]),
    over: (sheet, { layout: { width } }) => {
      const hand = { ...handOf(chance), size: high * 0.35, capitals: true };
      const { letters } = lettering(title, hand, width / 2, high / 2, 1100);
      const band = colour ? `<rect width="100%" height="${high}" fill="${colour}"/>` : '';
      sheet.add(`${band}<path d="${letters}" fill="${colour ? '#ffd84a' : '#888'}"/>`);
    },
  });
  const { width } = usualLayout;
  return colour ? { ...page, panels: [{ x: 0, y: 0, w: width, h: high }, ...page.panels] } : page;
}

/** Page numbers, the series' name and credits in the margin, across or upright. */
export function marginNotes(chance: Chance, material: Material): Promise<ChancePage> {
  const note = (sheet: Sheet, text: string, x: number, y: number, turn = 0) => {
    const hand = { ...handOf(chance), size: between(chance, 14, 24) };
    const { letters } = lettering(text, hand, x, y, 1100);
    sheet.add(`<path d="${letters}" fill="#666" transform="rotate(${turn} ${x} ${y})"/>`);
  };
  return variedPage(chance, material, {
    layout: { margin: between(chance, 45, 80) },
    over: (sheet, { layout: { width, height, margin } }) => {
      const [text = ''] = speechFor(chance, 'en', 1);
      note(
        sheet,
        `${between(chance, 2, 198)}`,
        pick(chance, [margin, width / 2, width - margin]),
        height - margin / 2,
      );
      if (chance() < 0.6)
        note(
          sheet,
          `drawn by A. Hand, all rights reserved. ${text}`,
          pick(chance, [margin / 2, width - margin / 2]),
          height / 2,
          90,
        );
      if (chance() < 0.6) note(sheet, text, width / 2, margin / 2);
    },
  });
}

/** Scans of a book: its fold darkens one side, its other edge is grey, and the scanner's lid shows. */
export function bookScans(chance: Chance, material: Material): Promise<ChancePage> {
  return variedPage(chance, material, {
    ground: '#fff',
    over: (sheet, { layout: { width, height } }) => {
      const atLeft = chance() < 0.5;
      const wide = between(chance, 40, 160);
      const [from, to] = atLeft ? [0, wide] : [width, width - wide];
      sheet.add(
        `<linearGradient id="fold" gradientUnits="userSpaceOnUse" x1="${from}" x2="${to}" y1="0" y2="0"><stop offset="0" stop-color="#000" stop-opacity="${0.4 + 0.5 * chance()}"/><stop offset="1" stop-color="#000" stop-opacity="0"/></linearGradient><rect width="100%" height="100%" fill="url(#fold)"/>`,
      );
      const edge = between(chance, 4, 22);
      if (chance() < 0.7)
        sheet.add(
          `<rect x="${atLeft ? width - edge : 0}" y="0" width="${edge}" height="${height}" fill="${pick(chance, ['#999', '#444', '#111'])}"/>`,
        );
      if (chance() < 0.4)
        sheet.add(`<rect x="0" y="${height - edge}" width="${width}" height="${edge}" fill="#222"/>`);
    },
  });
}

/** Small pages of 600 pixels that were compressed badly. */
export async function smallPages(chance: Chance, material: Material): Promise<ChancePage> {
  const page = await variedPage(chance, material, {});
  return scanned(chance, page, { scale: 0.5, blur: 0, noise: 0, quality: between(chance, 25, 40), pale: 0 });
}

/** Dark pictures with thin white gutters, on a page without a margin or with a thin one. */
export function nightPages(chance: Chance, material: Material): Promise<ChancePage> {
  const gutter = between(chance, 4, 9);
  const dark = 0.5 + 0.3 * chance();
  return variedPage(chance, material, {
    ground: '#fff',
    layout: { margin: pick(chance, [0, gutter, 40]), gutter, upright: gutter },
    frame: (_, frame) => ({
      ...frame,
      width: 0,
      over: `<rect width="100%" height="100%" fill="#000" opacity="${dark}"/>`,
    }),
  });
}

/** A running head above the panels, and a strip with the publisher or the translators at the foot of the page. */
export function creditStrips(chance: Chance, material: Material): Promise<ChancePage> {
  const high = between(chance, 30, 80);
  const [fill, ink] = pick(chance, [
    ['#000', '#fff'],
    ['#fff', '#111'],
    ['#8c1d2f', '#fff'],
    ['#ddd', '#333'],
  ] as const);
  return variedPage(chance, material, {
    shape: (points, { layout: { height, margin } }) =>
      points.map(([x, y]) => [x, y * ((height - margin / 2 - high) / height)]),
    over: (sheet, { layout: { width, height, margin } }) => {
      const write = (text: string, y: number, colour: string) => {
        const hand = { ...handOf(chance), size: between(chance, 18, Math.min(32, high * 0.7)) };
        sheet.add(`<path d="${lettering(text, hand, width / 2, y, 1150).letters}" fill="${colour}"/>`);
      };
      sheet.add(`<rect y="${height - high}" width="100%" height="${high}" fill="${fill}"/>`);
      write(`Translated by Night Owls - read more on owls.example`, height - high / 2, ink);
      if (chance() < 0.6) write(`Chapter 12 - The Old House - ${between(chance, 2, 40)}`, margin / 2, '#666');
    },
  });
}

/** Rows of panels on white, and others on black, as where something is remembered. */
export async function twoGrounds(chance: Chance, material: Material): Promise<ChancePage> {
  const { direction } = material;
  const { layout, frame } = styleBy(chance, material);
  const level: Layout = { ...layout, rows: [3, 4], lean: 0 };
  const shapes = inDirection(rowsOf(chance, level), direction);
  const first = between(chance, 1, Math.max(...shapes.map(({ row }) => row)));
  const tops = shapes.filter(({ row }) => row === first).flatMap(({ points }) => points.map(([, y]) => y));
  const border = Math.min(...tops) - level.gutter / 2;
  const [from, to] = chance() < 0.4 ? [0, border] : [border, level.height];
  const sheet = new Sheet(chance, level, '#fff');
  sheet.add(`<rect y="${from}" width="100%" height="${to - from}" fill="#000"/>`);
  const panels: Box[] = [];
  for (const shape of shapes) panels.push(await picture(sheet, material, shape, frame));
  return { image: await sheet.image(), direction, panels };
}

/** Panels that cast a soft shadow on the page. */
export function shadowedPanels(chance: Chance, material: Material): Promise<ChancePage> {
  const [away, soft] = [between(chance, 5, 14), between(chance, 2, 8)];
  const apart = between(chance, 26, 50);
  return variedPage(chance, material, {
    ground: pick(chance, ['#fff', '#e8e4da', '#d0d6dc']),
    layout: { gutter: apart, upright: apart, slant: 0, lean: 0 },
    frame: (points, frame, { layout }) => {
      const { x, y, w, h } = boxOf(points, layout);
      return {
        ...frame,
        under: `<filter id="soft"><feGaussianBlur stdDeviation="${soft}"/></filter><rect x="${x + away}" y="${y + away}" width="${w}" height="${h}" opacity="0.55" filter="url(#soft)"/>`,
      };
    },
  });
}
