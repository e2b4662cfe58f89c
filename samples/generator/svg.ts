/** SVG text. Every drawing function returns a plain string; there is no scene graph. */
export type Svg = string;
export interface Point {
  x: number;
  y: number;
}
export interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

export const inkColour = '#1a1a1f';
export const paperColour = '#ffffff';
export const accent = '#d9363e';
export const accentDark = '#a8232f';

export const join = (...parts: (Svg | false | undefined)[]): Svg => parts.filter(Boolean).join('');

export interface Look {
  fill?: string;
  stroke?: string;
  w?: number;
  o?: number;
}

const attributes = ({ fill = 'none', stroke, w = 5, o }: Look): string =>
  `fill="${fill}"${stroke ? ` stroke="${stroke}" stroke-width="${w}" stroke-linejoin="round" stroke-linecap="round"` : ''}${o === undefined ? '' : ` opacity="${o}"`}`;

export const path = (d: string, look: Look): Svg => `<path d="${d}" ${attributes(look)}/>`;
export const rect = (x: number, y: number, w: number, h: number, look: Look & { r?: number }): Svg =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}"${look.r ? ` rx="${look.r}"` : ''} ${attributes(look)}/>`;
export const ellipse = (cx: number, cy: number, rx: number, ry: number, look: Look): Svg =>
  `<ellipse cx="${cx}" cy="${cy}" rx="${rx}" ry="${ry}" ${attributes(look)}/>`;

/** Returns a path with fill and ink, the most common style. */
export const shape = (d: string, fill: string, w = 5): Svg => path(d, { fill, stroke: inkColour, w });
export const line = (d: string, w = 5, stroke = inkColour): Svg => path(d, { stroke, w });

export interface Placing {
  x?: number;
  y?: number;
  s?: number;
  flip?: boolean;
  turn?: number;
}

/** Moves, turns, mirrors and scales a drawing around its origin. */
export function place({ x = 0, y = 0, s = 1, flip = false, turn = 0 }: Placing, ...parts: Svg[]): Svg {
  const turning = turn ? ` rotate(${turn})` : '';
  return `<g transform="translate(${x} ${y})${turning} scale(${flip ? -s : s} ${s})">${parts.join('')}</g>`;
}

/** Draws a limb: a thick inked stroke with a thinner one inside, so that it bends with its path. */
export const limb = (d: string, width: number, fill: string, ink = 5): Svg =>
  join(path(d, { stroke: inkColour, w: width + ink * 2 }), path(d, { stroke: fill, w: width }));

/** Draws a white halo that separates dark figures from a dark night. */
export const halo = (d: string, w = 16, stroke = paperColour): Svg => path(d, { fill: stroke, stroke, w });

/** Returns a seeded random generator (mulberry32), so that every run draws the same. */
export function chance(seed: number): (from: number, to: number) => number {
  let state = seed;
  return (from, to) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    const unit = ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    return Math.round((from + unit * (to - from)) * 10) / 10;
  };
}
