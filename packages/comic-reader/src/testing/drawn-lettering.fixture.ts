import sharp from 'sharp';
import type { Box } from '../page/page.ts';
import { type Face, linesOf, pathOf, widthOf } from './drawn-letters.fixture.ts';
import { framed, page } from './drawn-pages.fixture.ts';

/** A page with words drawn for a test: speech in its panels, and sounds. */
export interface LetteredPage {
  name: string;
  language: 'vi' | 'en';
  svg: string;
  /** Blur and JPEG quality of the picture. */
  blur: number;
  quality: number;
  panels: Box[];
  speech: string[];
  sounds: string[];
}

const allPanels: Box[] = [
  { x: 40, y: 40, w: 650, h: 480 },
  { x: 710, y: 40, w: 650, h: 480 },
  { x: 40, y: 540, w: 1320, h: 620 },
  { x: 40, y: 1180, w: 650, h: 780 },
  { x: 710, y: 1180, w: 650, h: 780 },
];

const speeches = {
  vi: [
    'Sáng nay chợ đông quá, chẳng ai nhìn thấy con mèo của tôi cả.',
    'Bác bán hàng ơi, có ai nhặt được chiếc chìa khoá bằng đồng không?',
    'Trời sắp mưa to rồi, chúng ta phải về nhà thật nhanh nhé!',
    'Ừ nhỉ! Sao anh lại biết chuyện ấy?',
    'Tôi đã giấu tấm bản đồ dưới chân cầu từ hôm qua, chỗ ít người để ý nhất.',
    'Đừng mở cửa sổ, gió sẽ thổi bay hết giấy tờ mất.',
  ],
  en: [
    "I've walked all morning and nobody has seen my cat, isn't that odd?",
    'Excuse me, did anyone find a little brass key near the old bridge?',
    "It's going to rain hard, so we'd better run home right now!",
    "Oh, you're right! How could you know?",
    'The map is hidden under the stones by the river, where few people ever look.',
    "Don't open that window, the wind will take all our papers.",
  ],
} as const;

const soundTexts = { vi: ['RẦM!', 'VÙÙÙ', 'BÙM!'], en: ['CRASH!', 'WHOOSH', 'BOOM!'] } as const;

interface Hand {
  face: Face;
  size: number;
  ink?: string;
  ground?: string;
  outline?: string;
  capitals?: boolean;
}

/** Draws an ellipse with words around a point. */
function bubble(text: string, middleX: number, middleY: number, hand: Hand): string {
  const { face, size, ink = '#111', ground = '#fff', outline = '#111' } = hand;
  const lines = linesOf(hand.capitals ? text.toUpperCase() : text, face, size, size * 14);
  const width = Math.max(...lines.map((line) => widthOf(line, face, size)));
  const height = lines.length * size * 1.25;
  const words = lines.map((line, i) => {
    const x = middleX - widthOf(line, face, size) / 2;
    return pathOf(line, face, size, x, middleY - height / 2 + (i + 0.85) * size * 1.25);
  });
  const [rx, ry] = [width * 0.62 + size * 0.8, height * 0.68 + size];
  const tail = `<path d="M${middleX - 15} ${middleY + ry - 6}l-20 60l55 -60z" fill="${ground}" stroke="${outline}" stroke-width="3"/>`;
  return `${tail}<ellipse cx="${middleX}" cy="${middleY}" rx="${rx}" ry="${ry}" fill="${ground}" stroke="${outline}" stroke-width="3"/><path d="${words.join('')}" fill="${ink}"/>`;
}

/** Draws large slanted letters with an outline on the art. */
function sound(text: string, [x, y]: readonly [number, number], size: number, fill: string, turn: number) {
  const path = pathOf(text, 'bangers', size, 0, 0);
  return `<path transform="translate(${x} ${y}) rotate(${turn})" d="${path}" fill="${fill}" stroke="#111" stroke-width="${size / 18}" stroke-linejoin="round"/>`;
}

const places: [number, number][] = [
  [360, 190],
  [1030, 190],
  [420, 720],
  [980, 960],
  [365, 1400],
  [1035, 1400],
];

function lettered(
  name: string,
  language: 'vi' | 'en',
  hand: Hand,
  { blur = 0, quality = 88, ground = '#fff' } = {},
): LetteredPage {
  const bubbles = speeches[language].map((text, i) => {
    const [x, y] = places[i] as [number, number];
    return bubble(text, x, y, hand);
  });
  const [first, second, third] = soundTexts[language];
  const sounds = [
    sound(first, [120, 480], 110, '#f4c430', -8),
    sound(second, [800, 470], 90, '#e8503a', 6),
    sound(third, [90, 1880], 150, '#fff', -12),
  ];
  const art = allPanels.map((box, i) => framed(i + name.length, box)).join('');
  const { svg } = page(art + sounds.join('') + bubbles.join(''), allPanels, {
    width: 1400,
    height: 2000,
    ground,
  });
  return {
    name,
    language,
    svg,
    blur,
    quality,
    panels: allPanels,
    speech: [...speeches[language]],
    sounds: [...soundTexts[language]],
  };
}

/** Returns pages with the same words by several hands. */
export const letteredPages = (language: 'vi' | 'en'): LetteredPage[] => [
  lettered('round letters', language, { face: 'baloo-2', size: 30 }),
  lettered('a handwriting', language, { face: 'patrick-hand', size: 34 }),
  lettered('handwritten capitals', language, { face: 'patrick-hand', size: 34, capitals: true }),
  lettered('slanted capitals', language, { face: 'bangers', size: 34, capitals: true }),
  lettered('small letters', language, { face: 'patrick-hand', size: 24 }),
  lettered('white on black', language, {
    face: 'baloo-2',
    size: 30,
    ink: '#fff',
    ground: '#181820',
    outline: '#eee',
  }),
  lettered('coloured bubbles', language, {
    face: 'patrick-hand',
    size: 34,
    ink: '#5a1010',
    ground: '#f3d9a0',
  }),
  lettered(
    'a blurred scan',
    language,
    { face: 'patrick-hand', size: 34 },
    { blur: 1.4, quality: 60, ground: '#efe6d6' },
  ),
];

export async function pictureOf({ svg, blur, quality }: LetteredPage): Promise<Uint8Array> {
  const drawn = sharp(Buffer.from(svg));
  return (blur > 0 ? drawn.blur(blur) : drawn).jpeg({ quality }).toBuffer();
}
