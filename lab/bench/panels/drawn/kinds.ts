import { type Chance, chanceOf } from './chance.ts';
import { acrossGutters, blackPages, lightShapes, toneSlivers } from './inside-panels.ts';
import { gradientGrounds, personBeforePanels, splashWithInsets } from './layered.ts';
import { captionsAndTalk, joinedTalk, signsAndTalk, talkAcross, wideTalk } from './lettered.ts';
import { noisesInTheArt } from './noises.ts';
import { oddBalloons } from './odd-balloons.ts';
import { framelessPictures, insets, lShaped, splash, spread, staggered, yonkoma } from './odd-layouts.ts';
import { oddThings } from './odd-things.ts';
import { bleedPage, picturesToAllEdges, rowPage } from './off-the-page.ts';
import { plainKinds } from './plain.ts';
import type { ChancePage } from './sheet.ts';
import {
  captionsAnywhere,
  saidInTheOpen,
  saidOverHatching,
  thingsAtEdges,
  thingsWithWords,
  windowsOfLines,
} from './things.ts';

/** Functions that draw pages, by their difficulty. */
export const kinds: Record<string, (chance: Chance) => Promise<ChancePage>> = {
  ...plainKinds,
  'manga pages': (chance) => rowPage(chance, {}),
  'white art off the page': (chance) => bleedPage(chance, 'white'),
  'any art off the page': (chance) => bleedPage(chance, undefined),
  'slanted gutters off the page': (chance) =>
    bleedPage(chance, undefined, { slant: 160, lean: 120, gutter: 12 }),
  'narrow slanted gutters': (chance) => rowPage(chance, { slant: 180, lean: 90, gutter: 8 }),
  'balloons, bursts and screens': lightShapes,
  'people across gutters': (chance) => acrossGutters(chance, 'people'),
  'balloons across gutters': (chance) => acrossGutters(chance, 'balloons'),
  'people and balloons across': (chance) => acrossGutters(chance, 'both'),
  'frameless pictures': framelessPictures,
  'insets with a rim': (chance) => insets(chance, { rim: true, corner: false }),
  'insets without a rim': (chance) => insets(chance, { rim: false, corner: false }),
  'insets on a corner': (chance) => insets(chance, { rim: true, corner: true }),
  'one line between panels': (chance) => rowPage(chance, { gutter: 0 }),
  'splash pages': splash,
  'slivers of screentone': toneSlivers,
  '4-koma in one column': (chance) => yonkoma(chance, 1),
  '4-koma in two columns': (chance) => yonkoma(chance, 2),
  'spreads of two pages': (chance) => spread(chance, false),
  'spreads with a picture across': (chance) => spread(chance, true),
  'staggered rows': staggered,
  'panels in the shape of an L': lShaped,
  'black paper': blackPages,
  'pictures to all edges': picturesToAllEdges,
  'splash pages with insets': splashWithInsets,
  'grounds in a gradient': gradientGrounds,
  'a person before panels': personBeforePanels,
};

/** Pages for scoring words. */
export const letteredKinds: Record<string, (chance: Chance) => Promise<ChancePage>> = {
  'talk in wide panels': wideTalk,
  'joined balloons': joinedTalk,
  'balloons over two panels': talkAcross,
  'captions of several lines': captionsAndTalk,
  'signs beside speech': signsAndTalk,
  'things with words on them': thingsWithWords,
  'things of odd looks': oddThings,
  'noises in the art': noisesInTheArt,
  'things at the edge of panels': thingsAtEdges,
  'windows of several lines': windowsOfLines,
  'captions anywhere': captionsAnywhere,
  'said in the open': saidInTheOpen,
  'said over hatching': saidOverHatching,
  ...oddBalloons,
};

/** Draws a page of a kind; the same seed gives the same page. */
export function chancePage(kind: string, seed: number): Promise<ChancePage> {
  const draw = kinds[kind] ?? letteredKinds[kind];
  if (!draw) throw new Error(`No page kind is called ${kind}`);
  return draw(chanceOf(seed));
}
