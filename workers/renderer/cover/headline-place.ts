import { type Cover, overlap } from '../../../domain/cover.ts';
import type { Box } from '../../../domain/page.ts';

/** The part of a page that a thumbnail shows, and the edge along which its headline is drawn. */
export interface HeadlinePlace {
  crop: Box;
  edge: 'bottom' | 'top';
}

type Drawn = Pick<Cover, 'panel' | 'lettering'>;

/** Returns `best`, and the crops of the same size that begin or end at lettering, with or without a headline, the nearest first. */
function cropsNear(best: Box, { panel, lettering }: Drawn, headline: number): Box[] {
  const xs = lettering.flatMap(({ x, w }) => [x, x + w, x - best.w, x + w - best.w]);
  const ys = lettering.flatMap(({ y, h }) => [
    ...[y, y + h, y - best.h, y + h - best.h],
    ...[y - headline, y + h - headline, y - best.h + headline, y + h - best.h + headline],
  ]);
  const within = (from: number, size: number, at: number) => Math.max(from, Math.min(from + size, at));
  const crops = [
    ...xs.map((x) => ({ ...best, x: within(panel.x, panel.w - best.w, x) })),
    ...ys.map((y) => ({ ...best, y: within(panel.y, panel.h - best.h, y) })),
  ];
  const distance = ({ x, y }: Box) => Math.abs(x - best.x) + Math.abs(y - best.y);
  return [best, ...crops.sort((a, b) => distance(a) - distance(b))];
}

/**
 * Returns where a headline of `share` of the picture's height does not cover lettering; undefined if it would everywhere. Prefers the
 * lower edge, then crops near to the `best` one, whose middle is always seen.
 */
export function headlinePlace(cover: Drawn, best: Box, share: number): HeadlinePlace | undefined {
  const height = Math.min(best.h, Math.ceil(share * best.h));
  const [x, y] = [best.x + Math.floor(best.w / 2), best.y + Math.floor(best.h / 2)];
  const middle: Box = { x, y, w: 1, h: 1 };
  const isFree = ({ crop, edge }: HeadlinePlace) => {
    const headline = { ...crop, y: edge === 'top' ? crop.y : crop.y + crop.h - height, h: height };
    const covered = [...cover.lettering, middle].some((box) => overlap(box, headline));
    return !covered && overlap(crop, middle);
  };
  const crops = cropsNear(best, cover, height);
  const places = (['bottom', 'top'] as const).flatMap((edge) => crops.map((crop) => ({ crop, edge })));
  return places.find(isFree);
}
