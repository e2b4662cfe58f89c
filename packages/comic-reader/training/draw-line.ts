import { between, type Chance } from './chance.ts';
import { type Face, glyphOf } from './fonts.ts';
import type { Hand } from './hand.ts';

/** A line of lettering as a picture, and where it is in it, in pixels. */
export interface DrawnLine {
  svg: string;
  width: number;
  height: number;
  /** Around the letters without their marks. */
  box: { x: number; y: number; w: number; h: number };
  /** Median height of the letters without their marks. */
  letterHeight: number;
  letters: number;
}

/** Narrowest space between words, in ems: the space of some fonts is so narrow that people read one word. */
const leastSpace = 0.17;
/** White around a line, in heights of its letters: more than the reader looks at. */
const room = 3.5;

/** Draws a line of text; returns null if the font lacks one of its characters. */
export function drawLine(
  chance: Chance,
  text: string,
  { face, hand }: { face: Face; hand: Hand },
): DrawnLine | null {
  const { size, stretch, spacing, wordSpace } = hand;
  const ink = new Extent();
  const bodies = new Extent();
  const heights: number[] = [];
  let pen = 0;
  let path = '';
  for (const character of text) {
    if (character === ' ') {
      const space = glyphOf(' ', face);
      const own = space ? space.glyph.advanceWidth / space.unitsPerEm : 0.25;
      pen += Math.max(leastSpace, own * wordSpace) * size * stretch + spacing;
      continue;
    }
    const found = glyphOf(character, face);
    if (!found) return null;
    const by = () => (chance() - 0.5) * 2 * hand.unsteady;
    const zoom = size * (1 + by());
    const lift = by() * size + hand.wave.height * Math.sin(hand.wave.phase + pen / (2.5 * size));
    const place = placing(hand, { pen, lift, turn: by() });
    for (const { type, x1, y1, x2, y2, x, y } of found.glyph.getPath(0, 0, zoom).commands) {
      const points = [
        [x1, y1],
        [x2, y2],
        [x, y],
      ].flatMap(([u, v]) => (u === undefined || v === undefined ? [] : [place(u, v)]));
      path += type + points.map(([u, v]) => `${u.toFixed(2)} ${v.toFixed(2)}`).join(' ');
      for (const point of points) ink.add(...point);
    }
    const body = bodyOf(character, face, size);
    if (body) {
      heights.push(body.bottom - body.top);
      bodies.add(0, body.top);
      bodies.add(0, body.bottom);
    }
    pen += (found.glyph.advanceWidth / found.unitsPerEm) * zoom * stretch + spacing;
  }
  if (heights.length === 0) return null;
  const letterHeight = heights.sort((a, b) => a - b)[heights.length >> 1] as number;
  const around = Math.ceil(room * letterHeight);
  const width = Math.ceil(ink.right - ink.left) + 2 * around;
  const height = Math.ceil(ink.bottom - ink.top) + 2 * around;
  const [dx, dy] = [around - ink.left, around - ink.top];
  const [top, bottom] = [Math.min(0, bodies.top), Math.max(0, bodies.bottom)];
  const box = { x: around, y: top + dy, w: ink.right - ink.left, h: bottom - top };
  const svg = pictureOf(greysBy(chance), { width, height, dx, dy, path, bold: hand.bold });
  return { svg, width, height, box, letterHeight, letters: heights.length };
}

class Extent {
  top = Number.POSITIVE_INFINITY;
  bottom = Number.NEGATIVE_INFINITY;
  left = Number.POSITIVE_INFINITY;
  right = Number.NEGATIVE_INFINITY;

  add(x: number, y: number): void {
    this.left = Math.min(this.left, x);
    this.right = Math.max(this.right, x);
    this.top = Math.min(this.top, y);
    this.bottom = Math.max(this.bottom, y);
  }
}

/** Returns where a point of a letter is drawn. */
function placing(
  { stretch, slant, tilt, warp }: Hand,
  { pen, lift, turn }: { pen: number; lift: number; turn: number },
) {
  const [cosine, sine] = [Math.cos(turn), Math.sin(turn)];
  const bend = (along: number, across: number, first: 0 | 2) => {
    const of = (at: number, wave: number) => {
      const { length, phase } = warp.waves[wave] ?? { length: 1, phase: 0 };
      return Math.sin(at / length + phase);
    };
    return warp.by * (of(along, first) + of(across, first + 1)) * 0.7;
  };
  return (x: number, y: number): [number, number] => {
    const down = x * stretch * sine + y * cosine + lift;
    const across = pen + (x * stretch * cosine - y * sine) - down * slant;
    return [across + bend(down, across, 0), down + tilt * across + bend(across, down, 2)];
  };
}

/** Returns the extent of a letter or digit without its marks, from the baseline; null for other characters. */
function bodyOf(character: string, face: Face, size: number) {
  const plain = character.normalize('NFD').replace(/\p{M}/gu, '');
  if (!/[\p{L}\p{N}]/u.test(plain)) return null;
  const commands = glyphOf(plain, face)?.glyph.getPath(0, 0, size).commands ?? [];
  const heights = commands.flatMap(({ y }) => (y === undefined ? [] : [y]));
  return { top: Math.min(0, ...heights), bottom: Math.max(...heights, Number.NEGATIVE_INFINITY) };
}

interface Greys {
  ground: number;
  ink: number;
}

/** Returns the greys of ground and ink: most lines are black on white, others white on black, on a tone, or pale. */
function greysBy(chance: Chance): Greys {
  const kind = chance();
  const some = (ground: [number, number], ink: [number, number]): Greys => ({
    ground: between(chance, ...ground),
    ink: between(chance, ...ink),
  });
  if (kind < 0.1) return some([0, 70], [200, 255]);
  if (kind < 0.25) return some([150, 225], [0, 80]);
  if (kind < 0.33) return some([225, 255], [80, 140]);
  return some([232, 255], [0, 60]);
}

interface Drawing {
  width: number;
  height: number;
  dx: number;
  dy: number;
  path: string;
  bold: number;
}

function pictureOf({ ground, ink }: Greys, { width, height, dx, dy, path, bold }: Drawing): string {
  const grey = (value: number) => `rgb(${[value, value, value].map(Math.round).join()})`;
  const stroke =
    bold === 0
      ? ''
      : ` stroke="${grey(bold > 0 ? ink : ground)}" stroke-width="${Math.abs(bold).toFixed(2)}" stroke-linejoin="round"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="${grey(ground)}"/><path transform="translate(${dx} ${dy})" d="${path}" fill="${grey(ink)}"${stroke}/></svg>`;
}
