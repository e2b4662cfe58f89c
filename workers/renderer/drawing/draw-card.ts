import sharp, { type Sharp } from 'sharp';
import type { Card } from '../../../domain/shots.ts';
import { letterSize } from '../lettering/latin-letters.ts';
import { type Lettering, letteringOf } from '../lettering/lettering.ts';
import { inLines, inLinesWhole, shortened } from '../lettering/lines.ts';
import type { Size } from '../shots/shot.ts';

/** Backdrop: blurred at a small size, and dark enough for white letters. */
const blurred = { width: 240, sigma: 6, brightness: 0.38, saturation: 0.8 };
/** Sizes of letters, relative to the frame's shorter side, and the maximum number of lines of each text. */
const headingSizes = [0.115, 0.095, 0.075, 0.06];
const lineSizes = [0.05, 0.042, 0.036];
const mostLines = 3;
/** Text that must be complete can be smaller, and take more lines. */
const wholeSizes = [...lineSizes, 0.03, 0.026];
const mostWholeLines = 5;
/** Smallest scale of all text together, when there is much of it. */
const smallestCard = 0.6;
/** Letters of this font reach 0.95 of their size above the baseline, with two marks on top, and 0.28 below. */
const leading = 1.16;

interface Area extends Size {
  x: number;
  y: number;
}

/** Height of the text in an upright frame, as a part of it: little text leaves the rest to the art. */
const upright = { least: 0.245, most: 0.42, from: 0.06, to: 0.69, gap: 0.025 };

/**
 * Areas of art and text: side by side, or one below the other in an upright frame, with the text above the subtitles.
 * @param needed height of the text at its full size
 */
function areasOf({ width, height }: Size, needed: number): { art: Area; words: Area } {
  const area = (x: number, y: number, w: number, h: number) => ({
    x: x * width,
    y: y * height,
    width: w * width,
    height: h * height,
  });
  if (width > height) return { art: area(0.055, 0.09, 0.4, 0.82), words: area(0.5, 0.09, 0.445, 0.72) };
  const { least, most, from, to, gap } = upright;
  const share = Math.max(least, Math.min(most, needed / height));
  return {
    art: area(0.08, from, 0.84, to - share - gap - from),
    words: area(0.08, to - share, 0.84, share),
  };
}

/** Draws a card of the frame's size as 8-bit RGB: the art over a blurred, dark copy of itself, and the text beside it. */
export async function drawCard(card: Card, art: Sharp, frame: Size): Promise<Buffer> {
  const letters = await letteringOf([card.heading, ...card.lines]);
  const areas = areasOf(frame, layOutAll(card, letters, areasOf(frame, 0).words.width, sideOf(frame)).total);
  const [picture, behind] = await Promise.all([
    art
      .clone()
      .resize(Math.round(areas.art.width), Math.round(areas.art.height), {
        fit: 'inside',
        kernel: 'lanczos3',
      })
      .toColourspace('srgb')
      .png({ compressionLevel: 0 })
      .toBuffer({ resolveWithObject: true }),
    backdrop(art.clone(), frame),
  ]);
  const { width, height } = picture.info;
  // The art is aligned towards the text, so that both form one group.
  const place = {
    left: Math.round(
      frame.width > frame.height
        ? areas.art.x + areas.art.width - width
        : areas.art.x + (areas.art.width - width) / 2,
    ),
    top: Math.round(areas.art.y + (areas.art.height - height) / 2),
  };
  return sharp(behind.data, { raw: behind.info })
    .composite([
      { input: Buffer.from(wordsOf(card, letters, areas.words, frame, { ...place, width, height })) },
      { input: picture.data, ...place },
    ])
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer();
}

async function backdrop(art: Sharp, { width, height }: Size) {
  const small = Math.max(1, Math.round((blurred.width * height) / width));
  const blurry = await art
    .resize(blurred.width, small, { fit: 'cover' })
    .blur(blurred.sigma)
    .modulate({ brightness: blurred.brightness, saturation: blurred.saturation })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { data, info } = await sharp(blurry.data, { raw: blurry.info })
    .resize(width, height, { fit: 'fill', kernel: 'cubic' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, info: { width: info.width, height: info.height, channels: info.channels } };
}

interface Text {
  lines: string[];
  size: number;
  colour: string;
}

/** What sizes of letters are relative to; larger in an upright frame, which is shown on a phone. */
const sideOf = ({ width, height }: Size) => Math.min(width, height) * (width < height ? 1.2 : 1);

/** Lays out all texts of a card; `total` is their height. */
function layOutAll({ heading, lines }: Card, letters: Lettering, width: number, side: number) {
  const texts = [
    layOut(heading, letters, headingLook, width, side),
    ...lines.map((line) => layOut(line, letters, lineLook, width, side)),
  ].filter(({ lines }) => lines.length > 0);
  const gap = 0.022 * side;
  const total = texts.reduce((sum, { lines, size }) => sum + lines.length * leading * size + gap, -gap);
  return { texts, gap, total };
}

/** Returns the text as SVG, in the middle of its area, and the shadow of the art. */
function wordsOf(
  card: Card,
  letters: Lettering,
  words: Area,
  frame: Size,
  art: { left: number; top: number } & Size,
): string {
  let side = sideOf(frame);
  const smallest = side * smallestCard;
  let layout = layOutAll(card, letters, words.width, side);
  while (layout.total > words.height && side > smallest) {
    side *= 0.95;
    layout = layOutAll(card, letters, words.width, side);
  }
  const { texts, gap, total } = layout;
  let y = words.y + Math.max(0, (words.height - total) / 2);
  const drawn = texts.flatMap(({ lines, size, colour }) => {
    const paths = lines.map((line, index) =>
      letters.paths(line, words.x, y + (index * leading + 0.92) * size, size),
    );
    y += lines.length * leading * size + gap;
    return `<g fill="${colour}">${paths.join('')}</g>`;
  });
  const shade = 0.012 * side;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${frame.width}" height="${frame.height}">
<filter id="soft" x="-20%" y="-20%" width="140%" height="140%"><feGaussianBlur stdDeviation="${shade.toFixed(1)}"/></filter>
<rect x="${art.left}" y="${(art.top + shade).toFixed(1)}" width="${art.width}" height="${art.height}" fill="#000" fill-opacity="0.6" filter="url(#soft)"/>
<g stroke="#111" stroke-width="${(0.08 * letterSize).toFixed(1)}" stroke-linejoin="round" paint-order="stroke">${drawn.join('')}</g>
</svg>`;
}

interface Look {
  sizes: readonly number[];
  /** Sizes at which more lines are preferred to omitted words. */
  sizesOfAll: readonly number[];
  colour: string;
}
const headingLook: Look = { sizes: headingSizes, sizesOfAll: [], colour: '#fff' };
const lineLook: Look = { sizes: lineSizes, sizesOfAll: wholeSizes, colour: '#ffe2a8' };

/** Returns the text at the largest size at which it takes few lines, or at which it is complete. */
function layOut(
  text: string,
  letters: Lettering,
  { sizes, sizesOfAll, colour }: Look,
  width: number,
  side: number,
): Text {
  const words = letters.drawable(text);
  if (words === '') return { lines: [], size: 0, colour };
  for (const part of sizes) {
    const lines = inLines(words, width / (part * side), mostLines, letters);
    if (lines) return { lines, size: part * side, colour };
  }
  for (const part of sizesOfAll) {
    const lines = inLinesWhole(words, width / (part * side), mostWholeLines, letters);
    if (lines) return { lines, size: part * side, colour };
  }
  const size = (sizes.at(-1) ?? 0) * side;
  return { lines: shortened(words, width / size, mostLines, letters), size, colour };
}
