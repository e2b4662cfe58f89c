import sharp, { type Sharp } from 'sharp';
import { type Picture, seen } from '../../../domain/likeness/picture.ts';
import type { Box } from '../../../domain/page.ts';
import { panelPicture } from '../../../providers/media/panel-picture.ts';
import { chancePage, kinds } from '../panels/drawn/kinds.ts';

/** A panel, cut out of its page. */
export interface Cut {
  image: Buffer;
  width: number;
  height: number;
}

/** Panels that are smaller, or empty, never become a thumbnail. */
const least = 200;

/** Cuts the larger panels out of drawn pages; `half` has its pages to itself. */
export async function drawnCuts(half: 0 | 1, count: number): Promise<Cut[]> {
  const names = Object.keys(kinds);
  const cuts: Cut[] = [];
  for (let page = 0; cuts.length < count; page++) {
    const kind = names[page % names.length] as string;
    const { image, panels } = await chancePage(kind, 7000 + 2 * page + half);
    cuts.push(...(await cutsOf(image, panels)));
  }
  return cuts.slice(0, count);
}

/** Cuts the larger panels out of a page. */
async function cutsOf(image: Uint8Array, panels: readonly Box[]): Promise<Cut[]> {
  const { width: w = 0, height: h = 0 } = await sharp(image).metadata();
  const cuts: Cut[] = [];
  for (const panel of panels) {
    const [left, top] = [Math.max(0, Math.floor(panel.x)), Math.max(0, Math.floor(panel.y))];
    const width = Math.min(w - left, Math.floor(panel.w));
    const height = Math.min(h - top, Math.floor(panel.h));
    if (Math.min(width, height) < least) continue;
    const part = sharp(image).extract({ left, top, width, height }).flatten({ background: '#fff' });
    const cut = { image: await part.jpeg({ quality: 95 }).toBuffer(), width, height };
    if (seen(await pictureOf(cut)).whole) cuts.push(cut);
  }
  return cuts;
}

export const pictureOf = ({ image, width, height }: Cut): Promise<Picture> =>
  panelPicture(image, { x: 0, y: 0, w: width, h: height });

const recoloured = [
  ['another hue', (image) => image.modulate({ hue: 120 })],
  ['grey', (image) => image.greyscale().toColourspace('srgb')],
  ['a tint', (image) => image.tint('#8060c0')],
  ['darker', (image) => image.modulate({ brightness: 0.7 })],
  ['steeper', (image) => image.linear(1.3, -30)],
] as const satisfies readonly (readonly [string, (image: Sharp) => Sharp])[];

/** Ways to change a picture so that viewers still recognise it. */
export const changes: Readonly<Record<string, (cut: Cut, chance: () => number) => Promise<Cut>>> = {
  ...Object.fromEntries(
    recoloured.map(([name, change]) => [
      `recoloured: ${name}`,
      async (cut: Cut) => ({
        ...cut,
        image: await change(sharp(cut.image)).jpeg({ quality: 95 }).toBuffer(),
      }),
    ]),
  ),
  'cut by up to a tenth at each side': (cut, chance) => cutAt(cut, () => 0.1 * chance()),
  'cut by a fifth at one corner': (cut, chance) => {
    const [left, top] = [chance() < 0.5, chance() < 0.5];
    return cutAt(cut, (side) =>
      (side === 'left' && left) ||
      (side === 'right' && !left) ||
      (side === 'top' && top) ||
      (side === 'bottom' && !top)
        ? 0.2
        : 0,
    );
  },
  'cut and recoloured': async (cut, chance) => {
    const smaller = await cutAt(cut, () => 0.08 * chance());
    return {
      ...smaller,
      image: await sharp(smaller.image)
        .modulate({ hue: 60, brightness: 1.1 })
        .jpeg({ quality: 95 })
        .toBuffer(),
    };
  },
  'a smaller, worse scan': async (cut) => {
    const image = await sharp(cut.image)
      .resize(Math.round(cut.width / 2))
      .blur(1)
      .jpeg({ quality: 40 })
      .toBuffer();
    const { width = 1, height = 1 } = await sharp(image).metadata();
    return { image, width, height };
  },
};

type Side = 'left' | 'top' | 'right' | 'bottom';

async function cutAt({ image, width: w, height: h }: Cut, share: (side: Side) => number): Promise<Cut> {
  const [left, top] = [Math.floor(w * share('left')), Math.floor(h * share('top'))];
  const width = Math.floor(w * (1 - share('right'))) - left;
  const height = Math.floor(h * (1 - share('bottom'))) - top;
  return {
    image: await sharp(image).extract({ left, top, width, height }).jpeg({ quality: 95 }).toBuffer(),
    width,
    height,
  };
}
