import sharp from 'sharp';
import type { Box } from '../../../../domain/page.ts';
import type { TrueBubble } from '../truth.ts';
import { type Mood, scene } from './art.ts';
import { between, type Chance } from './chance.ts';
import { boxOf, type Layout, type Shape, wobbly } from './shape.ts';

/** A random page, with its panels in reading order. */
export interface ChancePage {
  image: Buffer;
  direction: 'ltr' | 'rtl';
  panels: Box[];
  /** Lettering in reading order, and its language, for pages that score words. */
  bubbles?: TrueBubble[];
  language?: 'vi' | 'en';
}

export interface Frame {
  colour?: string;
  width?: number;
  mood?: Mood;
  /** A drawing in the panel instead of a scene. */
  art?: string;
  /** The path of its outline; by default shaky straight lines between its corners. */
  outline?: string;
  /** Width of a rim outside of the frame, in the colour of the ground. */
  rim?: number;
  /** Drawn on top of the art, inside the panel. */
  over?: string;
  /** Drawn behind the panel. */
  under?: string;
}

/** A page under construction, with its parts in drawing order. */
export class Sheet {
  readonly #parts: string[] = [];
  #ids = 0;
  readonly chance: Chance;
  readonly size: { width: number; height: number };
  readonly ground: string;

  constructor(chance: Chance, { width, height }: Pick<Layout, 'width' | 'height'>, ground = '#fff') {
    this.chance = chance;
    this.size = { width, height };
    this.ground = ground;
  }

  id(): string {
    this.#ids++;
    return `s${this.#ids}`;
  }

  add(svg: string): void {
    this.#parts.push(svg);
  }

  /** Draws a panel and returns its box; without a width its picture has no frame. */
  panel({ points }: Pick<Shape, 'points'>, frame: Frame = {}): Box {
    const {
      colour = '#111',
      width = 4,
      mood,
      over = '',
      under = '',
      rim = 0,
      outline = wobbly(this.chance, points),
    } = frame;
    const box = boxOf(points, this.size);
    this.add(under);
    const id = this.id();
    const art = frame.art ?? scene(this.chance, id, box, mood);
    if (rim > 0)
      this.add(
        `<path d="${outline}" fill="none" stroke="${this.ground}" stroke-width="${2 * rim + width}"/>`,
      );
    this.add(
      `<clipPath id="${id}"><path d="${outline}"/></clipPath><g clip-path="url(#${id})">${art}${over}</g>`,
    );
    if (width > 0) this.add(`<path d="${outline}" fill="none" stroke="${colour}" stroke-width="${width}"/>`);
    return box;
  }

  /** Returns the page as a scan: slightly soft or sharp, with a little grain, as a JPEG. */
  async image(): Promise<Buffer> {
    const { width, height } = this.size;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="${this.ground}"/>${this.#parts.join('')}</svg>`;
    const drawn = sharp(Buffer.from(svg), { unlimited: true }).removeAlpha();
    const soft = this.chance() < 0.4 ? drawn.blur(0.4 + this.chance() * 0.5) : drawn;
    return soft
      .composite([{ input: await grain(this.chance), tile: true }])
      .jpeg({ quality: between(this.chance, 70, 94) })
      .toBuffer();
  }
}

/** Draws a tile of barely visible grey specks, sometimes none. */
function grain(chance: Chance): Promise<Buffer> {
  const side = 128;
  const most = chance() * 16;
  const data = new Uint8Array(side * side * 4);
  for (let at = 0; at < data.length; at += 4) {
    const grey = chance() < 0.5 ? 0 : 255;
    data.set([grey, grey, grey, chance() * most], at);
  }
  return sharp(data, { raw: { width: side, height: side, channels: 4 } })
    .png()
    .toBuffer();
}
