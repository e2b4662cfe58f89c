import { balloons, type Hand, lettering } from './balloon.ts';
import { between, type Chance, pick } from './chance.ts';
import { bubbleOf, lane, writtenPage } from './lettered.ts';
import { speechFor } from './sentences.ts';
import type { ChancePage } from './sheet.ts';

const noises = {
  vi: [
    'RẦM!',
    'Cộc cộc',
    'BỐP!',
    'VÙÙÙ',
    'Lạch cạch',
    'Sột soạt...',
    'ẦM ẦM',
    'Tõm!',
    'Reng reng',
    'HUỴCH',
    'Xoẹt!',
  ],
  en: [
    'CRASH!',
    'Knock knock',
    'THUD',
    'WHOOSH',
    'Click',
    'Rustle...',
    'BOOM!',
    'Splash!',
    'Ring ring',
    'CLANG',
    'Tap tap',
  ],
} as const;
const faces = ['baloo-2', 'patrick-hand', 'bangers'] as const;

/** Noises drawn into the picture, as small as speech or up to five times as large, level or turned, with or without a light rim. */
export const noisesInTheArt = (chance: Chance): Promise<ChancePage> =>
  writtenPage(chance, { columns: [1, 2], rows: [3, 3] }, (page, panel, index) => {
    const { sheet, direction, language, hand, bubbles } = page;
    const [text = ''] = speechFor(chance, language, 1);
    const cx = lane(panel, 0.28, direction);
    const speech = lettering(text, hand, cx, panel.y + panel.h * 0.3, panel.w * 0.3);
    sheet.add(balloons([speech], [panel.x + panel.w / 2, panel.y + panel.h * 0.65]));
    bubbles.push(bubbleOf(speech, index));
    const drawn: Hand = {
      face: chance() < 0.5 ? hand.face : pick(chance, faces),
      size: hand.size * (0.8 + (chance() < 0.5 ? 0.5 : 4) * chance()),
      capitals: chance() < 0.5,
    };
    const [x, y] = [lane(panel, 0.72, direction), panel.y + panel.h * 0.66];
    const words = lettering(pick<string>(chance, noises[language]), drawn, x, y, 900);
    const fit = Math.min(1, (panel.w * 0.4) / words.ink.w);
    const turn = chance() < 0.5 ? 0 : between(chance, -25, 25);
    const rim =
      chance() < 0.6
        ? `stroke="#fff" stroke-width="${(drawn.size / 5).toFixed(1)}" paint-order="stroke"`
        : '';
    sheet.add(
      `<path transform="translate(${x} ${y}) rotate(${turn}) scale(${fit.toFixed(3)}) translate(${-x} ${-y})" d="${words.letters}" fill="#111" stroke-linejoin="round" ${rim}/>`,
    );
    const [w, h] = [words.ink.w * fit, words.ink.h * fit];
    const around = { x: Math.round(x - w / 2), y: Math.round(y - h / 2), w: Math.round(w), h: Math.round(h) };
    bubbles.push(bubbleOf({ ...words, ink: around }, index, false));
  });
