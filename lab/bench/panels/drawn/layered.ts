import type { Box } from '../../../../domain/page.ts';
import { between, type Chance, pick } from './chance.ts';
import { figure } from './figures.ts';
import { directionBy } from './off-the-page.ts';
import { boxOf, cornersOf, inDirection, rowsOf, shapeOf, usualLayout } from './shape.ts';
import { type ChancePage, Sheet } from './sheet.ts';

/** A picture that fills the page, with one to three panels in a row or a column on top of it, each with or without a rim. */
export async function splashWithInsets(chance: Chance): Promise<ChancePage> {
  const direction = directionBy(chance);
  const sheet = new Sheet(chance, usualLayout);
  const margin = chance() < 0.6 ? -10 : 60;
  const { width, height } = usualLayout;
  const whole = { x: margin, y: margin, w: width - 2 * margin, h: height - 2 * margin };
  const size = between(chance, 260, 420);
  const over = figure(chance, { cx: between(chance, 350, 850), cy: 800, size, bottom: height + 20 });
  // Without a margin, even art can't be told from paper.
  const mood = pick(chance, ['tone', 'town', 'hatch', margin < 0 ? 'speed' : 'dark'] as const);
  const splash = sheet.panel({ points: cornersOf(whole) }, { mood, over });
  const boxes = insetBoxes(chance, direction);
  const rim = chance() < 0.7 ? between(chance, 6, 14) : 0;
  for (const { x, y, w, h } of rim > 0 ? boxes : [])
    sheet.add(
      `<rect x="${x - rim}" y="${y - rim}" width="${w + 2 * rim}" height="${h + 2 * rim}" fill="#fff"/>`,
    );
  const insets = boxes.map((box) => sheet.panel(shapeOf(box)));
  return { image: await sheet.image(), direction, panels: [splash, ...insets] };
}

/** Returns boxes in a row at the foot of the page or in a column at the side that is read last, in reading order. */
function insetBoxes(chance: Chance, direction: 'ltr' | 'rtl'): Box[] {
  const { width, height } = usualLayout;
  const count = between(chance, 1, 3);
  const away = between(chance, 85, 130);
  const gap = between(chance, 24, 40);
  if (chance() < 0.5) {
    const w = Math.round((width - 2 * away - 2 * gap) / 3);
    const h = between(chance, 260, 400);
    return Array.from({ length: count }, (_, i) => ({
      x:
        direction === 'rtl'
          ? away + (count - 1 - i) * (w + gap)
          : width - away - (count - i) * w - (count - 1 - i) * gap,
      y: height - away - h,
      ...{ w, h },
    }));
  }
  const [w, h] = [between(chance, 260, 380), between(chance, 240, 330)];
  return Array.from({ length: count }, (_, i) => ({
    x: direction === 'rtl' ? away : width - away - w,
    y: height - away - (count - i) * h - (count - 1 - i) * gap,
    ...{ w, h },
  }));
}

/** Panels on paper whose colour changes evenly from one side of the page to another, with or without frames. */
export async function gradientGrounds(chance: Chance): Promise<ChancePage> {
  const direction = directionBy(chance);
  const layout = { ...usualLayout, gutter: between(chance, 16, 40), margin: between(chance, 30, 70) };
  const sheet = new Sheet(chance, layout);
  const [hue, saturation] = [between(chance, 0, 359), chance() < 0.4 ? 0 : between(chance, 20, 70)];
  const [from, to] =
    chance() < 0.7
      ? [between(chance, 85, 100), between(chance, 40, 75)]
      : [between(chance, 5, 20), between(chance, 35, 60)];
  const [x2, y2] = pick(chance, [
    [0, 1],
    [0, 1],
    [1, 0],
    [1, 1],
  ] as const);
  sheet.add(
    `<linearGradient id="ground" x1="0" y1="0" x2="${x2}" y2="${y2}"><stop offset="0" stop-color="hsl(${hue} ${saturation}% ${from}%)"/><stop offset="1" stop-color="hsl(${hue} ${saturation}% ${to}%)"/></linearGradient><rect width="100%" height="100%" fill="url(#ground)"/>`,
  );
  const isFramed = chance() < 0.7;
  const panels = inDirection(rowsOf(chance, layout), direction).map((shape) =>
    sheet.panel(
      shape,
      isFramed ? {} : { width: 0, mood: pick(chance, ['tone', 'hatch', 'town', 'white'] as const) },
    ),
  );
  return { image: await sheet.image(), direction, panels };
}

/** A person as high as two or three rows, who stands in front of the panels and hides a part of the gutters between them. */
export async function personBeforePanels(chance: Chance): Promise<ChancePage> {
  const direction = directionBy(chance);
  const sheet = new Sheet(chance, usualLayout);
  const shapes = inDirection(rowsOf(chance, { ...usualLayout, rows: [3, 3], columns: [1, 2] }), direction);
  const panels = shapes.map((shape) => sheet.panel(shape));
  const lowest = between(chance, 1, 2);
  const boxes = shapes.filter(({ row }) => row === lowest).map(({ points }) => boxOf(points, sheet.size));
  const bottom = Math.max(...boxes.map(({ y, h }) => y + h));
  const size = between(chance, 150, 230);
  const rows = lowest === 2 && chance() < 0.5 ? 3 : 2;
  const first = shapes.find(({ row }) => row === lowest - rows + 1);
  const top = first ? boxOf(first.points, sheet.size).y : 60;
  sheet.add(
    figure(chance, {
      cx: pick(chance, [0.2, 0.5, 0.8]) * usualLayout.width,
      cy: top + size * (0.8 + chance() * 0.8),
      size,
      bottom: bottom - 2,
      girth: 0.8,
    }),
  );
  return { image: await sheet.image(), direction, panels };
}
