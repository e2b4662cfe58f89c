import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import opentype from 'opentype.js';
import sharp from 'sharp';
import { createPageReader, directionOf } from './local-page-reader.ts';
import type { Recognizer } from './reading/recognizer.ts';
import { framed, page } from './testing/drawn-pages.fixture.ts';
import { japaneseLetters } from './testing/japanese-letters.fixture.ts';

/** Draws letters as outlines, since a machine can be without fonts. Plain Latin, which one file of the font has. */
function lettering(text: string, x: number, y: number, size: number): string {
  const file = createRequire(import.meta.url).resolve(
    '@fontsource/baloo-2/files/baloo-2-latin-600-normal.woff',
  );
  const font = opentype.parse(new Uint8Array(readFileSync(file)).buffer);
  let pen = x;
  let path = '';
  for (const character of text) {
    const glyph = font.charToGlyph(character);
    for (const { type, x1, y1, x2, y2, x: toX, y: toY } of glyph.getPath(pen, y, size).commands) {
      path += type + [x1, y1, x2, y2, toX, toY].filter((v) => v !== undefined).join(' ');
    }
    pen += (glyph.advanceWidth / font.unitsPerEm + (character === ' ' ? 0.2 : 0)) * size;
  }
  return `<path d="${path}" fill="#111"/>`;
}

const panels = [
  { x: 40, y: 40, w: 350, h: 500 },
  { x: 410, y: 40, w: 350, h: 500 },
];
const bubble = (x: number, ...lines: string[]) =>
  `<ellipse cx="${x + 105}" cy="150" rx="150" ry="75" fill="#fff" stroke="#111" stroke-width="3"/>${lines
    .map((text, i) => lettering(text, x, 140 + i * 36, 30))
    .join('')}`;
const drawn = page(
  panels.map((b, i) => framed(i + 1, b)).join('') +
    bubble(110, 'Xin em tha cho', 'con trai anh ta') +
    bubble(480, 'Hai ba con voi', 'kia to qua'),
  panels,
  { height: 580 },
);
const request = { number: 3, direction: 'rtl', language: 'vi' } as const;

test('a reader that is closed during a read finishes it first', async () => {
  const image = await sharp(Buffer.from(drawn.svg)).png().toBuffer();
  let isClosed = false;
  const started = Promise.withResolvers<void>();
  const recognizer: Recognizer = {
    async recognize() {
      started.resolve();
      await new Promise((resolve) => setTimeout(resolve, 20));
      // Tesseract never responds after its end.
      return isClosed ? new Promise(() => {}) : [];
    },
    async close() {
      isClosed = true;
    },
  };
  const reader = createPageReader({ recognizersOf: () => [recognizer] });
  const reading = reader.read({ ...request, image });
  await started.promise;
  await reader.close();
  expect(isClosed).toBe(true);
  expect((await reading).panels).toHaveLength(2);
});

describe('the local page reader', () => {
  const reader = createPageReader();
  afterAll(() => reader.close());

  test('finds panels in order and reads the bubbles in them', async () => {
    const image = await sharp(Buffer.from(drawn.svg)).jpeg({ quality: 90 }).toBuffer();

    const analysis = await reader.read({ ...request, image });

    expect(analysis.panels.map((p) => p.id)).toEqual(['p003-1', 'p003-2']);
    expect(analysis.panels.map((p) => p.x > 300)).toEqual([true, false]);
    expect(analysis.panels.map((p) => p.bubbles.map((b) => b.text))).toEqual([
      ['Hai ba con voi kia to qua'],
      ['Xin em tha cho con trai anh ta'],
    ]);
    expect(analysis.reading).toMatchObject({ undivided: false, unread_area: 0, words: 15, loose_bubbles: 0 });
    expect(analysis.reading.lettering_area).toBeGreaterThan(10_000);
  });

  test('says that the order depends on a direction that nothing states', async () => {
    const readAs = async (direction: 'unknown' | 'ltr', image: Promise<Buffer>, language = 'vi') =>
      (await reader.read({ number: 3, direction, language, image: await image })).reading.unknown_direction;
    const asImage = ({ svg }: { svg: string }) => sharp(Buffer.from(svg)).greyscale().png().toBuffer();
    const below = [
      { x: 40, y: 40, w: 720, h: 500 },
      { x: 40, y: 560, w: 720, h: 500 },
    ];
    const inRows = page(below.map((b, i) => framed(i + 1, b)).join(''), below, { height: 1100 });
    expect(await readAs('unknown', asImage(drawn))).toBe(true);
    expect(await readAs('unknown', asImage(drawn), 'ja')).toBe(false);
    expect(await readAs('ltr', asImage(drawn))).toBe(false);
    // Comics in colour are read from the left.
    expect(await readAs('unknown', sharp(Buffer.from(drawn.svg)).png().toBuffer())).toBe(false);
    expect(await readAs('unknown', asImage(inRows))).toBe(false);
  });

  test('separates a sound that is drawn into the picture from speech', async () => {
    const sound = `<g stroke="#fff" stroke-width="3" paint-order="stroke">${lettering('Bum', 470, 440, 90)}</g>`;
    const svg = drawn.svg.replace('</svg>', `${sound}</svg>`);
    const image = await sharp(Buffer.from(svg)).jpeg({ quality: 90 }).toBuffer();
    const analysis = await reader.read({ ...request, image });
    const bubbles = analysis.panels.flatMap(({ bubbles }) => bubbles);
    expect(bubbles.filter(({ kind }) => !kind).map(({ text }) => text)).toEqual([
      'Hai ba con voi kia to qua',
      'Xin em tha cho con trai anh ta',
    ]);
    for (const { text } of bubbles.filter(({ kind }) => kind === 'sound')) expect(text).toMatch(/bum/i);
  });

  test('reads Japanese in its columns, from the right', async () => {
    const column = (text: string, x: number, top: number) =>
      [...text]
        .map(
          (letter, i) =>
            `<path transform="translate(${x} ${top + 34 * i}) scale(0.3)" d="${japaneseLetters[letter]}"/>`,
        )
        .join('');
    const said = (x: number, ...columns: string[]) =>
      `<ellipse cx="${x + 15}" cy="190" rx="110" ry="150" fill="#fff" stroke="#111" stroke-width="3"/>${columns.map((text, i) => column(text, x + 44 - 44 * i, 110)).join('')}`;
    const svg = page(
      panels.map((b, i) => framed(i + 1, b)).join('') +
        said(590, '雨の日になる', '赤い傘が') +
        said(200, 'だれが', '盗んだの'),
      panels,
      { height: 580 },
    ).svg;
    const image = await sharp(Buffer.from(svg)).jpeg({ quality: 90 }).toBuffer();
    const analysis = await reader.read({ ...request, language: 'ja', image });
    expect(analysis.panels.map(({ bubbles }) => bubbles.map(({ text }) => text))).toEqual([
      ['雨の日になる赤い傘が'],
      ['だれが盗んだの'],
    ]);
  });

  test('names the page that is not an image', async () => {
    const image = new TextEncoder().encode('<html>Not found</html>');
    await expect(reader.read({ ...request, image })).rejects.toMatchObject({
      name: 'PageUnreadable',
      message: expect.stringMatching(/^Page 3 can't be decoded: ./),
    });
  });

  test('names the page whose file is cut off', async () => {
    const whole = await sharp(Buffer.from(drawn.svg)).png().toBuffer();
    await expect(
      reader.read({ ...request, image: whole.subarray(0, whole.length / 2) }),
    ).rejects.toMatchObject({ name: 'PageUnreadable' });
  });

  test('leaves no files in the working directory', () => {
    expect(readdirSync(process.cwd()).filter((name) => name.endsWith('.traineddata'))).toEqual([]);
  });
});

describe('pages of unusual size', () => {
  const deaf: Recognizer = { recognize: async () => [], close: async () => {} };

  test('reads a strip of 30,000 rows', async () => {
    const image = await sharp({ create: { width: 300, height: 30_000, channels: 3, background: '#fff' } })
      .composite([
        {
          input: {
            create: {
              width: 300,
              height: 900,
              channels: 3,
              background: '#825',
              noise: { type: 'gaussian', mean: 110, sigma: 60 },
            },
          },
          top: 20_000,
          left: 0,
        },
      ])
      .png()
      .toBuffer();
    const { panels: found } = await createPageReader({ recognizersOf: () => [deaf] }).read({
      ...request,
      image,
    });
    expect(found).toHaveLength(1);
    expect(Math.abs((found[0]?.y ?? 0) - 20_000)).toBeLessThan(20);
  });

  test('takes a page of one pixel for one panel', async () => {
    const image = await sharp({ create: { width: 1, height: 1, channels: 3, background: '#000' } })
      .png()
      .toBuffer();
    const { panels: found } = await createPageReader({ recognizersOf: () => [deaf] }).read({
      ...request,
      image,
    });
    expect(found).toMatchObject([{ x: 0, y: 0, w: 1, h: 1 }]);
  });

  test('keeps the declared direction of a manga page as high as a strip', () => {
    const size = { width: 800, height: 9000 };
    expect(directionOf({ direction: 'rtl', language: null }, size)).toBe('rtl');
    expect(directionOf({ direction: 'unknown', language: null }, size)).toBe('ttb');
    expect(directionOf({ direction: 'unknown', language: 'ja-JP' }, { width: 2, height: 3 })).toBe('rtl');
    expect(directionOf({ direction: 'unknown', language: 'vi' }, { width: 2, height: 3 })).toBe('ltr');
  });
});
