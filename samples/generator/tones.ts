import { inkColour, join, paperColour, type Svg } from './svg.ts';

/** Defines a screentone: rows of dots at 45° in four weights, black on clear, and white on clear for the night. */
function dots(id: string, radius: number, pitch: number, fill: string): Svg {
  const half = pitch / 2;
  return `<pattern id="${id}" width="${pitch}" height="${pitch}" patternUnits="userSpaceOnUse"><circle cx="${half / 2}" cy="${half / 2}" r="${radius}" fill="${fill}"/><circle cx="${half * 1.5}" cy="${half * 1.5}" r="${radius}" fill="${fill}"/></pattern>`;
}

function hatch(id: string, pitch: number, width: number, turn: number): Svg {
  return `<pattern id="${id}" width="${pitch}" height="${pitch}" patternUnits="userSpaceOnUse" patternTransform="rotate(${turn})"><rect width="${width}" height="${pitch}" fill="${inkColour}"/></pattern>`;
}

const fade = (id: string, from: string, to: string): Svg =>
  `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient>`;

const glow = (id: string, colour: string): Svg =>
  `<radialGradient id="${id}"><stop offset="0" stop-color="${colour}"/><stop offset="1" stop-color="${colour}" stop-opacity="0"/></radialGradient>`;

export const tones: Svg = join(
  dots('tone1', 1.5, 10, inkColour),
  dots('tone2', 2.1, 10, inkColour),
  dots('tone3', 2.8, 10, inkColour),
  dots('tone4', 3.4, 10, inkColour),
  dots('snow', 1.6, 12, paperColour),
  hatch('hatch', 9, 2, 40),
  hatch('stripe', 26, 13, 90),
  fade('night', '#22242e', '#6d707d'),
  fade('dusk', '#3a3d4a', '#b9bbc4'),
  fade('day', '#ffffff', '#dfe1e6'),
  `<linearGradient id="fog" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#fff" stop-opacity="0"/><stop offset="0.5" stop-color="#fff" stop-opacity="0.75"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></linearGradient>`,
  glow('light', '#ffffff'),
);

export const tone = {
  pale: 'url(#tone1)',
  mid: 'url(#tone2)',
  dark: 'url(#tone3)',
  deep: 'url(#tone4)',
  snow: 'url(#snow)',
  hatch: 'url(#hatch)',
  stripe: 'url(#stripe)',
  night: 'url(#night)',
  dusk: 'url(#dusk)',
  day: 'url(#day)',
  fog: 'url(#fog)',
  light: 'url(#light)',
} as const;
