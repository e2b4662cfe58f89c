import type { Mood } from './art.ts';
import { between, type Chance, pick } from './chance.ts';
import { bleeding, inDirection, type Layout, rowsOf, usualLayout } from './shape.ts';
import { type ChancePage, type Frame, Sheet } from './sheet.ts';

export const directionBy = (chance: Chance) => (chance() < 0.7 ? 'rtl' : 'ltr');

/** Draws rows of panels, each with the frame of `frameOf`. */
export async function rowPage(
  chance: Chance,
  over: Partial<Layout> & { ground?: string },
  frameOf: (sheet: Sheet) => Frame = () => ({}),
): Promise<ChancePage> {
  const layout = { ...usualLayout, ...over };
  const direction = directionBy(chance);
  const sheet = new Sheet(chance, layout, over.ground);
  const panels = inDirection(rowsOf(chance, layout), direction).map((shape) =>
    sheet.panel(shape, frameOf(sheet)),
  );
  return { image: await sheet.image(), direction, panels };
}

/** Pictures without frames up to the edges of the page, with narrow gutters of white or black between them. */
export function picturesToAllEdges(chance: Chance): Promise<ChancePage> {
  const ground = pick(chance, ['#fff', '#000']);
  const moods = ['tone', 'colour', 'hatch', 'town', ground === '#fff' ? 'dark' : 'white'] as const;
  return rowPage(chance, { margin: 0, gutter: between(chance, 8, 16), ground }, () => ({
    width: 0,
    mood: pick(chance, moods),
  }));
}

/** Panels at the page's edge extend off the page, on random sides. Their frame is drawn only on the other sides. */
export async function bleedPage(
  chance: Chance,
  mood: Mood | undefined,
  over: Partial<Layout> = {},
): Promise<ChancePage> {
  const layout = { ...usualLayout, ...over };
  const direction = directionBy(chance);
  const sheet = new Sheet(chance, layout);
  const open = new Set(['top', 'bottom', 'left', 'right'].filter(() => chance() < 0.55));
  if (open.size === 0) open.add(pick(chance, ['top', 'bottom', 'left', 'right']));
  const panels = inDirection(rowsOf(chance, layout), direction).map((shape) =>
    sheet.panel(
      chance() < 0.7 ? bleeding(shape, open, layout) : shape,
      mood && chance() < 0.8 ? { mood } : {},
    ),
  );
  return { image: await sheet.image(), direction, panels };
}
