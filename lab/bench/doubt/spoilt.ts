import sharp, { type Sharp } from 'sharp';
import type { Box } from '../../../domain/page.ts';
import { chanceOf } from '../panels/drawn/chance.ts';
import { grain } from '../panels/drawn/grain.ts';
import type { TruePage } from '../panels/truth.ts';

/** A page and its truth. */
export interface TruthfulPage {
  truth: TruePage;
  image: Uint8Array;
}

type Spoiler = (page: TruthfulPage, seed: number) => Promise<Uint8Array | TruthfulPage>;

const asJpeg = (image: Sharp) => image.jpeg({ quality: 90 }).toBuffer();
const sizeOf = async (image: Uint8Array) => {
  const { width = 1, height = 1 } = await sharp(image).metadata();
  return { width, height };
};

const blurred =
  (sigma: number): Spoiler =>
  ({ image }) =>
    asJpeg(sharp(image).blur(sigma));

/** Scans at a part of the resolution and enlarges again. */
const lowResolution: Spoiler = async ({ image }) => {
  const { width, height } = await sizeOf(image);
  const small = await sharp(image)
    .resize(Math.round(width * 0.4))
    .png()
    .toBuffer();
  return asJpeg(sharp(small).resize(width, height, { fit: 'fill' }));
};

const noisy: Spoiler = async ({ image }, seed) => {
  const input = await grain(chanceOf(seed), await sizeOf(image), 40);
  return asJpeg(sharp(image).composite([{ input, blend: 'soft-light' }]));
};

/** Turns by one to three degrees around the middle, on white, together with the true boxes. */
const turned: Spoiler = async ({ image, truth }, seed) => {
  const chance = chanceOf(seed);
  const angle = (1 + 2 * chance()) * (chance() < 0.5 ? 1 : -1);
  const { width, height } = await sizeOf(image);
  const background = '#fff';
  const whole = await sharp(image).flatten({ background }).rotate(angle, { background }).png().toBuffer();
  const size = await sizeOf(whole);
  const [left, top] = [(size.width - width) >> 1, (size.height - height) >> 1];
  const radians = (angle * Math.PI) / 180;
  const at = (px: number, py: number) => {
    const [dx, dy] = [px - width / 2, py - height / 2];
    return {
      x: width / 2 + dx * Math.cos(radians) - dy * Math.sin(radians),
      y: height / 2 + dx * Math.sin(radians) + dy * Math.cos(radians),
    };
  };
  const turnedBox = <T extends Box>(box: T): T => {
    const { x, y, w, h } = box;
    const corners = [at(x, y), at(x + w, y), at(x, y + h), at(x + w, y + h)];
    const span = (values: number[], most: number) => {
      const within = values.map((value) => Math.round(Math.min(most, Math.max(0, value))));
      return [Math.min(...within), Math.max(...within)] as const;
    };
    const [from, to] = span(
      corners.map((corner) => corner.x),
      width,
    );
    const [high, low] = span(
      corners.map((corner) => corner.y),
      height,
    );
    return { ...box, x: from, y: high, w: to - from, h: low - high };
  };
  return {
    image: await asJpeg(sharp(whole).extract({ left, top, width, height })),
    truth: { ...truth, panels: truth.panels.map(turnedBox), bubbles: truth.bubbles?.map(turnedBox) },
  };
};

/** Covers the right eighth of the lettering of every third bubble, like a scan that ends too early. */
const cutOff: Spoiler = async ({ image, truth }, seed) => {
  const cut = (truth.bubbles ?? []).filter(({ spoken }, i) => spoken && (i + seed) % 3 === 0);
  const { width, height } = await sizeOf(image);
  const covers = cut.map(
    ({ x, y, w, h }) =>
      `<rect x="${x + w * 0.88}" y="${y - 2}" width="${w * 0.12 + 3}" height="${h + 4}" fill="#fff"/>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${covers.join('')}</svg>`;
  return asJpeg(sharp(image).composite([{ input: Buffer.from(svg) }]));
};

/** Ways of spoiling pages before they are read. */
export const spoilers: Readonly<Record<string, Spoiler>> = {
  blurred: blurred(1.6),
  'very blurred': blurred(3),
  'of low resolution': lowResolution,
  'saved badly': ({ image }) => sharp(image).jpeg({ quality: 20 }).toBuffer(),
  noisy,
  turned,
  pale: ({ image }) => asJpeg(sharp(image).linear(0.35, 165)),
  'cut off': cutOff,
};

/** Spoils a page in one way. */
export async function spoiltPage(page: TruthfulPage, way: string, seed: number): Promise<TruthfulPage> {
  const done = await (spoilers[way] as Spoiler)(page, seed);
  return done instanceof Uint8Array ? { ...page, image: done } : done;
}

/** Joins two pages into one picture, like an open book, with the first where reading starts. */
export async function merged(
  first: TruthfulPage,
  second: TruthfulPage,
  direction: string,
): Promise<TruthfulPage> {
  const [left, right] = direction === 'rtl' ? [second, first] : [first, second];
  const [sizeLeft, sizeRight] = [await sizeOf(left.image), await sizeOf(right.image)];
  const width = sizeLeft.width + sizeRight.width;
  const height = Math.max(sizeLeft.height, sizeRight.height);
  const book = sharp({ create: { width, height, channels: 3, background: '#fff' } }).composite([
    { input: Buffer.from(left.image), left: 0, top: 0 },
    { input: Buffer.from(right.image), left: sizeLeft.width, top: 0 },
  ]);
  const moved =
    (page: TruthfulPage) =>
    <T extends Box>(box: T): T =>
      page === right ? { ...box, x: box.x + sizeLeft.width } : box;
  const panels = [first, second].flatMap((page) => page.truth.panels.map(moved(page)));
  const [own, others] = [first.truth.bubbles, second.truth.bubbles];
  const before = first.truth.panels.length;
  return {
    image: await asJpeg(book),
    truth: {
      ...first.truth,
      panels,
      ambiguous: first.truth.ambiguous || second.truth.ambiguous,
      bubbles: own &&
        others && [
          ...own.map(moved(first)),
          ...others.map((bubble) => ({
            ...moved(second)(bubble),
            panel: bubble.panel === null ? null : bubble.panel + before,
          })),
        ],
      lettered: [...first.truth.lettered, ...second.truth.lettered],
    },
  };
}
