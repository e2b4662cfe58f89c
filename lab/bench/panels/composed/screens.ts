import sharp from 'sharp';
import type { Box } from '../../../../domain/page.ts';
import { balloons, handOf, lettering } from '../drawn/balloon.ts';
import { between, type Chance, pick } from '../drawn/chance.ts';
import { speechFor } from '../drawn/sentences.ts';
import { cornersOf, inDirection, rowsOf, shapeOf } from '../drawn/shape.ts';
import { type ChancePage, Sheet } from '../drawn/sheet.ts';
import { type Material, picture, styleBy, usualPage } from './usual.ts';

/* Pages for screens, and title pages. */

/** A picture of a phone's screen: a page between the bars of an app that shows it. */
export async function screenshots(chance: Chance, material: Material): Promise<ChancePage> {
  const page = await usualPage(chance, material);
  const [width, height] = [1080, between(chance, 2000, 2400)];
  const { width: from = 1 } = await sharp(page.image).metadata();
  const image = await sharp(page.image).resize({ width }).toBuffer();
  const { height: high = 0 } = await sharp(image).metadata();
  const top = Math.round((height - high) / 2);
  const [ground, ink] = pick(chance, [
    ['#000', '#eee'],
    ['#1c1c1e', '#ddd'],
    ['#fff', '#222'],
  ] as const);
  const at = (text: string, x: number, y: number, size: number) =>
    `<path d="${lettering(text, { ...handOf(chance), size, capitals: false }, x, y, 900).letters}" fill="${ink}"/>`;
  const bar = pick(chance, [ground, '#333', '#f2f2f7']);
  const bars = `<rect width="100%" height="70" fill="${ground}"/><rect y="${height - 130}" width="100%" height="130" fill="${bar}"/>${at('9:41', 90, 36, 34)}<rect x="960" y="22" width="56" height="26" rx="6" fill="none" stroke="${ink}" stroke-width="4"/><path d="M120 ${height - 66}H960" stroke="#888" stroke-width="6"/><circle cx="${between(chance, 200, 900)}" cy="${height - 66}" r="16" fill="#888"/>${at('12 / 34', 540, height - 105, 26)}`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${bars}</svg>`;
  const screen = sharp({ create: { width, height, channels: 3, background: ground } }).composite([
    { input: image, left: 0, top },
    { input: Buffer.from(svg), left: 0, top: 0 },
  ]);
  const scale = (length: number) => Math.round((length * width) / from);
  return {
    ...page,
    image: await screen.jpeg({ quality: 88 }).toBuffer(),
    panels: page.panels.map(({ x, y, w, h }) => ({
      ...{ x: scale(x), y: scale(y) + top },
      ...{ w: scale(w), h: scale(h) },
    })),
  };
}

/** A strip on a coloured ground: panels at different distances from its sides, and balloons between them. */
export async function colouredStrips(chance: Chance, material: Material): Promise<ChancePage> {
  const width = 800;
  const ground = pick(chance, ['#dfe9f5', '#f7e3e0', '#20243a', '#3a1f2b', '#e8f0d8', '#cdb4db']);
  const panelSizes = Array.from({ length: between(chance, 4, 6) }, () => ({
    h: between(chance, 400, 900),
    gap: between(chance, 90, 320),
  }));
  const height = panelSizes.reduce((sum, { h, gap }) => sum + h + gap, 150);
  const sheet = new Sheet(chance, { width, height }, ground);
  const frame = { width: pick(chance, [0, 4]), colour: '#111' };
  const said: [string, number, number][] = [];
  const panels: Box[] = [];
  let y = 0;
  for (const { h, gap } of panelSizes) {
    const [left, right] = [0, 1].map(() => (chance() < 0.3 ? 0 : between(chance, 20, 180))) as [
      number,
      number,
    ];
    const box = { x: left, y: y + gap, w: width - left - right, h };
    panels.push(await picture(sheet, material, shapeOf(box), frame));
    const [text = ''] = speechFor(chance, 'en', 1);
    if (chance() < 0.7) said.push([text, between(chance, 200, 600), y + gap / 2]);
    y += gap + h;
  }
  const hand = handOf(chance);
  for (const [text, cx, cy] of said) sheet.add(balloons([lettering(text, hand, cx, cy, 220)]));
  return { image: await sheet.image(), direction: 'ltr', panels };
}

/** A large picture under the title of the story, above the first panels. */
export async function titlePages(chance: Chance, material: Material): Promise<ChancePage> {
  const { direction } = material;
  const { layout, ground, frame } = styleBy(chance, material);
  const { width, height, margin, gutter } = layout;
  const sheet = new Sheet(chance, layout, ground);
  const high = between(chance, 500, 900);
  const beyond = chance() < 0.6 ? 12 : -margin;
  const art = { x: -beyond, y: -beyond, w: width + 2 * beyond, h: high + beyond };
  const panels = [await picture(sheet, material, { points: cornersOf(art) }, frame)];
  const rest = { ...layout, height: height - high + margin - gutter, rows: [1, 2], lean: 0 } as const;
  for (const { points } of inDirection(rowsOf(chance, rest), direction)) {
    const lower = points.map(([x, y]) => [x, y + high - margin + gutter] as const);
    panels.push(await picture(sheet, material, { points: lower }, frame));
  }
  const hand = { ...handOf(chance), size: between(chance, 110, 190), capitals: chance() < 0.5 };
  const logo = lettering(
    pick(chance, ['The Old House', 'Storm', 'Two Cats', 'Night Train']),
    hand,
    width / 2,
    pick(chance, [180, high / 2, high - 110]),
    1000,
  );
  sheet.add(
    `<path d="${logo.letters}" fill="${pick(chance, ['#fff', '#d8222a', '#ffd84a'])}" stroke="#111" stroke-width="12" paint-order="stroke" stroke-linejoin="round"/>`,
  );
  return { image: await sheet.image(), direction, panels };
}
