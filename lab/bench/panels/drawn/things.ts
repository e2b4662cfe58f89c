import type { Box } from '../../../../domain/page.ts';
import { hatching, screentone } from './art.ts';
import { balloons, type Hand, type Lettered, lettering, plate } from './balloon.ts';
import { between, type Chance, pick } from './chance.ts';
import { bubbleOf, lane, type Written, writtenPage } from './lettered.ts';
import { captionFor, signFor, speechFor } from './sentences.ts';
import type { ChancePage } from './sheet.ts';
import { cryFor, plateFor, posterFor, shortCaptionFor, statusFor, whisperFor } from './written-words.ts';

/* Pages with text on objects, which is not spoken, and with captions or speech without a balloon. */

type Page = Written;
const faces = ['baloo-2', 'patrick-hand', 'bangers'] as const;

/** Draws a speaker with a balloon in the upper part of a panel, so that the page has ordinary lettering. */
function talk(
  chance: Chance,
  { sheet, direction, language, hand, bubbles }: Page,
  panel: Box,
  index: number,
) {
  const [text = ''] = speechFor(chance, language, 1);
  const cx = lane(panel, 0.28, direction);
  const speech = lettering(text, hand, cx, panel.y + panel.h * 0.3, panel.w * 0.3);
  sheet.add(balloons([speech], [panel.x + panel.w / 2, panel.y + panel.h * 0.65]));
  bubbles.push(bubbleOf(speech, index));
}

/** Draws letters at a place, with nothing around them. */
const free = ({ letters }: Lettered, ink = '#111', halo = '', wide = 7) =>
  `${halo ? `<path d="${letters}" fill="${halo}" stroke="${halo}" stroke-width="${wide}" stroke-linejoin="round"/>` : ''}<path d="${letters}" fill="${ink}"/>`;

/** Skews a drawing around a place, like a wall in perspective. */
const leaning = (svg: string, { x, y, w, h }: Box, degrees: number) =>
  `<g transform="translate(${x + w / 2} ${y + h / 2}) skewY(${degrees}) translate(${-x - w / 2} ${-y - h / 2})">${svg}</g>`;

const boards = [
  { fill: '#d8d0c0', ink: '#111' },
  { fill: '#444', ink: '#fff' },
  { fill: '#fff', ink: '#111' },
  { fill: '#bbb', ink: '#111' },
  { fill: '#1d4f8a', ink: '#fff' },
  { fill: '#a8342c', ink: '#fff' },
  { fill: '#f0e0a0', ink: '#3a2010' },
] as const;

type Thing = 'shop' | 'plate' | 'street' | 'poster' | 'phone' | 'shirt' | 'leaning';

/** Draws an object with words on it, centred on a point. */
function thing(
  chance: Chance,
  kind: Thing,
  { language, hand }: Page,
  { cx, cy, room }: { cx: number; cy: number; room: number },
) {
  const face = chance() < 0.5 ? hand.face : pick(chance, faces);
  const inSize = (size: number, capitals = true): Hand => ({ face, size, capitals });
  const colours = pick(chance, boards);
  const inRoom = (text: string, size: number, capitals = true): Lettered => {
    const probe = lettering(text, inSize(size, capitals), cx, cy, 900);
    const smaller = probe.ink.w > room ? Math.max(13, (size * room) / probe.ink.w) : size;
    return lettering(text, inSize(smaller, capitals), cx, cy, 900);
  };
  if (kind === 'plate') {
    const words = inRoom(plateFor(chance, language), between(chance, 15, 24), chance() < 0.6);
    return {
      words,
      svg: plate(words, { ...colours, rim: between(chance, 1, 4), pad: between(chance, 6, 12) }),
    };
  }
  if (kind === 'street') {
    const words = inRoom(signFor(chance, language), between(chance, 20, 40));
    const { x, y, w, h } = words.ink;
    const post = `<rect x="${x + w / 2 - 5}" y="${y + h}" width="10" height="90" fill="#777" stroke="#111" stroke-width="2"/>`;
    return { words, svg: post + plate(words, { ...colours, round: between(chance, 4, 14) }) };
  }
  if (kind === 'poster') {
    const words = inRoom(posterFor(chance, language), between(chance, 20, 34), chance() < 0.7);
    return { words, svg: plate(words, { ...colours, pad: between(chance, 12, 30) }) };
  }
  if (kind === 'phone') {
    const words = inRoom(plateFor(chance, language), between(chance, 18, 30), false);
    const { x, y, w, h } = words.ink;
    const body = `<rect x="${x - 24}" y="${y - 50}" width="${w + 48}" height="${h + 100}" rx="16" fill="#222" stroke="#111" stroke-width="3"/>`;
    return { words, svg: body + plate(words, { fill: '#f4f8ff', pad: 12, rim: 1 }) };
  }
  const words = inRoom(signFor(chance, language), between(chance, 28, 60));
  if (kind === 'shirt') {
    const { x, y, w, h } = words.ink;
    const tone = pick(chance, ['#e8e8e8', '#fff', '#cfcfcf']);
    const cloth = `<path d="M${x - 40} ${y - 40}q${w / 2 + 40} -40 ${w + 80} 0l20 ${h + 150}q${-w / 2 - 60} 30 ${-w - 120} 0z" fill="${tone}" stroke="#111" stroke-width="3"/><path d="M${x - 20} ${y + h + 60}l30 30M${x + w} ${y - 25}l-14 22" stroke="#111" stroke-width="3"/>`;
    return { words, svg: cloth + free(words) };
  }
  const board = plate(words, { ...colours, rim: 5, pad: between(chance, 10, 24) });
  return { words, svg: kind === 'leaning' ? leaning(board, words.ink, between(chance, -12, 12)) : board };
}

/** Boards, plates, posters, screens and shirts, level or leaning: in the picture, away from its edges. */
export const thingsWithWords = (chance: Chance): Promise<ChancePage> =>
  writtenPage(chance, { columns: [1, 2], rows: [3, 3] }, (page, panel, index) => {
    talk(chance, page, panel, index);
    const kinds = ['shop', 'plate', 'street', 'poster', 'phone', 'shirt', 'leaning'] as const;
    const at = lane(panel, 0.68 + 0.08 * chance(), page.direction);
    const high = panel.y + panel.h * (0.55 + 0.15 * chance());
    const place = { cx: at, cy: high, room: panel.w * 0.3 };
    const { words, svg } = thing(chance, pick(chance, kinds), page, place);
    page.sheet.add(svg);
    page.bubbles.push(bubbleOf(words, index, false));
  });

/** The same objects at the sides of panels, which cut off a part of them but not their words. */
export const thingsAtEdges = (chance: Chance): Promise<ChancePage> =>
  writtenPage(chance, { columns: [1, 2], rows: [3, 3] }, (page, panel, index) => {
    talk(chance, page, panel, index);
    const { sheet, direction, bubbles } = page;
    const { x, y, w, h } = panel;
    const kind = pick(chance, ['shop', 'plate', 'poster', 'leaning'] as const);
    const place = { cx: lane(panel, 0.7, direction), cy: y + h * 0.75, room: w * 0.3 };
    const { words, svg } = thing(chance, kind, page, place);
    const gap = between(chance, 4, 16);
    const toSide = direction === 'rtl' ? x + gap - words.ink.x : x + w - gap - words.ink.x - words.ink.w;
    const id = sheet.id();
    const inside = `x="${x}" y="${y}" width="${w}" height="${h}"`;
    sheet.add(
      `<clipPath id="${id}"><rect ${inside}/></clipPath><g clip-path="url(#${id})"><g transform="translate(${toSide} 0)">${svg}</g></g><rect ${inside} fill="none" stroke="#111" stroke-width="4"/>`,
    );
    const ink = { ...words.ink, x: words.ink.x + toSide };
    bubbles.push(bubbleOf({ ...words, ink }, index, false));
  });

/** Windows of a game or a machine, where every line is read, and speech next to them. */
export const windowsOfLines = (chance: Chance): Promise<ChancePage> =>
  writtenPage(chance, { columns: [1, 2], rows: [3, 3] }, (page, panel, index) => {
    talk(chance, page, panel, index);
    const hand: Hand = {
      ...{ ...page.hand, size: page.hand.size - 2 },
      ...(chance() < 0.6 && { align: 'start' }),
    };
    const at = lane(panel, 0.72, page.direction);
    const words = lettering(
      statusFor(chance, page.language),
      hand,
      at,
      panel.y + panel.h * 0.6,
      panel.w * 0.36,
    );
    const style = pick(chance, [
      { fill: '#fff', ink: '#111' },
      { fill: '#e8eefc', ink: '#123' },
      { fill: '#10182c', ink: '#dff' },
      { fill: '#111', ink: '#fff' },
    ]);
    page.sheet.add(
      plate(words, {
        ...style,
        rim: between(chance, 2, 5),
        pad: between(chance, 12, 26),
        round: pick(chance, [0, 0, 8]),
      }),
    );
    page.bubbles.push(bubbleOf(words, index));
  });

/** Captions of a few words or of sentences, anywhere in a panel, with or without a box of any tone. */
export const captionsAnywhere = (chance: Chance): Promise<ChancePage> =>
  writtenPage(chance, { columns: [1, 2], rows: [3, 3] }, (page, panel, index) => {
    const { direction, language, hand, sheet, bubbles } = page;
    const text = chance() < 0.6 ? shortCaptionFor(chance, language) : captionFor(chance, language);
    const size = lettering(text, hand, 600, 600, panel.w * 0.4).ink;
    const [wide, high] = [size.w / 2 + 14, size.h / 2 + 14];
    const places = {
      top: [panel.x + wide + between(chance, 4, 40), panel.y + high + between(chance, 4, 24)],
      corner: [panel.x + panel.w - wide - 4, panel.y + high + 4],
      middle: [panel.x + panel.w / 2, panel.y + panel.h * 0.32],
    } as const;
    const [x, y] = places[pick(chance, ['top', 'corner', 'middle'] as const)];
    const caption = lettering(text, hand, x, y, panel.w * 0.4);
    const style = pick(chance, [
      {},
      {},
      { fill: '#111', ink: '#fff' },
      { fill: '#f4e8c0' },
      { fill: '#ddd' },
    ]);
    sheet.add(chance() < 0.15 ? free(caption, '#111', '#fff') : plate(caption, style));
    bubbles.push(bubbleOf(caption, index));
    const [speech = ''] = speechFor(chance, language, 1);
    const cx = lane(panel, 0.65, direction);
    const said = lettering(speech, hand, cx, panel.y + panel.h * 0.75, panel.w * 0.3);
    sheet.add(balloons([said]));
    bubbles.push(bubbleOf(said, index));
  });

/** Shouts and whispers without a balloon, level or almost, on paper or with a light rim on the drawing. */
export const saidInTheOpen = (chance: Chance): Promise<ChancePage> =>
  writtenPage(chance, { columns: [1, 2], rows: [3, 3] }, (page, panel, index) => {
    talk(chance, page, panel, index);
    const { direction, language, hand, sheet, bubbles } = page;
    const loud = chance() < 0.5;
    const text = loud ? cryFor(chance, language) : whisperFor(chance, language);
    const size = loud ? hand.size * (1 + 0.5 * chance()) : hand.size * (0.7 + 0.2 * chance());
    const at = lane(panel, 0.74, direction);
    const words = lettering(text, { ...hand, size }, at, panel.y + panel.h * 0.6, panel.w * 0.3);
    sheet.add(free(words, '#111', '#fff'));
    bubbles.push(bubbleOf(words, index));
  });

/** Speech without a balloon on hatching, crossed hatching or screentone, with a white rim around its letters. */
export const saidOverHatching = (chance: Chance): Promise<ChancePage> =>
  writtenPage(chance, { columns: [1, 2], rows: [3, 3] }, (page, panel, index) => {
    talk(chance, page, panel, index);
    const { direction, language, hand, sheet, bubbles } = page;
    const [text = ''] = speechFor(chance, language, 1);
    const at = lane(panel, 0.72, direction);
    const words = lettering(text, hand, at, panel.y + panel.h * 0.64, panel.w * 0.34);
    const room = between(chance, 20, 60);
    const [x, y] = [Math.max(panel.x, words.ink.x - room), Math.max(panel.y, words.ink.y - room)];
    const w = Math.min(panel.x + panel.w, words.ink.x + words.ink.w + room) - x;
    const h = Math.min(panel.y + panel.h, words.ink.y + words.ink.h + room) - y;
    const ground: Box = { x, y, w, h };
    const step = between(chance, 6, 14);
    const kind = pick(chance, ['hatched', 'crossed', 'tone'] as const);
    const strokes = hatching(chance, ground, step);
    const crossed = `<g transform="translate(${2 * x + w} 0) scale(-1 1)">${strokes}</g>`;
    const tone = screentone(chance, sheet.id(), ground);
    const id = sheet.id();
    sheet.add(
      `<clipPath id="${id}"><rect x="${x}" y="${y}" width="${w}" height="${h}"/></clipPath><g clip-path="url(#${id})"><rect x="${x}" y="${y}" width="${w}" height="${h}" fill="#fff"/>${kind === 'tone' ? tone : kind === 'crossed' ? strokes + crossed : strokes}</g>`,
    );
    sheet.add(free(words, '#111', '#fff', between(chance, 5, 14)));
    bubbles.push(bubbleOf(words, index));
  });
