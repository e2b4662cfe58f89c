import { type Chance, chanceOf } from '../drawn/chance.ts';
import type { ChancePage } from '../drawn/sheet.ts';
import {
  diagonalSplits,
  foldedSpreads,
  insetsOfAnyRim,
  overlappingPanels,
  pinwheels,
  softStrips,
  toAllEdges,
  turnedPanels,
  yonkomaOfPictures,
} from './arranged.ts';
import { brushedFrames, doubleOutlines, ovals, roundCorners, tornEdges } from './borders.ts';
import {
  bookScans,
  creditStrips,
  marginNotes,
  nightPages,
  shadowedPanels,
  smallPages,
  texturedGrounds,
  titleBands,
  twoGrounds,
} from './grounds.ts';
import {
  albums,
  askewScans,
  cutPages,
  edgeToEdge,
  equalGrids,
  fadingEdges,
  fadingGrounds,
  hairGutters,
  panelsOnPicture,
  slats,
  staggeredStrips,
  tintedRows,
} from './layouts.ts';
import { freehandFrames, openPanels } from './open-frames.ts';
import { brokenFrames, captionsAcross, marginBalloons, soundsAcross, watermarks } from './over-frames.ts';
import { colouredStrips, screenshots, titlePages } from './screens.ts';
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
  'people and shouts over frames': brokenFrames,
  'sounds across gutters': soundsAcross,
  'balloons into the margin': marginBalloons,
  'panels open on a side': openPanels,
  'frames drawn by hand': freehandFrames,
  'diagonal splits': diagonalSplits,
  'night pages': nightPages,
  'credits at the foot': creditStrips,
  'pictures of a phone’s screen': screenshots,
  'strips on a coloured ground': colouredStrips,
  'title pages': titlePages,
  'captions across gutters': captionsAcross,
  watermarks,
  'white and black grounds': twoGrounds,
  'panels with a shadow': shadowedPanels,
  'panels around another one': pinwheels,
  'albums with small panels': albums,
  'panels of one size': equalGrids,
  'high narrow panels': slats,
  'panels on a picture': panelsOnPicture,
  'rows from edge to edge': edgeToEdge,
  'edges that fade': fadingEdges,
  'gutters like a hair': hairGutters,
  'scans askew': askewScans,
  'pages cut by a screen': cutPages,
  'grounds that fade': fadingGrounds,
  'strips left and right': staggeredStrips,
  'rows in a tint': tintedRows,
};

/** Composes a page of a kind; the same seed and the same panels give the same page. */
export function composedPage(kind: string, seed: number, material: Material): Promise<ChancePage> {
  const compose = composedKinds[kind];
  if (!compose) throw new Error(`No composed kind is called ${kind}`);
  return compose(chanceOf(seed), material);
}
