import type { Box } from '../../../../domain/page.ts';
import { between, type Chance, pick } from '../drawn/chance.ts';
import type { Point } from '../drawn/shape.ts';
import type { ChancePage, Frame, Sheet } from '../drawn/sheet.ts';
import { type Material, type Style, variedPage } from './usual.ts';

/* Panels whose frames have gaps, or are not drawn with a ruler. */

/** Some panels have a frame on two or three sides only, and end at the others or fade into the paper. */
export const openPanels = (chance: Chance, material: Material): Promise<ChancePage> =>
  variedPage(chance, material, {
    layout: { slant: 0, lean: 0, gutter: between(chance, 20, 45), upright: between(chance, 16, 40) },
    frame: (points, frame, style) => {
      const framed = { ...frame, width: Math.max(3, frame.width ?? 0) };
      return chance() < 0.4 ? opened(chance, points, framed, style) : framed;
    },
  });

function opened(
  chance: Chance,
  points: readonly Point[],
  { width = 3, colour = '#111', ...frame }: Frame,
  { ground }: Style,
): Frame {
  const first = between(chance, 0, 3);
  const open = new Set([first, ...(chance() < 0.5 ? [(first + pick(chance, [1, 2, 3])) % 4] : [])]);
  const soft = pick(chance, [0, 30, 60]);
  const sides = points.map(([x, y], i) => {
    const [toX, toY] = points[(i + 1) % points.length] as Point;
    return { i, line: `M${x} ${y}L${toX} ${toY}` };
  });
  const faded = sides.filter(({ i }) => open.has(i) && soft > 0);
  const fades = faded.map(({ line }) =>
    Array.from(
      { length: 8 },
      (_, k) =>
        `<path d="${line}" fill="none" stroke="${ground}" stroke-opacity="0.35" stroke-width="${(2 * soft * (k + 1)) / 8}"/>`,
    ).join(''),
  );
  const lines = sides.filter(({ i }) => !open.has(i)).map(({ line }) => line);
  return {
    ...frame,
    width: 0,
    over: `${fades.join('')}<path d="${lines.join('')}" fill="none" stroke="${colour}" stroke-width="${2 * width}"/>`,
  };
}

/** Frames that are dashed or dotted, wave, or are sketched with lines that cross at the corners. */
export function freehandFrames(chance: Chance, material: Material): Promise<ChancePage> {
  const kind = pick(chance, ['dashed', 'dotted', 'wavy', 'sketched'] as const);
  const width = between(chance, 3, 6);
  const layout = { slant: 0, lean: 0, gutter: between(chance, 24, 50), upright: between(chance, 24, 40) };
  if (kind === 'sketched')
    return variedPage(chance, material, {
      layout,
      frame: (_, frame) => ({ ...frame, width: 0 }),
      over: (sheet, { frame }, panels) => {
        for (const box of panels) sketch(sheet, box, frame.colour ?? '#111');
      },
    });
  if (kind === 'wavy') {
    const [long, high] = [between(chance, 40, 90), between(chance, 3, 8)];
    return variedPage(chance, material, {
      layout,
      frame: (points, frame) => ({ ...frame, width, outline: waves(points, long, high) }),
    });
  }
  const dashes =
    kind === 'dashed' ? `${between(chance, 12, 40)} ${between(chance, 8, 24)}` : `0 ${3 * width}`;
  return variedPage(chance, material, {
    layout,
    frame: (points, { colour = '#111', ...frame }) => ({
      ...frame,
      width: 0,
      over: `<path d="M${points.map((point) => point.join(' ')).join('L')}Z" fill="none" stroke="${colour}" stroke-width="${2 * width}" stroke-dasharray="${dashes}" stroke-linecap="${kind === 'dotted' ? 'round' : 'butt'}"/>`,
    }),
  });
}

function waves(points: readonly Point[], long: number, high: number): string {
  const path = points.flatMap(([x, y], i) => {
    const [toX, toY] = points[(i + 1) % points.length] as Point;
    const length = Math.hypot(toX - x, toY - y);
    const [alongX, alongY] = [(toX - x) / length, (toY - y) / length];
    const count = Math.round(length / long) * long;
    return Array.from({ length: Math.floor(length / 6) }, (_, k) => {
      const out = high * Math.sin((2 * Math.PI * 6 * k * Math.round(count / long)) / length);
      return `${(x + alongX * 6 * k + alongY * out).toFixed(1)} ${(y + alongY * 6 * k - alongX * out).toFixed(1)}`;
    });
  });
  return `M${path.join('L')}Z`;
}

/** Draws the frame of a box by hand: two or three lines along each side that do not end at its corners. */
function sketch(sheet: Sheet, { x, y, w, h }: Box, colour: string): void {
  const { chance } = sheet;
  const near = (at: number) => at + (chance() - 0.5) * 8;
  const beyond = () => between(chance, -4, 16);
  const lines = Array.from({ length: between(chance, 2, 3) }, () => [
    ...[y, y + h].map(
      (at) => `M${x - beyond()} ${near(at)}L${x + w / 2} ${near(at)}L${x + w + beyond()} ${near(at)}`,
    ),
    ...[x, x + w].map(
      (at) => `M${near(at)} ${y - beyond()}L${near(at)} ${y + h / 2}L${near(at)} ${y + h + beyond()}`,
    ),
  ]);
  sheet.add(
    `<path d="${lines.flat().join('')}" fill="none" stroke="${colour}" stroke-width="${between(chance, 2, 4)}"/>`,
  );
}
