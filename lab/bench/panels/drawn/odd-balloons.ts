import type { Box } from '../../../../domain/page.ts';
import { burst, type Hand, type Lettered, lettering } from './balloon.ts';
import { between, type Chance, pick } from './chance.ts';
import { bubbleOf, lane, type Written, writtenPage } from './lettered.ts';
import { captionFor, speechFor } from './sentences.ts';
import type { ChancePage } from './sheet.ts';
import { whisperFor } from './written-words.ts';

/* Pages with speech and captions as comics in colour have them: shaded, tinted, transparent, glowing, in bands, of two sizes. */

type Look = (chance: Chance, lettered: Lettered, id: string, panel: Box) => string;

const path = ({ letters }: Lettered, ink = '#111') => `<path d="${letters}" fill="${ink}"/>`;
const ellipse = ({ around: { x, y, w, h } }: Lettered, style: string) =>
  `<ellipse cx="${x + w / 2}" cy="${y + h / 2}" rx="${w / 2}" ry="${h / 2}" ${style}/>`;
const hsl = (chance: Chance, lightness: number) =>
  `hsl(${between(chance, 0, 359)} ${between(chance, 20, 70)}% ${lightness}%)`;

/** Draws a balloon whose ground changes evenly, across, down or from its middle. */
const shaded: Look = (chance, lettered, id) => {
  const stops = `<stop offset="0" stop-color="#fff"/><stop offset="1" stop-color="${hsl(chance, between(chance, 60, 80))}"/>`;
  const [x2, y2] = pick(chance, [
    [1, 0],
    [0, 1],
    [1, 1],
  ] as const);
  const gradient =
    chance() < 0.75
      ? `<linearGradient id="${id}" x2="${x2}" y2="${y2}">${stops}</linearGradient>`
      : `<radialGradient id="${id}">${stops}</radialGradient>`;
  return `${gradient}${ellipse(lettered, `fill="url(#${id})" stroke="#111" stroke-width="3"`)}${path(lettered)}`;
};

/** Draws a balloon in one tint, dark or light, with or without an outline. */
const tinted: Look = (chance, lettered) => {
  const dark = chance() < 0.4;
  const outline = chance() < 0.5 ? `stroke="${dark ? '#fff' : '#111'}" stroke-width="3"` : '';
  const fill = hsl(chance, dark ? between(chance, 12, 30) : between(chance, 70, 88));
  return ellipse(lettered, `fill="${fill}" ${outline}`) + path(lettered, dark ? '#fff' : '#111');
};

/** Draws a balloon that the art behind it shows through. */
const transparent: Look = (chance, lettered) =>
  ellipse(lettered, `fill="#fff" fill-opacity="${0.6 + 0.3 * chance()}" stroke="#111" stroke-width="3"`) +
  path(lettered);

const rimmed = (lettered: Lettered, ink: string, rim: string, wide: number, style = '') =>
  `<path d="${lettered.letters}" fill="${rim}" stroke="${rim}" stroke-width="${wide}" stroke-linejoin="round" ${style}/>${path(lettered, ink)}`;

/** Draws letters on the art with a soft glow around them. */
const glowing: Look = (chance, lettered, id) => {
  const [ink, glow] = pick(chance, [
    ['#111', '#fff'],
    ['#fff', '#111'],
  ] as const);
  const blur = `<filter id="${id}" x="-20%" y="-50%" width="140%" height="200%"><feGaussianBlur stdDeviation="${between(chance, 2, 4)}"/></filter>`;
  return blur + rimmed(lettered, ink, glow, between(chance, 8, 14), `filter="url(#${id})"`);
};

/** Draws letters on the art with an outline around them. */
const outlined: Look = (chance, lettered) => {
  const [ink, rim] = pick(chance, [
    ['#fff', '#111'],
    ['#111', '#fff'],
    ['#ffe14a', '#111'],
  ] as const);
  return rimmed(lettered, ink, rim, between(chance, 6, 10));
};

/** Draws a band of colour from side to side of the panel. */
const banded: Look = (chance, lettered, _, { x, w }) => {
  const dark = chance() < 0.5;
  const { y, h } = lettered.ink;
  const fill = hsl(chance, dark ? between(chance, 12, 30) : between(chance, 70, 90));
  const band = `<rect x="${x}" y="${y - 12}" width="${w}" height="${h + 24}" fill="${fill}" fill-opacity="${pick(chance, [1, 1, 0.8])}"/>`;
  return band + path(lettered, dark ? '#fff' : '#111');
};

/** Draws a white balloon whose outline is close to its letters. */
const close: Look = (_, lettered) => {
  const { x, y, w, h } = lettered.ink;
  const around = { x: x - 0.16 * w - 6, y: y - 0.2 * h - 4, w: 1.32 * w + 12, h: 1.4 * h + 8 };
  return ellipse({ ...lettered, around }, 'fill="#fff" stroke="#111" stroke-width="3"') + path(lettered);
};

function letterIn(
  look: Look,
  text: string,
  page: Written,
  { panel, index, hand = page.hand, wide = 0.36 }: { panel: Box; index: number; hand?: Hand; wide?: number },
): void {
  const { sheet, direction, bubbles } = page;
  const at = lane(panel, 0.5, direction);
  const lettered = lettering(text, hand, at, panel.y + panel.h * 0.4, panel.w * wide);
  sheet.add(look(sheet.chance, lettered, sheet.id(), panel));
  bubbles.push(bubbleOf(lettered, index));
}

/** Returns a maker of pages whose every panel has one text of a look; captions are longer than speech. */
const lettersOf =
  (look: Look, texts: 'speech' | 'caption') =>
  (chance: Chance): Promise<ChancePage> =>
    writtenPage(chance, { columns: [1, 2], rows: [3, 3] }, (page, panel, index) => {
      const [speech = ''] = speechFor(chance, page.language, 1);
      const text = texts === 'speech' ? speech : captionFor(chance, page.language);
      letterIn(look, text, page, { panel, index, wide: texts === 'speech' ? 0.36 : 0.6 });
    });

/** A large cry above small words, in one balloon, and a footnote below the picture. */
const twoSizes = (chance: Chance): Promise<ChancePage> =>
  writtenPage(chance, { columns: [1, 2], rows: [3, 3] }, (page, panel, index) => {
    const { sheet, direction, language, hand, bubbles } = page;
    const [first = '', second = ''] = speechFor(chance, language, 2);
    const at = lane(panel, 0.45, direction);
    const large = { ...hand, size: hand.size * (1.4 + 0.5 * chance()) };
    const top = lettering(first, large, at, panel.y + panel.h * 0.28, panel.w * 0.6);
    const below = top.ink.y + top.ink.h + 0.6 * large.size;
    const low = lettering(
      second,
      hand,
      at,
      below + lettering(second, hand, 0, 0, panel.w * 0.6).lines * 0.6 * hand.size,
      panel.w * 0.6,
    );
    const [x, y] = [Math.min(top.ink.x, low.ink.x), top.ink.y];
    const w = Math.max(top.ink.x + top.ink.w, low.ink.x + low.ink.w) - x;
    const whole = { x, y, w, h: low.ink.y + low.ink.h - y };
    const around = { x: x - 0.2 * w - 14, y: y - 0.25 * whole.h, w: 1.4 * w + 28, h: 1.5 * whole.h };
    const all: Lettered = {
      ...top,
      text: `${first} ${second}`,
      lines: top.lines + low.lines,
      letters: top.letters + low.letters,
      ink: whole,
      around,
    };
    sheet.add(
      chance() < 0.3
        ? burst(chance, all)
        : ellipse(all, 'fill="#fff" stroke="#111" stroke-width="3"') + path(all),
    );
    bubbles.push(bubbleOf(all, index));
    const note = lettering(
      whisperFor(chance, language),
      { ...hand, size: hand.size * 0.7 },
      lane(panel, 0.5, direction),
      panel.y + panel.h - 26,
      panel.w * 0.8,
    );
    sheet.add(
      `<rect x="${note.ink.x - 8}" y="${note.ink.y - 5}" width="${note.ink.w + 16}" height="${note.ink.h + 12}" fill="#fff"/>${path(note)}`,
    );
    bubbles.push(bubbleOf(note, index));
  });

/** Kinds of pages by the look of their lettering. */
export const oddBalloons: Record<string, (chance: Chance) => Promise<ChancePage>> = {
  'shaded balloons': lettersOf(shaded, 'speech'),
  'tinted balloons': lettersOf(tinted, 'speech'),
  'transparent balloons': lettersOf(transparent, 'speech'),
  'outlines close to letters': lettersOf(close, 'speech'),
  'captions that glow': lettersOf(glowing, 'caption'),
  'outlined captions': lettersOf(outlined, 'caption'),
  'captions in bands': lettersOf(banded, 'caption'),
  'two sizes in a balloon': twoSizes,
};
