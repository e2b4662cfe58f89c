import type { Box } from '../../../../domain/page.ts';
import { screentone } from './art.ts';
import { balloons, burst, handOf, lettering, plate } from './balloon.ts';
import { between, type Chance, pick } from './chance.ts';
import { figure } from './figures.ts';
import { directionBy, rowPage } from './off-the-page.ts';
import { speechFor } from './sentences.ts';
import { boxOf, inDirection, rowsOf, type Shape, usualLayout } from './shape.ts';
import { type ChancePage, Sheet } from './sheet.ts';

/** Large balloons, bursts and pale screens, which are as light and as straight as a gutter. */
export async function lightShapes(chance: Chance): Promise<ChancePage> {
  const direction = directionBy(chance);
  const sheet = new Sheet(chance, usualLayout);
  const hand = handOf(chance);
  const panels = inDirection(rowsOf(chance, usualLayout), direction).map((shape) => {
    const box = boxOf(shape.points, sheet.size);
    const over = Array.from({ length: between(chance, 1, 2) }, (_, i) =>
      lightShape(sheet, box, hand, i),
    ).join('');
    return sheet.panel(shape, { over });
  });
  return { image: await sheet.image(), direction, panels };
}

function lightShape(sheet: Sheet, { x, y, w, h }: Box, hand: ReturnType<typeof handOf>, i: number): string {
  const { chance } = sheet;
  const [text = ''] = speechFor(chance, 'en', 1);
  const lettered = lettering(
    text,
    hand,
    x + w * (0.25 + 0.5 * chance()),
    y + h * (0.25 + 0.5 * chance()),
    w * 0.45,
  );
  if (i > 0) return balloons([lettered]);
  return pick(chance, [
    () => balloons([lettered]),
    () => burst(chance, lettered),
    () => plate(lettered),
    () => {
      // A screen, a sheet of paper, a beam: from one side of the panel to the other, or nearly.
      const across = chance() < 0.5;
      const thick = (across ? h : w) * (0.12 + chance() * 0.3);
      const at = (across ? y : x) + ((across ? h : w) - thick) * (0.2 + 0.6 * chance());
      const inset = chance() < 0.5 ? 0 : 25;
      const [px, py, pw, ph] = across
        ? [x + inset, at, w - 2 * inset, thick]
        : [at, y + inset, thick, h - 2 * inset];
      return `<rect x="${px}" y="${py}" width="${pw}" height="${ph}" fill="#fbfbfb" stroke="#111" stroke-width="3"/>`;
    },
  ])();
}

/** People and balloons over the gutters between panels. */
export async function acrossGutters(
  chance: Chance,
  what: 'people' | 'balloons' | 'both',
): Promise<ChancePage> {
  const direction = directionBy(chance);
  const sheet = new Sheet(chance, usualLayout);
  const hand = handOf(chance);
  const shapes = inDirection(rowsOf(chance, { ...usualLayout, columns: [1, 3] }), direction);
  const panels = shapes.map((shape) => sheet.panel(shape));
  const crossing = shapes.filter(({ row, column }) => row + column > 0).slice(0, between(chance, 2, 4));
  for (const [i, shape] of crossing.entries()) {
    const box = boxOf(shape.points, sheet.size);
    if (what === 'people' || (what === 'both' && i % 2 === 0)) sheet.add(breakingOut(chance, box, shape));
    else {
      const [text = ''] = speechFor(chance, 'en', 1);
      const [cx, cy] =
        shape.column > 0
          ? [box.x, box.y + box.h * (0.2 + 0.6 * chance())]
          : [box.x + box.w * (0.25 + 0.5 * chance()), box.y];
      sheet.add(balloons([lettering(text, hand, cx, cy, 210)]));
    }
  }
  return { image: await sheet.image(), direction, panels };
}

/** Draws a person in a panel whose head is above it. */
function breakingOut(chance: Chance, { x, y, w, h }: Box, { row }: Shape): string {
  const size = Math.min(h * 0.4, w * 0.4) * (0.8 + 0.4 * chance());
  const cx = x + w * (0.3 + 0.4 * chance());
  return row > 0
    ? figure(chance, { cx, cy: y - size * 0.1, size, bottom: y + h - 2 })
    : figure(chance, { cx: x, cy: y + h * 0.5, size, bottom: y + h - 2 });
}

/** Bands of screentone a few pixels thick, next to panels and along the page's edges, which are not panels. */
export async function toneSlivers(chance: Chance): Promise<ChancePage> {
  const page = rowsOf(chance, { ...usualLayout, gutter: 30 });
  const direction = directionBy(chance);
  const sheet = new Sheet(chance, usualLayout);
  const panels = inDirection(page, direction).map((shape) => sheet.panel(shape));
  for (const { x, y, w, h } of panels.slice(0, between(chance, 2, 4))) {
    const thick = between(chance, 6, 14);
    const band = pick(chance, [
      { x, y: y + h + 4, w, h: thick },
      { x: x + w + 4, y, w: thick, h },
      { x: 0, y, w: between(chance, 14, 40), h },
      { x, y: 0, w, h: between(chance, 14, 34) },
    ]);
    sheet.add(screentone(chance, sheet.id(), band));
  }
  return { image: await sheet.image(), direction, panels };
}

/** Black paper: white or grey frames, or night scenes without frames. */
export const blackPages = (chance: Chance): Promise<ChancePage> => {
  const framed = chance() < 0.6;
  return rowPage(chance, { ground: '#000' }, () =>
    framed
      ? { colour: pick(chance, ['#fff', '#bbb']) }
      : { width: 0, mood: pick(chance, ['tone', 'white', 'town', 'hatch'] as const) },
  );
};
