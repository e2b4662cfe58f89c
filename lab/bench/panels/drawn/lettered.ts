import type { Box } from '../../../../domain/page.ts';
import type { TrueBubble } from '../truth.ts';
import { balloons, burst, type Hand, handOf, type Lettered, lettering, plate } from './balloon.ts';
import { between, type Chance, pick } from './chance.ts';
import { directionBy } from './off-the-page.ts';
import { captionFor, type Language, signFor, speechFor } from './sentences.ts';
import { inDirection, type Layout, rowsOf, usualLayout } from './shape.ts';
import { type ChancePage, Sheet } from './sheet.ts';

/** A page with words: its panels, its handwriting, and the true bubbles so far. */
export interface Written {
  sheet: Sheet;
  direction: 'ltr' | 'rtl';
  language: Language;
  hand: Hand;
  panels: Box[];
  bubbles: TrueBubble[];
}

export async function writtenPage(
  chance: Chance,
  over: Partial<Layout>,
  write: (page: Written, panel: Box, index: number) => void,
): Promise<ChancePage> {
  const layout = { ...usualLayout, ...over };
  const direction = directionBy(chance);
  const language = pick(chance, ['vi', 'vi', 'en'] as const);
  const sheet = new Sheet(chance, layout);
  const panels = inDirection(rowsOf(chance, layout), direction).map((shape) => sheet.panel(shape));
  const page: Written = { sheet, direction, language, hand: handOf(chance), panels, bubbles: [] };
  for (const [i, panel] of panels.entries()) write(page, panel, i);
  return { image: await sheet.image(), direction, panels, bubbles: page.bubbles, language };
}

export const bubbleOf = ({ text, lines, ink }: Lettered, panel: number, spoken = true): TrueBubble => ({
  ...ink,
  ...{ text, lines, panel, spoken, orderArguable: false, panelArguable: false },
});

/** Returns the position of the n-th of several across a panel, the first where reading starts. */
export const lane = ({ x, w }: Box, at: number, direction: 'ltr' | 'rtl') =>
  direction === 'rtl' ? x + w * (1 - at) : x + w * at;

/** Three to five balloons next to each other in wide panels, at different heights, read along the direction. */
export const wideTalk = (chance: Chance) =>
  writtenPage(
    chance,
    { columns: [1, 1], rows: [3, 4] },
    ({ sheet, direction, language, hand, bubbles }, panel, index) => {
      const count = between(chance, 3, 5);
      for (const [i, text] of speechFor(chance, language, count).entries()) {
        const cx = lane(panel, (i + 0.5) / count, direction);
        const cy = panel.y + panel.h * (0.28 + 0.14 * chance());
        const lettered = lettering(text, hand, cx, cy, (panel.w / count) * 0.55);
        sheet.add(balloons([lettered], [cx + 10, panel.y + panel.h * 0.8]));
        bubbles.push(bubbleOf(lettered, index));
      }
    },
  );

/** Two merged balloons: the second is lower, and further along the direction. */
export const joinedTalk = (chance: Chance) =>
  writtenPage(
    chance,
    { columns: [1, 2], rows: [3, 3] },
    ({ sheet, direction, language, hand, bubbles }, panel, index) => {
      const [first = '', second = ''] = speechFor(chance, language, 2);
      const width = Math.min(190, panel.w * 0.3);
      const [ax, ay] = [lane(panel, 0.36, direction), panel.y + panel.h * 0.27];
      const a = lettering(first, hand, ax, ay, width);
      const probe = lettering(second, hand, 0, 0, width);
      const along = direction === 'rtl' ? -1 : 1;
      const reach = 0.72;
      const bx =
        ax +
        along *
          reach *
          (a.around.w / 2 + Math.min(probe.around.w, lettering(second, hand, 500, 500, width).around.w) / 2);
      const drop = a.around.h * (0.2 + 0.3 * chance());
      const b = lettering(second, hand, bx, ay + drop, width);
      sheet.add(balloons([a, b]));
      bubbles.push(bubbleOf(a, index), bubbleOf(b, index));
    },
  );

/** Balloons whose smaller part is in the panel next to or above theirs; the tail points to the speaker. */
export const talkAcross = (chance: Chance) =>
  writtenPage(
    chance,
    { columns: [2, 2], rows: [3, 3] },
    ({ sheet, direction, language, hand, bubbles, panels }, panel, index) => {
      // The last panel is already drawn, so that no frame covers a balloon.
      const [text = ''] = speechFor(chance, language, 1);
      const width = Math.min(200, panel.w * 0.4);
      const second = index % 2 === 1;
      const size = lettering(text, hand, 600, 600, width).around;
      const over = second && index < panels.length && chance() < 0.6 ? 0.25 : -0.15;
      // From the side next to its neighbour in the row, which it partly covers.
      const edge = direction === 'rtl' ? panel.x + panel.w : panel.x;
      const inward = direction === 'rtl' ? -1 : 1;
      const cx = second ? edge + inward * size.w * (0.5 - over) : panel.x + panel.w / 2;
      const cy = panel.y + panel.h * 0.3;
      const lettered = lettering(text, hand, cx, cy, width);
      sheet.add(balloons([lettered], [panel.x + panel.w / 2, panel.y + panel.h * 0.75]));
      bubbles.push(bubbleOf(lettered, index));
    },
  );

/** Captions of several lines at the top of panels, speech below them, and shouts. */
export const captionsAndTalk = (chance: Chance) =>
  writtenPage(
    chance,
    { columns: [1, 2], rows: [3, 3] },
    ({ sheet, direction, language, hand, bubbles }, panel, index) => {
      const width = panel.w * 0.5;
      const words = captionFor(chance, language);
      const high = lettering(words, hand, 600, 600, width).ink;
      const cx = lane(panel, (high.w / 2 + 30) / panel.w, direction);
      const caption = lettering(words, hand, cx, panel.y + 30 + high.h / 2, width);
      const dark = chance() < 0.3;
      sheet.add(plate(caption, dark ? { fill: '#111', ink: '#fff' } : {}));
      bubbles.push(bubbleOf(caption, index));
      const [text = ''] = speechFor(chance, language, 1);
      const speech = lettering(
        text,
        hand,
        lane(panel, 0.65, direction),
        panel.y + panel.h * 0.75,
        panel.w * 0.3,
      );
      sheet.add(chance() < 0.3 ? burst(chance, speech) : balloons([speech]));
      bubbles.push(bubbleOf(speech, index));
    },
  );

/** Boards with a word on them, which is not spoken, and a speaker next to them. */
export const signsAndTalk = (chance: Chance) =>
  writtenPage(
    chance,
    { columns: [1, 2], rows: [3, 3] },
    ({ sheet, direction, language, hand, bubbles }, panel, index) => {
      const [text = ''] = speechFor(chance, language, 1);
      const speech = lettering(
        text,
        hand,
        lane(panel, 0.3, direction),
        panel.y + panel.h * 0.3,
        panel.w * 0.3,
      );
      sheet.add(balloons([speech], [panel.x + panel.w / 2, panel.y + panel.h * 0.6]));
      bubbles.push(bubbleOf(speech, index));
      if (chance() < 0.4) return;
      const sign = lettering(
        signFor(chance, language),
        { ...hand, size: 40 },
        lane(panel, 0.72, direction),
        panel.y + panel.h * 0.72,
        900,
      );
      const wood = pick(chance, ['#d8d0c0', '#444', '#fff', '#bbb'] as const);
      sheet.add(plate(sign, { fill: wood, ink: wood === '#444' ? '#fff' : '#111', rim: 5 }));
      bubbles.push(bubbleOf(sign, index, false));
    },
  );
