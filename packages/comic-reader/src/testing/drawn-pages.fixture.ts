import sharp from 'sharp';
import type { Raster } from '../image/raster.ts';
import type { Box } from '../page/page.ts';

/** A page drawn for a test, and its panels in reading order from the left. */
export interface DrawnPage {
  svg: string;
  width: number;
  height: number;
  panels: Box[];
}

const pageWidth = 800;
const pageHeight = 1200;

/** Returns repeatable pseudo-random numbers, so that a failing page can be drawn again. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Draws shapes as in a drawing: a toned ground, figures. */
export function art(seed: number, { x, y, w, h }: Box): string {
  const next = numbers(seed);
  const tone = () => `hsl(${Math.floor(next() * 360)} 45% ${25 + Math.floor(next() * 40)}%)`;
  const figures = Array.from({ length: 6 }, () => {
    const r = Math.min(w, h) * (0.05 + next() * 0.15);
    const cx = x + r + next() * (w - 2 * r);
    const cy = y + r + next() * (h - 2 * r);
    return `<circle cx="${cx}" cy="${cy}" r="${r}" fill="${tone()}" stroke="#111" stroke-width="2"/>`;
  });
  return `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${tone()}"/>${figures.join('')}`;
}

export const framed = (seed: number, box: Box, stroke = '#111') =>
  `${art(seed, box)}<rect x="${box.x}" y="${box.y}" width="${box.w}" height="${box.h}" fill="none" stroke="${stroke}" stroke-width="4"/>`;

export function page(
  body: string,
  panels: Box[],
  { ground = '#fff', width = pageWidth, height = pageHeight } = {},
): DrawnPage {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="${ground}"/>${body}</svg>`;
  return { svg, width, height, panels };
}

export async function rasterOf({ svg, width }: DrawnPage, to = width): Promise<Raster> {
  const picture = sharp(Buffer.from(svg)).resize(to).removeAlpha().toColourspace('srgb').raw();
  const { data, info } = await picture.toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: 3, data };
}

const grid: Box[] = [
  { x: 40, y: 40, w: 350, h: 350 },
  { x: 410, y: 40, w: 350, h: 350 },
  { x: 40, y: 410, w: 720, h: 350 },
  { x: 40, y: 780, w: 230, h: 380 },
  { x: 290, y: 780, w: 470, h: 380 },
];
const frames = (boxes: Box[], stroke?: string) => boxes.map((b, i) => framed(i + 1, b, stroke)).join('');

/** Draws a polygon filled with art. */
const shape = (id: string, seed: number, points: string, box: Box) =>
  `<clipPath id="${id}"><polygon points="${points}"/></clipPath><g clip-path="url(#${id})">${art(seed, box)}</g><polygon points="${points}" fill="none" stroke="#111" stroke-width="4"/>`;

const noise = (() => {
  const next = numbers(7);
  return Array.from({ length: 1500 }, () => {
    const grey = Math.floor(next() * 200);
    return `<rect x="${next() * pageWidth}" y="${next() * pageHeight}" width="2" height="2" fill="rgb(${grey},${grey},${grey})" opacity="0.6"/>`;
  }).join('');
})();

const pinwheel: Box[] = [
  { x: 40, y: 40, w: 470, h: 350 },
  { x: 530, y: 40, w: 230, h: 740 },
  { x: 40, y: 410, w: 230, h: 750 },
  { x: 290, y: 410, w: 220, h: 370 },
  { x: 290, y: 800, w: 470, h: 360 },
];

const beside: Box[] = [
  { x: 40, y: 40, w: 300, h: 1120 },
  { x: 360, y: 40, w: 400, h: 540 },
  { x: 360, y: 600, w: 400, h: 560 },
];

const withInset: Box[] = [
  { x: 40, y: 40, w: 720, h: 700 },
  { x: 460, y: 430, w: 240, h: 240 },
  { x: 40, y: 760, w: 720, h: 400 },
];

/** As from a telephone: the sheet is slightly rotated on a dark table, and lit from one side. */
const photographed = page(
  `<linearGradient id="light" x2="1" y2="1"><stop offset="0" stop-opacity="0"/><stop offset="1" stop-opacity="0.3"/></linearGradient><g transform="translate(24 36) scale(0.94) rotate(1.2 400 600)"><rect width="800" height="1200" fill="#f4efe4"/>${frames(grid)}<rect width="800" height="1200" fill="url(#light)"/></g>`,
  grid.map(({ x, y, w, h }) => ({ x: 24 + 0.94 * x, y: 36 + 0.94 * y, w: 0.94 * w, h: 0.94 * h })),
  { ground: '#33281f' },
);

/** Pages that each violate one assumption. */
export const adversarial: Record<string, DrawnPage> = {
  'a plain grid': page(frames(grid), grid),
  'black gutters': page(frames(grid, '#eee'), grid, { ground: '#000' }),
  'coloured gutters': page(frames(grid), grid, { ground: '#f6d9a8' }),
  'black gutters inside a white margin': page(
    `<rect x="30" y="30" width="740" height="1140" fill="#000"/>${grid.map((b, i) => art(i + 1, b)).join('')}`,
    grid,
  ),
  'a panel without a frame': page(
    `${framed(1, grid[0] as Box)}${framed(2, grid[1] as Box)}${art(3, grid[2] as Box)}${frames(grid.slice(3))}`,
    grid,
  ),
  'a slanted gutter': page(
    shape('a', 1, '40,40 460,40 320,580 40,580', { x: 40, y: 40, w: 420, h: 540 }) +
      shape('b', 2, '490,40 760,40 760,580 350,580', { x: 350, y: 40, w: 410, h: 540 }) +
      framed(3, { x: 40, y: 610, w: 720, h: 550 }),
    [
      { x: 40, y: 40, w: 420, h: 540 },
      { x: 350, y: 40, w: 410, h: 540 },
      { x: 40, y: 610, w: 720, h: 550 },
    ],
  ),
  'a gutter that leans by 31 degrees': page(
    shape('a', 1, '40,40 580,40 280,540 40,540', { x: 40, y: 40, w: 540, h: 500 }) +
      shape('b', 2, '605,40 760,40 760,540 305,540', { x: 305, y: 40, w: 455, h: 500 }) +
      framed(3, { x: 40, y: 560, w: 720, h: 600 }),
    [
      { x: 40, y: 40, w: 540, h: 500 },
      { x: 305, y: 40, w: 455, h: 500 },
      { x: 40, y: 560, w: 720, h: 600 },
    ],
  ),
  'a tall panel beside two': page(frames(beside), beside),
  'a pinwheel that no line parts': page(frames(pinwheel), pinwheel),
  'a bubble across a gutter': page(
    `${frames(grid)}<ellipse cx="400" cy="200" rx="110" ry="60" fill="#fff" stroke="#111" stroke-width="3"/>`,
    grid,
  ),
  'white art inside frames': page(
    grid
      .map(
        (b) =>
          `<rect x="${b.x}" y="${b.y}" width="${b.w}" height="${b.h}" fill="#fff" stroke="#111" stroke-width="4"/><circle cx="${b.x + 100}" cy="${b.y + 150}" r="40" fill="none" stroke="#111" stroke-width="3"/>`,
      )
      .join(''),
    grid,
  ),
  'frames that share a line': page(
    [0, 1, 2].map((i) => framed(i + 1, { x: 40, y: 40 + i * 374, w: 720, h: 374 })).join(''),
    [0, 1, 2].map((i) => ({ x: 40, y: 40 + i * 374, w: 720, h: 374 })),
  ),
  'a noisy scan': page(frames(grid) + noise, grid, { ground: '#ece6da' }),
  'a picture inside a picture': page(
    `${framed(1, withInset[0] as Box)}<rect x="448" y="418" width="264" height="264" fill="#fff"/>${frames(withInset.slice(1))}`,
    withInset,
  ),
  'a photographed sheet': photographed,
  'bubbles that close a gutter': page(
    `${frames(grid)}${[150, 330, 560].map((x) => `<ellipse cx="${x}" cy="400" rx="80" ry="42" fill="#fff" stroke="#111" stroke-width="3"/>`).join('')}`,
    grid,
  ),
  'a splash page': page(art(5, { x: 0, y: 0, w: pageWidth, h: pageHeight }), [
    { x: 0, y: 0, w: pageWidth, h: pageHeight },
  ]),
  'a blank page': page('', [{ x: 0, y: 0, w: pageWidth, h: pageHeight }]),
};
