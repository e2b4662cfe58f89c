import { breakLines, textPath, textWidth } from './lettering.ts';
import { type Box, inkColour, join, type Point, paperColour, path, place, type Svg } from './svg.ts';

type BubbleKind = 'speech' | 'shout' | 'thought' | 'caption';

export interface Bubble {
  text: string;
  speaker: string;
  /** Its centre, in the panel's coordinates. */
  at: Point;
  /** The point at which the tail ends. */
  tail?: Point;
  kind?: BubbleKind;
  lines?: number;
  size?: number;
}

export interface Drawn {
  svg: Svg;
  box: Box;
}

const letterSize = 40;
const leading = 1.18;
/** Above this exponent the shape resembles a rounded box more than an ellipse, and uses its corners better. */
const roundness = 2.6;

const round = (value: number): number => Math.round(value * 10) / 10;

/** Draws a superellipse, with a jagged edge for a shout. */
function outline(at: Point, rx: number, ry: number, kind: BubbleKind): string {
  const steps = kind === 'shout' ? 36 : 72;
  const points: string[] = [];
  for (let step = 0; step < steps; step++) {
    const angle = (step / steps) * Math.PI * 2;
    const cos = Math.cos(angle);
    const sin = Math.sin(angle);
    const grow = kind === 'shout' ? (step % 2 ? 1.0 : 1.13 + 0.05 * Math.sin(step * 2.4)) : 1;
    const x = at.x + Math.sign(cos) * Math.abs(cos) ** (2 / roundness) * rx * grow;
    const y = at.y + Math.sign(sin) * Math.abs(sin) ** (2 / roundness) * ry * grow;
    points.push(`${round(x)} ${round(y)}`);
  }
  return `M${points.join('L')}Z`;
}

/** Draws a curved tail from well inside the bubble to its speaker. */
function spike(at: Point, rx: number, ry: number, tip: Point): string {
  const angle = Math.atan2((tip.y - at.y) / ry, (tip.x - at.x) / rx);
  const foot = (turn: number): Point => ({
    x: at.x + Math.cos(angle + turn) * rx * 0.82,
    y: at.y + Math.sin(angle + turn) * ry * 0.82,
  });
  const spread = Math.min(0.36, 30 / Math.min(rx, ry));
  const a = foot(-spread);
  const b = foot(spread);
  const bend = { x: (at.x + tip.x) / 2 + (tip.y - at.y) * 0.1, y: (at.y + tip.y) / 2 };
  return `M${round(a.x)} ${round(a.y)}Q${round(bend.x)} ${round(bend.y)} ${tip.x} ${tip.y}Q${round(bend.x)} ${round(bend.y)} ${round(b.x)} ${round(b.y)}Z`;
}

function thoughtPuffs(at: Point, rx: number, ry: number, tip: Point): Svg {
  const angle = Math.atan2(tip.y - at.y, tip.x - at.x);
  const edge = { x: at.x + Math.cos(angle) * rx * 1.02, y: at.y + Math.sin(angle) * ry * 1.02 };
  return [0.25, 0.6, 0.9]
    .map((part, index) => {
      const x = round(edge.x + (tip.x - edge.x) * part);
      const y = round(edge.y + (tip.y - edge.y) * part);
      return `<circle cx="${x}" cy="${y}" r="${15 - index * 4}" fill="${paperColour}" stroke="${inkColour}" stroke-width="4"/>`;
    })
    .join('');
}

function setLines(text: string, wanted: number | undefined, size: number, caption: boolean): string[] {
  if (wanted) return breakLines(text, wanted, size) ?? [text];
  const target = caption ? 5 : 2.1;
  const candidates = [1, 2, 3, 4, 5].map((count) => breakLines(text, count, size)).filter((lines) => !!lines);
  const proportion = (lines: string[]): number =>
    Math.max(...lines.map((line) => textWidth(line, size))) / (lines.length * size * leading);
  const distance = (lines: string[]): number => Math.abs(Math.log(proportion(lines) / target));
  return candidates.reduce((best, lines) => (distance(lines) < distance(best) ? lines : best));
}

export function drawBubble({
  text,
  at,
  tail,
  kind = 'speech',
  lines: wanted,
  size = letterSize,
}: Bubble): Drawn {
  const lines = setLines(text, wanted, size, kind === 'caption');
  const width = Math.max(...lines.map((line) => textWidth(line, size)));
  const height = lines.length * size * leading;
  const top = at.y - height / 2 + size * 0.87;
  const letters = lines
    .map((line, index) =>
      textPath(line, at.x - textWidth(line, size) / 2, top + index * size * leading, size),
    )
    .join('');
  const lettering = path(letters, { fill: inkColour });

  if (kind === 'caption') {
    const box = { x: at.x - width / 2 - 24, y: at.y - height / 2 - 12, w: width + 48, h: height + 24 };
    const frame = `<rect x="${round(box.x)}" y="${round(box.y)}" width="${round(box.w)}" height="${round(box.h)}" fill="${paperColour}" stroke="${inkColour}" stroke-width="5"/>`;
    return { svg: frame + lettering, box };
  }

  // The smallest oval with the proportions of the text block that contains every corner of every line.
  const rx0 = width / 2 + 22;
  const ry0 = height / 2 + 14;
  let grow = 1;
  lines.forEach((line, index) => {
    const x = (textWidth(line, size) / 2 + 14) / rx0;
    const edge = Math.max(Math.abs(index - lines.length / 2), Math.abs(index + 1 - lines.length / 2));
    const y = (edge * size * leading + 4) / ry0;
    grow = Math.max(grow, (x ** roundness + y ** roundness) ** (1 / roundness));
  });
  const rx = rx0 * grow;
  const ry = ry0 * grow;
  const reach = kind === 'shout' ? 1.16 : 1;
  const body = outline(at, rx, ry, kind);
  const pointed = tail && kind !== 'thought' ? spike(at, rx, ry, tail) : '';
  const svg = join(
    tail && kind === 'thought' && thoughtPuffs(at, rx, ry, tail),
    // All ink comes before all paper, each shape as a separate path: in one path, their windings could cut holes.
    path(body, { fill: inkColour, stroke: inkColour, w: 11 }),
    pointed && path(pointed, { fill: inkColour, stroke: inkColour, w: 11 }),
    path(body, { fill: paperColour, stroke: paperColour, w: 1 }),
    pointed && path(pointed, { fill: paperColour, stroke: paperColour, w: 1 }),
    lettering,
  );
  return { svg, box: { x: at.x - rx * reach, y: at.y - ry * reach, w: rx * 2 * reach, h: ry * 2 * reach } };
}

/** Draws a sound effect: heavy letters with a white outline, outside any bubble. */
export function sound(text: string, at: Point, size: number, turn = 0, fill = inkColour): Svg {
  const letters = textPath(text, -textWidth(text, size, 800) / 2, size * 0.35, size, 800);
  const rim = path(letters, { fill: paperColour, stroke: paperColour, w: size * 0.2 });
  const edge =
    fill === inkColour ? '' : path(letters, { fill: inkColour, stroke: inkColour, w: size * 0.09 });
  return place({ ...at, turn }, rim, edge, path(letters, { fill }));
}
