import type { Box } from '../../../../domain/page.ts';
import { between, type Chance, pick } from './chance.ts';
import { people, things } from './figures.ts';

/** Background of a panel. */
export type Mood = 'white' | 'tone' | 'dark' | 'speed' | 'hatch' | 'town' | 'colour';
const moods: readonly Mood[] = ['white', 'white', 'tone', 'tone', 'dark', 'speed', 'hatch', 'town'];

/** Draws dots like printed screentone, coarse or fine, light or dark. */
export function screentone(chance: Chance, id: string, { x, y, w, h }: Box): string {
  const step = between(chance, 5, 9);
  const r = step * (0.16 + chance() * 0.3);
  return `<pattern id="${id}" patternUnits="userSpaceOnUse" width="${step}" height="${step}" patternTransform="rotate(45)"><circle cx="${step / 2}" cy="${step / 2}" r="${r.toFixed(2)}" fill="#222"/></pattern><rect x="${x}" y="${y}" width="${w}" height="${h}" fill="url(#${id})"/>`;
}

function speedLines(chance: Chance, { x, y, w, h }: Box): string {
  const [cx, cy] = [x + w * (0.3 + 0.4 * chance()), y + h * (0.3 + 0.4 * chance())];
  const reach = w + h;
  return Array.from({ length: 90 }, () => {
    const angle = chance() * 2 * Math.PI;
    const from = Math.min(w, h) * (0.35 + chance() * 0.3);
    const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
    return `<path d="M${(cx + dx * from).toFixed(1)} ${(cy + dy * from).toFixed(1)}L${(cx + dx * reach).toFixed(1)} ${(cy + dy * reach).toFixed(1)}" stroke="#111" stroke-width="${(1 + chance() * 4).toFixed(1)}"/>`;
  }).join('');
}

/** Draws slanted lines, which reach out of the box at its left. */
export function hatching(chance: Chance, { x, y, w, h }: Box, step = between(chance, 9, 20)): string {
  const lines = Array.from(
    { length: Math.ceil((w + h) / step) },
    (_, i) => `M${x + i * step} ${y}l${-h} ${h}`,
  );
  return `<path d="${lines.join('')}" stroke="#333" stroke-width="1.6"/>`;
}

/** Draws houses with windows, whose straight edges are as dark as frames. */
function town(chance: Chance, { x, y, w, h }: Box): string {
  const horizon = y + h * (0.35 + chance() * 0.3);
  const houses = Array.from({ length: between(chance, 2, 5) }, () => {
    const [hw, hh] = [w * (0.12 + chance() * 0.25), (horizon - y) * (0.4 + chance() * 0.6)];
    const hx = x + chance() * (w - hw);
    const panes = [0.2, 0.6].map(
      (at) =>
        `<rect x="${hx + hw * at}" y="${horizon - hh * 0.8}" width="${hw * 0.2}" height="${hh * 0.25}" fill="#fff" stroke="#222" stroke-width="3"/>`,
    );
    return `<rect x="${hx}" y="${horizon - hh}" width="${hw}" height="${hh + 2}" fill="${pick(chance, ['#fff', '#bbb', '#eee', '#555'])}" stroke="#111" stroke-width="3"/>${panes.join('')}`;
  });
  return `${houses.join('')}<path d="M${x} ${horizon}h${w}" stroke="#111" stroke-width="3"/>`;
}

function backdrop(chance: Chance, id: string, box: Box, mood: Mood): string {
  const { x, y, w, h } = box;
  const fill = (colour: string) => `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${colour}"/>`;
  if (mood === 'white') return fill('#fff') + things(chance, box, between(chance, 1, 5));
  if (mood === 'tone') return fill('#fff') + screentone(chance, `${id}t`, box) + things(chance, box, 2);
  if (mood === 'dark') return fill(pick(chance, ['#0c0c0c', '#161616', '#242424'])) + things(chance, box, 3);
  if (mood === 'speed') return fill('#fff') + speedLines(chance, box);
  if (mood === 'hatch') return fill('#fff') + hatching(chance, box);
  if (mood === 'town') return fill('#fff') + town(chance, box);
  return fill(`hsl(${between(chance, 0, 359)} ${between(chance, 20, 60)}% ${between(chance, 35, 75)}%)`);
}

/** Draws a scene into a box: a background, and up to three people. */
export function scene(chance: Chance, id: string, box: Box, mood: Mood = pick(chance, moods)): string {
  return backdrop(chance, id, box, mood) + people(chance, box, between(chance, mood === 'white' ? 1 : 0, 3));
}
