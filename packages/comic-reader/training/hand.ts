import { between, type Chance } from './chance.ts';

/** How a line is written; lengths are in pixels of the page. */
export interface Hand {
  /** Size of an em. */
  size: number;
  spacing: number;
  /** Width of letters and of spaces, in those of the font. */
  stretch: number;
  wordSpace: number;
  /** Horizontal shift per pixel upwards. */
  slant: number;
  /** Share by which letters differ in size and height, and the radians by which they turn. */
  unsteady: number;
  /** A wave of the baseline. */
  wave: { height: number; phase: number };
  /** Rise of the line per pixel. */
  tilt: number;
  /** Width of a stroke around the letters; a negative one makes them thinner. */
  bold: number;
  /** Smooth displacement of all points: the waves of both directions, each along and across. */
  warp: { by: number; waves: readonly Wave[] };
}

interface Wave {
  length: number;
  phase: number;
}

const turn = 6.3;

/** Returns a random hand: most lines differ from the font in some ways, none in all. */
export function handBy(chance: Chance): Hand {
  const size = Math.exp(between(chance, Math.log(17), Math.log(60)));
  const often = (share: number, from: number, to: number, otherwise = 0) =>
    chance() < share ? between(chance, from, to) : otherwise;
  return {
    size,
    spacing: often(0.45, -0.035, 0.1) * size,
    stretch: often(0.4, 0.8, 1.2, 1),
    wordSpace: often(0.5, 0.75, 1.6, 1),
    slant: often(0.5, -0.09, 0.36),
    unsteady: often(0.35, 0.01, 0.09),
    wave: { height: often(0.2, 0.02, 0.09) * size, phase: chance() * turn },
    tilt: often(0.3, -0.035, 0.035),
    bold: often(0.45, -0.035, 0.07) * size,
    warp: {
      by: often(0.4, 0.01, 0.055) * size,
      waves: Array.from({ length: 4 }, () => ({
        length: size * between(chance, 0.5, 2),
        phase: chance() * turn,
      })),
    },
  };
}
