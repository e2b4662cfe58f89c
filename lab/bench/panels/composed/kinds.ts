import { type Chance, chanceOf } from '../drawn/chance.ts';
import type { ChancePage } from '../drawn/sheet.ts';
import {
  foldedSpreads,
  insetsOfAnyRim,
  overlappingPanels,
  softStrips,
  toAllEdges,
  turnedPanels,
  yonkomaOfPictures,
} from './arranged.ts';
import { brushedFrames, doubleOutlines, ovals, roundCorners, tornEdges } from './borders.ts';
import { bookScans, marginNotes, smallPages, texturedGrounds, titleBands } from './grounds.ts';
import { type Material, usualPage } from './usual.ts';

/** Functions that compose pages of true panels, by their kind. */
export const composedKinds: Record<string, (chance: Chance, material: Material) => Promise<ChancePage>> = {
  'usual layouts': usualPage,
  'insets with any rim': insetsOfAnyRim,
  'pictures to all edges': toAllEdges,
  '4-koma in two columns': yonkomaOfPictures,
  'spreads with a picture across': foldedSpreads,
  'strips with soft transitions': softStrips,
  'title bands': titleBands,
  'notes in the margin': marginNotes,
  'scans of a book': bookScans,
  'small and badly compressed': smallPages,
  'textured grounds': texturedGrounds,
  'round corners': roundCorners,
  'circles and ovals': ovals,
  'torn edges': tornEdges,
  'brushed frames': brushedFrames,
  'double outlines': doubleOutlines,
  'turned panels': turnedPanels,
  'overlapping panels': overlappingPanels,
};

/** Composes a page of a kind; the same seed and the same panels give the same page. */
export function composedPage(kind: string, seed: number, material: Material): Promise<ChancePage> {
  const compose = composedKinds[kind];
  if (!compose) throw new Error(`No composed kind is called ${kind}`);
  return compose(chanceOf(seed), material);
}
