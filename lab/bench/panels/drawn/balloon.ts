import type { Box } from '../../../../domain/page.ts';
import {
  type Face,
  linesOf,
  pathOf,
  widthOf,
} from '../../../../packages/comic-reader/src/testing/drawn-letters.fixture.ts';
import { between, type Chance, pick } from './chance.ts';

/** Handwriting of a page. */
export interface Hand {
  face: Face;
  size: number;
  capitals: boolean;
  /** Lines are centred unless they all start at the same place. */
  align?: 'start';
  /** Unsteadiness of the hand: letters differ in height and size by random shares of their size. */
  unsteady?: { by: number; chance: Chance };
  /** Horizontal shift of the top of a letter, in its heights. */
  slant?: number;
}

/** Draws a line of text as path data, letter by letter if the hand is unsteady. */
function lineBy({ face, size, unsteady, slant = 0 }: Hand, line: string, x: number, y: number): string {
  let pen = x;
  const letters = unsteady ? [...line.normalize('NFC')] : [line];
  const path = letters.map((letter) => {
    const by = () => (unsteady ? (unsteady.chance() - 0.5) * 2 * unsteady.by : 0);
    const drawn = pathOf(letter, face, size * (1 + by()), pen, y + by() * size);
    pen += widthOf(letter, face, size);
    return drawn;
  });
  if (slant === 0) return path.join('');
  return path
    .join('')
    .replace(
      /(-?[\d.]+) (-?[\d.]+)/g,
      (_, px, py) => `${(Number(px) + (y - Number(py)) * slant).toFixed(1)} ${py}`,
    );
}

export function handOf(chance: Chance): Hand {
  const face = pick(chance, ['baloo-2', 'patrick-hand', 'patrick-hand'] as const);
  return { face, size: between(chance, 23, 30), capitals: chance() < 0.4 };
}

/** Lettering around a centre, with the box of its ink and the box of what is drawn around it. */
export interface Lettered {
  text: string;
  /** Number of lines. */
  lines: number;
  letters: string;
  ink: Box;
  around: Box;
}

const lineHeight = 1.2;

/** Lays out words in lines no wider than `width`, centred on a point; line breaks of the text are kept. */
export function lettering(text: string, hand: Hand, cx: number, cy: number, width: number): Lettered {
  const { face, size } = hand;
  const lines = (hand.capitals ? text.toUpperCase() : text)
    .split('\n')
    .flatMap((part) => linesOf(part, face, size, width));
  const widest = Math.max(...lines.map((line) => widthOf(line, face, size)));
  const height = lines.length * size * lineHeight;
  const top = cy - height / 2;
  const paths = lines.map((line, i) =>
    lineBy(
      hand,
      line,
      hand.align === 'start' ? cx - widest / 2 : cx - widthOf(line, face, size) / 2,
      top + (i * lineHeight + 0.92) * size,
    ),
  );
  const box = (x: number, y: number, w: number, h: number): Box => ({
    ...{ x: Math.max(0, Math.round(x)), y: Math.max(0, Math.round(y)) },
    ...{ w: Math.round(w), h: Math.round(h) },
  });
  const ink = box(cx - widest / 2, top + 0.15 * size, widest, height - 0.1 * size);
  const [rx, ry] = [widest * 0.6 + size * 0.8, height * 0.62 + size * 0.7];
  const around = box(cx - rx, cy - ry, 2 * rx, 2 * ry);
  return { text, lines: lines.length, letters: paths.join(''), ink, around };
}

const middle = ({ x, y, w, h }: Box) => ({ cx: x + w / 2, cy: y + h / 2, rx: w / 2, ry: h / 2 });
const letters = ({ letters: path }: Lettered, ink = '#111') => `<path d="${path}" fill="${ink}"/>`;

/** Draws the tail of a balloon towards a point. */
function tail({ around }: Lettered, [toX, toY]: readonly [number, number]): string {
  const { cx, cy, rx, ry } = middle(around);
  const angle = Math.atan2((toY - cy) / ry, (toX - cx) / rx);
  const at = (turn: number) =>
    `${(cx + Math.cos(angle + turn) * rx * 0.96).toFixed(1)} ${(cy + Math.sin(angle + turn) * ry * 0.96).toFixed(1)}`;
  return `<path d="M${at(-0.18)}L${toX.toFixed(1)} ${toY.toFixed(1)}L${at(0.18)}" fill="#fff" stroke="#111" stroke-width="3"/>`;
}

/** Draws balloons whose outlines merge, as one shape; a single one is an ordinary balloon. */
export function balloons(all: readonly Lettered[], towards?: readonly [number, number]): string {
  const shape = (extra: string) =>
    all
      .map(({ around }) => {
        const { cx, cy, rx, ry } = middle(around);
        return `<ellipse cx="${cx}" cy="${cy}" rx="${rx}" ry="${ry}" ${extra}/>`;
      })
      .join('');
  const last = all.at(-1);
  const pointer = towards && last ? tail(last, towards) : '';
  return `${shape('fill="#fff" stroke="#111" stroke-width="6"')}${pointer}${shape('fill="#fff"')}${all.map((one) => letters(one)).join('')}`;
}

/** Draws a balloon with spikes, for shouts. */
export function burst(chance: Chance, lettered: Lettered): string {
  const { cx, cy, rx, ry } = middle(lettered.around);
  const spikes = between(chance, 14, 26);
  const points = Array.from({ length: spikes * 2 }, (_, i) => {
    const reach = i % 2 === 0 ? 1.15 + chance() * 0.25 : 0.98;
    const angle = (i / spikes) * Math.PI;
    return `${(cx + Math.cos(angle) * rx * reach).toFixed(1)},${(cy + Math.sin(angle) * ry * reach).toFixed(1)}`;
  });
  return `<polygon points="${points.join(' ')}" fill="#fff" stroke="#111" stroke-width="3"/>${letters(lettered)}`;
}

/** Draws a rectangle with words: a caption, a screen or a sign, light or dark. */
export function plate(
  lettered: Lettered,
  { fill = '#fff', ink = '#111', rim = 3, round = 0, pad = 14, wider = 0 } = {},
): string {
  const { x, y, w, h } = lettered.ink;
  return `<rect x="${x - pad}" y="${y - pad}" width="${w + 2 * pad + wider}" height="${h + 2 * pad}" rx="${round}" fill="${fill}" stroke="${ink}" stroke-width="${rim}"/>${letters(lettered, ink)}`;
}
