import { hasAddress, isInCapitals } from 'vietnamese-speech';
import type { Raster } from '../image/raster.ts';
import { home } from '../lettering/home.ts';
import { usualHeight } from '../lettering/sound-effects.ts';
import type { TextBlock } from '../lettering/text-blocks.ts';
import type { Box } from '../page/page.ts';
import { isTable } from './line-breaks.ts';
import { speakingWords } from './speaking-words.ts';
import { isMurmur } from './syllable.ts';

/** Share of its box from which a shape has straight sides, even without sharp corners. */
const solid = 0.92;
/** Largest distance of a narrator's box from the side of its panel, in heights of a letter; boards are anywhere. */
const atEdgeDistance = 2;
/** Difference in grey from the ground of speech that makes another ground. */
const leastOtherGround = 26;

/** Place and style of a block's lettering, as far as they distinguish a sign from speech. */
export interface Place {
  /** Box around its lines, in pixels of the raster that they were found in. */
  box: Box;
  /** Height of its letters, in the same pixels. */
  letter: number;
  /** Box of the closed shape around it. */
  within: Box | null;
  /** A board has four straight sides and sharp corners; a box has round ones. */
  shape: 'balloon' | 'board' | 'box' | 'open';
  atEdge: boolean;
  /** Its rows rise or fall, on a page that is not rotated. */
  tilted: boolean;
  /** Height of its letters, in the page's usual ones. */
  size: number;
  ground: number;
  ink: number;
}

/**
 * Returns a function that finds the place and style of a block.
 * @param page grey; blocks and panels are in its pixels
 * @param blocks all level blocks, which show the page's usual lettering
 */
export function placesOn(page: Raster, blocks: readonly TextBlock[], panels: readonly Box[]) {
  const usual = usualHeight(page, blocks);
  return (block: TextBlock, { tilted, around = block }: { tilted: boolean; around?: Box }): Place => {
    const letter = middle(block.lines.map(({ letterHeight }) => letterHeight));
    const { x, y, w, h } = around;
    return {
      ...{ box: { x, y, w, h }, letter, within: block.balloon },
      shape: shapeOf(block),
      atEdge: isAtEdge(tilted ? around : (block.balloon ?? block), panels, atEdgeDistance * letter),
      tilted,
      size: letter / usual,
      ground: middle(block.lines.map(({ ground }) => ground)),
      ink: middle(block.lines.map(({ ink }) => ink)),
    };
  };
}

function shapeOf({ balloon }: TextBlock): Place['shape'] {
  if (!balloon) return 'open';
  if (balloon.straight) return 'board';
  return balloon.solid > solid ? 'box' : 'balloon';
}

function isAtEdge(box: Box, panels: readonly Box[], reach: number): boolean {
  const panel = panels[panels.length > 0 ? home(box, panels) : -1];
  if (!panel) return false;
  const inside = [
    box.x - panel.x,
    box.y - panel.y,
    panel.x + panel.w - box.x - box.w,
    panel.y + panel.h - box.y - box.h,
  ];
  return Math.min(...inside) < reach;
}

/** A text and its place. */
export interface Placed {
  text: string;
  place: Place;
}

/** Points from which lettering is a sign, and from which it could be one. */
const sign = 2;
const unsure = 1;
/**
 * Share of a page's words of speech in balloons from which what could be a sign is not spoken. Where most outlines are open or faint,
 * as in some comics in colour, speech looks like a sign more often than a sign like speech; on other pages it is the reverse.
 */
const balloonsOfPage = 1 / 3;

/** Kind of a text: `unsaid` could be a sign and is not spoken, `unsure` could be one and is spoken. */
export type SignKind = 'sign' | 'unsaid' | 'unsure' | 'said';

/**
 * Distinguishes signs on objects in the picture from speech, by all features that count for either. No single feature decides:
 * a sign has a board or none, is larger or smaller than speech, is lettered differently, and is a name or a few words; a
 * narrator's box is at the side of its panel, in the lettering of the page, and has a sentence.
 */
export function signsAmong(page: readonly Placed[]): SignKind[] {
  const told = page.filter(({ text, place }) => place.shape === 'balloon' || wordsIn(text) >= sentence);
  const capitals = told.length === 0 ? null : isInCapitals(told.map(({ text }) => text).join(' '));
  const ground = told.length === 0 ? null : middle(told.map(({ place }) => place.ground));
  const all = page.map(
    (one) =>
      pointsOfPlace(one.place, ground) +
      pointsOfWords(withoutStroke(one)) +
      pointsOfAddress(one) +
      (capitals !== null && isLetteredOtherwise(one.text, capitals) ? 1 : 0) -
      (told.some((other) => other !== one && areAlike(one.place, other.place)) ? 1.5 : 0),
  );
  const possible = isInBalloons(page.filter((_, i) => (all[i] as number) < unsure)) ? 'unsaid' : 'unsure';
  return page.map((one, i) => {
    const goesOn = page.some(
      (other, at) =>
        at !== i && other.text !== '' && (all[at] as number) < unsure && goesOnWith(one.place, other.place),
    );
    const points = (all[i] as number) - (goesOn ? 2 : 0);
    if (points >= sign) return 'sign';
    return points >= unsure || (!goesOn && isSuspect(one, capitals)) ? possible : 'said';
  });
}

/** Returns whether speech stands in balloons. */
function isInBalloons(speech: readonly Placed[]): boolean {
  const wordsOf = (some: readonly Placed[]) => some.reduce((sum, { text }) => sum + wordsIn(text), 0);
  const within = wordsOf(speech.filter(({ place }) => place.shape === 'balloon'));
  return within > 0 && within >= balloonsOfPage * wordsOf(speech);
}

/** Ratio of sizes that differ: capitals are 1.4 times as high as small letters, so the median of a few can be either. */
const leastOtherSize = 1.5;
/** The same between texts in capitals, and how many letters make their median reliable. */
const otherCapitals = 1.25;
const letters = 5;
/** A full stop inside a text. One after letters without a vowel ends an abbreviation, such as "Dr." or "TP.". */
const sentenceEnd = /[aeiouy][\p{L}\p{M}]*\.\s/iu;
/** Words of a text that is too long for a thing. */
const sentence = 6;

/** Returns whether a text outside of balloons has letters of another size than speech, and no words or marks of speech. */
function isSuspect({ text, place: { shape, size } }: Placed, capitals: boolean | null): boolean {
  const isComparable = capitals && isInCapitals(text) && lettersIn(text) >= letters;
  const otherSize = isComparable ? otherCapitals : leastOtherSize;
  const differs = size > otherSize || size < 1 / otherSize;
  return shape !== 'balloon' && differs && pointsOfWords(text) > -1;
}

/** Returns a text without a hyphen at the end of a tilted row, which is a stroke of the thing that it is written on. */
const withoutStroke = ({ text, place }: Placed) => (place.tilted ? text.replace(/(?<!-)-$/u, '') : text);

function pointsOfPlace({ shape, atEdge, tilted, size, ground }: Place, usualGround: number | null): number {
  let points = { balloon: -3, board: 1, box: 0, open: 0 }[shape];
  const otherGround = usualGround !== null && Math.abs(ground - usualGround) > leastOtherGround;
  // A narrator's text at the side of a panel has the ground of speech, or a box. The side also cuts boards off.
  if (atEdge && shape !== 'balloon') points -= !otherGround ? 1.5 : shape === 'open' ? 0 : 1;
  if (tilted) points += 4;
  if (size > leastOtherSize || size < 1 / leastOtherSize) points += 1.5;
  else if (size > 1.18 || size < 0.85) points += 0.5;
  else points -= 0.5;
  if (otherGround) points += 0.5;
  // Who speaks without a balloon is lettered in the ink of speech.
  if (shape === 'open' && usualGround !== null && isDark(ground) !== isDark(usualGround)) points += 1;
  return points;
}

const isDark = (grey: number) => grey < 128;

function pointsOfWords(text: string): number {
  const count = wordsIn(text);
  let points = count <= 3 ? 1 : count <= 4 ? 0 : count <= sentence ? -0.5 : -1.5;
  if (/(?:[.…?–—-]|--)["'”’)]*$/u.test(text)) points -= 4;
  else if (/!["'”’)]*$/u.test(text)) points -= 2.5;
  else if (/[,;…?]/u.test(text) || sentenceEnd.test(text.normalize('NFD'))) points -= 1.5;
  const speaking = speakingWords(text);
  if (speaking > 0) points -= speaking > 1 ? 3 : 2;
  // After a number, several O are zeros.
  const isDrawnOut = (word: string, i: number, all: string[]) =>
    isMurmur(word) && !/\p{N}$/u.test(all[i - 1] ?? '');
  if (text.split(/\s+/u).some(isDrawnOut)) points -= 2;
  if (isTable(text)) points -= 3;
  return points;
}

/** The name of a site beside the pictures or across them is a translator's or a collector's; who speaks of one does so in a balloon or a sentence. */
const pointsOfAddress = ({ text, place: { shape } }: Placed): number =>
  (shape === 'open' || shape === 'board') && hasAddress(text) ? 6 : 0;

/** Returns whether a text is in capitals and the page's speech is not, or the reverse. */
function isLetteredOtherwise(text: string, capitals: boolean): boolean {
  return lettersIn(text) > 2 && isInCapitals(text) !== capitals;
}

/** Returns whether two boxes could be one narrator's: they have one size of letters and one ground. */
const areAlike = (one: Place, other: Place) =>
  one.shape !== 'open' &&
  one.shape !== 'balloon' &&
  one.shape === other.shape &&
  Math.abs(one.ground - other.ground) <= leastOtherGround / 2 &&
  Math.abs(one.ink - other.ink) <= leastOtherGround &&
  Math.abs(Math.log(one.size / other.size)) < 0.12;

/**
 * Returns whether a block continues another: in one box, or close above or below its lines, such as a name below a
 * title.
 */
function goesOnWith(one: Place, other: Place): boolean {
  if (one.within !== null && one.within === other.within) return true;
  const [a, b] = [one.box, other.box];
  const across = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x);
  const apart = Math.max(a.y, b.y) - Math.min(a.y + a.h, b.y + b.h);
  return (
    across > 0.5 * Math.min(a.w, b.w) &&
    apart < 1.5 * Math.min(one.letter, other.letter) &&
    Math.abs(one.ground - other.ground) <= leastOtherGround / 2
  );
}

const lettersIn = (text: string) => text.match(/\p{L}/gu)?.length ?? 0;
const wordsIn = (text: string) => text.match(/[\p{L}\p{M}\p{N}]+/gu)?.length ?? 0;
const middle = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
