import sharp from 'sharp';
import type { Box } from '../../../../domain/page.ts';
import { art } from '../../../../packages/comic-reader/src/testing/drawn-pages.fixture.ts';
import { between, type Chance } from './chance.ts';
import type { ChancePage } from './sheet.ts';

type Drawn = Omit<ChancePage, 'direction'>;

interface Style {
  width: number;
  height: number;
  ground: string;
  gutter: number;
  margin: number;
  /** Colour of frames; undefined if art has no frame. */
  frame: string | undefined;
  /** Maximum offset between the ends of a gutter between columns. */
  slant: number;
}

const usual: Style = {
  width: 1000,
  height: 1400,
  ground: '#fff',
  gutter: 18,
  margin: 45,
  frame: '#111',
  slant: 0,
};

/** Returns rows of one to three panels. */
function tiers(
  chance: Chance,
  { width, height, gutter, margin, slant }: Style,
): { box: Box; points: string }[] {
  const rows = between(chance, 2, 4);
  const heights = Array.from({ length: rows }, () => 1 + chance());
  const sum = heights.reduce((total, one) => total + one, 0);
  const free = height - 2 * margin - (rows - 1) * gutter;
  let y = margin;
  return heights.flatMap((share) => {
    const h = Math.round((share / sum) * free);
    const columns = between(chance, 1, 3);
    const ends = [{ top: margin, bottom: margin }];
    for (let column = 1; column < columns; column++) {
      const middle = margin + ((width - 2 * margin) * (column + 0.3 * (chance() - 0.5))) / columns;
      const lean = slant * (chance() - 0.5);
      ends.push({ top: middle - lean, bottom: middle + lean });
    }
    ends.push({ top: width - margin + gutter, bottom: width - margin + gutter });
    const row = ends.slice(0, -1).map((left, column) => {
      const right = ends[column + 1] as typeof left;
      const [a, b, c, d] = [left.top, right.top - gutter, right.bottom - gutter, left.bottom].map(
        Math.round,
      ) as [number, number, number, number];
      const x = Math.min(a, d);
      const box = { x, y, w: Math.max(b, c) - x, h };
      return { box, points: `${a},${y} ${b},${y} ${c},${y + h} ${d},${y + h}` };
    });
    y += h + gutter;
    return row;
  });
}

const lines = (chance: Chance, { x, y, w, h }: Box) =>
  Array.from({ length: 14 }, () => {
    const [a, b, c, d] = [x + chance() * w, y + chance() * h, x + chance() * w, y + chance() * h];
    return `<path d="M${a} ${b}Q${c} ${b} ${c} ${d}" fill="none" stroke="#111" stroke-width="${1 + chance() * 3}"/>`;
  }).join('');

/** Draws a background like that of drawings: light to dark, and hatched. */
function ground(chance: Chance, id: string, { x, y, w, h }: Box): string {
  const tone = `hsl(${between(chance, 0, 359)} 40% 30%)`;
  const hatch = Array.from(
    { length: Math.ceil((w + h) / 22) },
    (_, i) => `M${x + i * 22} ${y}l${-h} ${h}`,
  ).join('');
  return `<linearGradient id="${id}g" x2="${chance().toFixed(2)}" y2="1"><stop offset="0" stop-color="${tone}" stop-opacity="0"/><stop offset="1" stop-color="${tone}" stop-opacity="0.7"/></linearGradient><rect x="${x}" y="${y}" width="${w}" height="${h}" fill="url(#${id}g)"/><path d="${hatch}" stroke="#222" stroke-opacity="0.35" stroke-width="2"/>`;
}

let clips = 0;
function drawn(
  chance: Chance,
  { box, points }: { box: Box; points: string },
  frame: string | undefined,
): string {
  const id = `c${clips++}`;
  const outline = frame ? `<polygon points="${points}" fill="none" stroke="${frame}" stroke-width="4"/>` : '';
  return `<clipPath id="${id}"><polygon points="${points}"/></clipPath><g clip-path="url(#${id})">${art(between(chance, 1, 1e6), box)}${ground(chance, id, box)}${lines(chance, box)}</g>${outline}`;
}

const corners = ({ x, y, w, h }: Box) => `${x},${y} ${x + w},${y} ${x + w},${y + h} ${x},${y + h}`;
const bubble = (cx: number, cy: number) =>
  `<ellipse cx="${cx}" cy="${cy}" rx="90" ry="50" fill="#fff" stroke="#111" stroke-width="3"/>`;

const rendered = (body: string, { width, height, ground }: Style) =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="${ground}"/>${body}</svg>`,
    ),
  ).removeAlpha();
const jpeg = (body: string, style: Style, quality = 88) => rendered(body, style).jpeg({ quality }).toBuffer();

async function page(chance: Chance, over: Partial<Style> = {}, more: (panels: Box[]) => string = () => '') {
  const style = { ...usual, ...over };
  const panels = tiers(chance, style);
  const boxes = panels.map(({ box }) => box);
  const body = panels.map((panel) => drawn(chance, panel, style.frame)).join('') + more(boxes);
  return { image: await jpeg(body, style), panels: boxes };
}

/** Scenes below one another on a ground that changes between white and black. */
async function strip(chance: Chance): Promise<Drawn> {
  const style = { ...usual, width: 800, height: 20_000 };
  let [y, body, night] = [120, '', false];
  const panels: Box[] = [];
  while (y < style.height - 1500) {
    if (chance() < 0.2) {
      body += `<rect x="0" y="${y}" width="800" height="${style.height - y}" fill="${night ? '#fff' : '#050505'}"/>`;
      night = !night;
      y += 200;
    }
    const wide = chance() < 0.6;
    const box = { x: wide ? 0 : 60, y, w: wide ? 800 : 680, h: between(chance, 400, 1300) };
    body += drawn(chance, { box, points: corners(box) }, undefined);
    panels.push(box);
    y += box.h + between(chance, 90, 500);
  }
  return { image: await jpeg(body, style), panels };
}

/** A photograph by phone: slightly turned, lit from one side, on a dark table. */
async function photograph(chance: Chance): Promise<Drawn> {
  const angle = (chance() - 0.5) * 3;
  const panels = tiers(chance, usual);
  const light = `<defs><linearGradient id="light" x2="1" y2="1"><stop offset="0" stop-opacity="0"/><stop offset="1" stop-opacity="0.35"/></linearGradient></defs>`;
  const shade = `<rect width="${usual.width}" height="${usual.height}" fill="url(#light)"/>`;
  const [cx, cy, edge] = [usual.width / 2, usual.height / 2, 40];
  const paper = `<rect width="${usual.width}" height="${usual.height}" fill="#f4efe4"/>`;
  const sheet = `${light}<g transform="translate(${edge} ${edge}) rotate(${angle} ${cx} ${cy})">${paper}${panels.map((panel) => drawn(chance, panel, '#222')).join('')}${shade}</g>`;
  const style = {
    ...usual,
    width: usual.width + 2 * edge,
    height: usual.height + 2 * edge,
    ground: '#3a2d24',
  };
  const turned = ({ x, y, w, h }: Box): Box => {
    const radians = (angle * Math.PI) / 180;
    const at = (px: number, py: number) => [
      edge + cx + (px - cx) * Math.cos(radians) - (py - cy) * Math.sin(radians),
      edge + cy + (px - cx) * Math.sin(radians) + (py - cy) * Math.cos(radians),
    ];
    const all = [at(x, y), at(x + w, y), at(x, y + h), at(x + w, y + h)] as [number, number][];
    const [left, top] = [Math.min(...all.map(([px]) => px)), Math.min(...all.map(([, py]) => py))];
    return {
      ...{ x: Math.round(left), y: Math.round(top) },
      w: Math.round(Math.max(...all.map(([px]) => px)) - left),
      h: Math.round(Math.max(...all.map(([, py]) => py)) - top),
    };
  };
  return { image: await jpeg(sheet, style, 75), panels: panels.map(({ box }) => turned(box)) };
}

/** A cheap scan: grain, blur and strong JPEG compression. */
async function scan(chance: Chance): Promise<Drawn> {
  const clean = await page(chance, { ground: '#efe9dc' });
  const { data, info } = await sharp(clean.image).blur(0.8).raw().toBuffer({ resolveWithObject: true });
  for (let at = 0; at < data.length; at++) {
    data[at] = Math.max(0, Math.min(255, (data[at] as number) + (chance() + chance() - 1) * 45));
  }
  const { width, height, channels } = info;
  return {
    ...clean,
    image: await sharp(data, { raw: { width, height, channels } }).jpeg({ quality: 45 }).toBuffer(),
  };
}

/** A small picture within a large one, read after it. */
async function inset(chance: Chance): Promise<Drawn> {
  const [large, low] = [
    { x: 45, y: 45, w: 910, h: 800 },
    { x: 45, y: 865, w: 910, h: 490 },
  ];
  const small = { x: between(chance, 560, 640), y: between(chance, 480, 540), w: 270, h: 250 };
  const around = { x: small.x - 12, y: small.y - 12, w: small.w + 24, h: small.h + 24 };
  const body =
    drawn(chance, { box: large, points: corners(large) }, '#111') +
    `<polygon points="${corners(around)}" fill="#fff"/>` +
    drawn(chance, { box: small, points: corners(small) }, '#111') +
    drawn(chance, { box: low, points: corners(low) }, '#111');
  return { image: await jpeg(body, usual), panels: [large, small, low] };
}

async function doublePage(chance: Chance): Promise<Drawn> {
  const [left, right] = [tiers(chance, usual), tiers(chance, usual)];
  const moved = right.map(({ box }) => ({ ...box, x: box.x + usual.width }));
  const body =
    left.map((panel) => drawn(chance, panel, '#111')).join('') +
    moved.map((box) => drawn(chance, { box, points: corners(box) }, '#111')).join('');
  const style = { ...usual, width: 2 * usual.width };
  return { image: await jpeg(body, style), panels: [...left.map(({ box }) => box), ...moved] };
}

/** One picture that fills the page to its edges, with two framed ones on top. */
async function fullBleed(chance: Chance): Promise<Drawn> {
  const whole = { x: 0, y: 0, w: usual.width, h: usual.height };
  const upon = [
    { x: 60, y: 1000, w: 420, h: 330 },
    { x: 520, y: 1000, w: 420, h: 330 },
  ];
  const body =
    drawn(chance, { box: whole, points: corners(whole) }, undefined) +
    upon
      .map(
        ({ x, y, w, h }) =>
          `<rect x="${x - 10}" y="${y - 10}" width="${w + 20}" height="${h + 20}" fill="#fff"/>`,
      )
      .join('') +
    upon.map((box) => drawn(chance, { box, points: corners(box) }, '#111')).join('');
  return { image: await jpeg(body, usual), panels: [whole, ...upon] };
}

const drawers: Record<string, (chance: Chance) => Promise<Drawn>> = {
  'framed panels': (chance) => page(chance),
  'slanted gutters': (chance) => page(chance, { slant: 200 }),
  'black gutters': (chance) => page(chance, { ground: '#0a0a0a', frame: '#eee' }),
  'coloured gutters': (chance) => page(chance, { ground: '#bcd3e6' }),
  'narrow gutters': (chance) => page(chance, { gutter: 7 }),
  'without frames': (chance) => page(chance, { frame: undefined }),
  'bubbles over gutters': (chance) =>
    page(chance, {}, (panels) =>
      panels
        .slice(1)
        .map(({ x, y }) => bubble(x + 10, y + 30))
        .join(''),
    ),
  'art to the page’s edge': (chance) => page(chance, { margin: 0, frame: undefined }),
  'double pages': doublePage,
  'inset panels': inset,
  'panels upon full-bleed art': fullBleed,
  'noisy scans': scan,
  photographs: photograph,
  'strips of 800 × 20,000': strip,
};

/** Pages in colour, read from the left. */
export const plainKinds = Object.fromEntries(
  Object.entries(drawers).map(([kind, draw]) => [
    kind,
    async (chance: Chance): Promise<ChancePage> => {
      clips = 0;
      return { ...(await draw(chance)), direction: 'ltr' };
    },
  ]),
);
