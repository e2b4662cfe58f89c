import { overlap } from 'comic-reader/steps';
import sharp from 'sharp';
import type { Box } from '../../../../domain/page.ts';
import type { TrueChapter } from '../chapters.ts';
import { type Chance, pick } from '../drawn/chance.ts';
import type { PageChoice } from '../page-choice.ts';

/** Width of a frame and what a JPEG adds to it, in shorter sides of the page: the rim of a true panel is cut off. */
const rim = 0.008;
/** Smaller panels, in shorter sides of the page, show too little to fill another one. */
const leastSide = 0.15;
/** Largest and smallest size of a picture on a composed page, in its own sizes: lines stay as thick as those of a page. */
const [most, least] = [1.25, 0.8];

/** A true panel without its frame. */
export interface Picture {
  width: number;
  height: number;
  image: Buffer;
}

/** Returns the true panels of a chapter's chosen pages; those that are partly behind another one are left out. */
export async function picturesOf({ pages, image }: TrueChapter, chosen: PageChoice): Promise<Picture[]> {
  const pictures: Picture[] = [];
  for (const { file, panels } of pages.filter(({ number }) => chosen(number))) {
    const bytes = await image(file);
    const { width = 1, height = 1 } = await sharp(bytes).metadata();
    const side = Math.min(width, height);
    const cut = Math.ceil(rim * side);
    const alone = panels.filter((box) => panels.every((other) => other === box || overlap(box, other) === 0));
    for (const { x, y, w, h } of alone.filter((box) => Math.min(box.w, box.h) >= leastSide * side)) {
      const inner = { left: x + cut, top: y + cut, width: w - 2 * cut, height: h - 2 * cut };
      const art = await sharp(bytes).extract(inner).jpeg({ quality: 96 }).toBuffer();
      pictures.push({ width: inner.width, height: inner.height, image: art });
    }
  }
  return pictures;
}

/** Returns a random picture that fills a box, as SVG: as much of it as has the shape of the box. */
export async function artFor(
  chance: Chance,
  pictures: readonly Picture[],
  { x, y, w, h }: Box,
): Promise<string> {
  const sizeOf = ({ width, height }: Picture) => Math.max(w / width, h / height, least);
  const fitting = pictures.filter((one) => sizeOf(one) <= most);
  const [nearest] = [...pictures].sort((a, b) => sizeOf(a) - sizeOf(b));
  const picture = fitting.length > 0 ? pick(chance, fitting) : nearest;
  if (!picture) throw new Error('No panel is large enough to compose a page of');
  const [width, height] = [w, h].map((length) => Math.max(1, Math.floor(length / sizeOf(picture)))) as [
    number,
    number,
  ];
  const left = Math.floor(chance() * (picture.width - width + 1));
  const top = Math.floor(chance() * (picture.height - height + 1));
  const art = await sharp(picture.image)
    .extract({ left, top, width, height })
    .resize(w, h, { fit: 'fill' })
    .jpeg({ quality: 96 })
    .toBuffer();
  return `<image x="${x}" y="${y}" width="${w}" height="${h}" href="data:image/jpeg;base64,${art.toString('base64')}"/>`;
}
