import type { Box } from '../../../../domain/page.ts';
import { between, type Chance, pick } from './chance.ts';

const inks = ['#111', '#1a1a1a', '#222'] as const;
const skins = ['#fff', '#fff', '#f4f4f4', '#e4e4e4'] as const;
const cloths = ['#fff', '#111', '#888', '#ccc', '#444'] as const;

interface Person {
  /** The centre of the head, and its size. */
  cx: number;
  cy: number;
  size: number;
  /** Where the picture of the body ends. */
  bottom: number;
  girth?: number;
}

/** Draws a person from the head down. */
export function figure(
  chance: Chance,
  { cx, cy, size, bottom, girth = 0.9 + chance() * 0.4 }: Person,
): string {
  const ink = pick(chance, inks);
  const skin = pick(chance, skins);
  const stroke = (size / 28).toFixed(1);
  const line = `stroke="${ink}" stroke-width="${stroke}"`;
  const shoulder = size * girth;
  const top = cy + size * 0.55;
  const body = `M${cx - size * 0.18} ${top}Q${cx - shoulder} ${top + size * 0.2} ${cx - shoulder * 1.05} ${bottom}L${cx + shoulder * 1.05} ${bottom}Q${cx + shoulder} ${top + size * 0.2} ${cx + size * 0.18} ${top}Z`;
  const spikes = Array.from({ length: 7 }, (_, i) => {
    const angle = Math.PI + (i / 6) * Math.PI;
    const reach = size * (0.56 + chance() * 0.25);
    return `L${(cx + Math.cos(angle) * reach).toFixed(1)} ${(cy + Math.sin(angle) * reach).toFixed(1)}`;
  }).join('');
  const hair = `M${cx - size * 0.45} ${cy}${spikes}L${cx + size * 0.45} ${cy}Q${cx} ${cy - size * 0.5} ${cx - size * 0.45} ${cy}Z`;
  const eyes = [-1, 1]
    .map(
      (side) =>
        `<ellipse cx="${cx + side * size * 0.18}" cy="${cy + size * 0.06}" rx="${size * 0.07}" ry="${size * 0.11}" fill="${ink}"/>`,
    )
    .join('');
  const mouth = `<path d="M${cx - size * 0.1} ${cy + size * 0.3}q${size * 0.1} ${(chance() - 0.3) * size * 0.2} ${size * 0.2} 0" fill="none" ${line}/>`;
  return `<path d="${body}" fill="${pick(chance, cloths)}" ${line}/><ellipse cx="${cx}" cy="${cy}" rx="${size * 0.42}" ry="${size * 0.5}" fill="${skin}" ${line}/>${eyes}${mouth}<path d="${hair}" fill="${pick(chance, ['#111', '#fff', '#777', '#333'])}" ${line}/>`;
}

/** Draws people standing on a box's lower edge, whatever is above them. */
export function people(chance: Chance, { x, y, w, h }: Box, count: number): string {
  return Array.from({ length: count }, (_, i) => {
    const size = Math.min(h * 0.5, w * 0.5) * (0.5 + chance() * 0.6);
    const cx = x + (w * (i + 0.3 + 0.4 * chance())) / count;
    const cy = y + h - size * (1 + chance() * 0.9);
    return figure(chance, { cx, cy, size, bottom: y + h + 8 });
  }).join('');
}

/** Draws a few objects in outline, like the sparse backgrounds of manga. */
export function things(chance: Chance, { x, y, w, h }: Box, count: number): string {
  return Array.from({ length: count }, () => {
    const [px, py] = [x + chance() * w, y + chance() * h];
    const size = Math.min(w, h) * (0.06 + chance() * 0.2);
    const stroke = `fill="none" stroke="#222" stroke-width="${between(chance, 2, 4)}"`;
    return pick(chance, [
      () => `<path d="M${px} ${py}q${size} ${-size} ${size * 2} 0t${size} ${size * 0.5}" ${stroke}/>`,
      () => `<path d="M${px} ${py}l${size} ${size * 0.2}l${-size * 0.2} ${size}z" ${stroke}/>`,
      () => `<circle cx="${px}" cy="${py}" r="${size * 0.5}" ${stroke}/>`,
      () => `<path d="M${px} ${py}c${size} ${-size * 2} ${size * 2} ${size * 2} ${size * 3} 0" ${stroke}/>`,
    ])();
  }).join('');
}
