import sharp from 'sharp';
import { decodePage } from './decode.ts';
import type { Raster } from './image/raster.ts';
import { readLettering } from './read-lettering.ts';
import type { RecognizedWord } from './reading/hocr.ts';
import { createRecognizer, fastVietnamese, packagedData, type Recognizer } from './reading/recognizer.ts';
import { createTextDetector, type TextDetector } from './reading/text-detector.ts';
import { pathOf, widthOf } from './testing/drawn-letters.fixture.ts';

const line = (text: string, x: number, y: number) =>
  `<path d="${pathOf(text, 'baloo-2', 34, x, y)}" fill="#111"/>`;

async function decoded(drawing: string) {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1000" height="1400"><rect width="100%" height="100%" fill="#fff"/>${drawing}</svg>`;
  return decodePage(1, await sharp(Buffer.from(svg)).png().toBuffer());
}

const whole = [{ x: 0, y: 0, w: 1000, h: 1400 }];
type Answer = (picture: Raster) => RecognizedWord[][];

/** Words side by side over the whole width of the picture. */
const said =
  (confidence: number, ...words: string[]): Answer =>
  ({ width }) => {
    const w = Math.floor((width - 24) / words.length);
    return [words.map((text, i) => ({ text, confidence, box: { x: 12 + w * i, y: 12, w: w - 6, h: 20 } }))];
  };

/** For lettering that the page's own rules find. */
const seesNothing: TextDetector = { linesOf: async () => [], close: async () => {} };

/** Gives its answers in turn. */
function scripted(...answers: Answer[]): Recognizer & { asked: number } {
  return {
    asked: 0,
    async recognize(picture) {
      return answers[this.asked++]?.(picture) ?? [];
    },
    close: async () => {},
  };
}

describe('reading a bubble', () => {
  const bubble = line('hai ba con voi', 100, 200);

  test('once is enough where the reading is sure', async () => {
    const recognizer = scripted(said(95, 'hai', 'ba', 'con', 'voi'));
    const { bubbles: read } = await readLettering(await decoded(bubble), whole, {
      recognizers: [recognizer],
      detector: seesNothing,
      said: 'vi',
      read: 'vi',
    });
    expect(read.map(({ text }) => text)).toEqual(['hai ba con voi']);
    expect(recognizer.asked).toBe(1);
  });

  test('of two sure readings the one counts that lost no word', async () => {
    const recognizer = scripted(said(95, 'hai', 'bq', 'con', 'voi'), said(94, 'hai', 'ba', 'con', 'voi'));
    const { bubbles: read } = await readLettering(await decoded(bubble), whole, {
      recognizers: [recognizer],
      detector: seesNothing,
      said: 'vi',
      read: 'vi',
    });
    expect(read.map(({ text }) => text)).toEqual(['hai ba con voi']);
  });

  test('takes the surer of two readings at two sizes', async () => {
    const recognizer = scripted(said(60, 'hai', 'ba', 'cọn', 'chọ'), said(92, 'hai', 'ba', 'con', 'chó'));
    const dogs = await decoded(line('hai ba con chó', 100, 200));
    const { bubbles: read } = await readLettering(dogs, whole, {
      recognizers: [recognizer],
      detector: seesNothing,
      said: 'vi',
      read: 'vi',
    });
    expect(read.map(({ text }) => text)).toEqual(['hai ba con chó']);
  });

  test('leaves out a rare word that the other reading has with other marks, and counts it as lost', async () => {
    const recognizer = scripted(said(60, 'hai', 'ba', 'cọn', 'vơi'), said(92, 'hai', 'ba', 'con', 'voi'));
    const { bubbles: read, lost } = await readLettering(await decoded(bubble), whole, {
      recognizers: [recognizer],
      detector: seesNothing,
      said: 'vi',
      read: 'vi',
    });
    expect(read.map(({ text }) => text)).toEqual(['hai ba con']);
    expect(lost).toBe(1);
  });
});

test('a first letter that touches a frame is read without the frame', async () => {
  const recognizer = createRecognizer(packagedData('vie'));
  const speech = (first: string, x: number, y: number) =>
    line(first, x, y) + line('Đây lại là', 125, y + 45) + line('một nữ sinh', 125, y + 90);
  const frame = '<path d="M80 60h8v1200h-8z" fill="#111"/>';
  const [touching, apart] = [85, 100];
  const page = await decoded(
    frame +
      speech('Không ngờ', touching, 200) +
      speech('ngày mai', touching, 500) +
      speech('ngày mai', apart, 800),
  );
  const { bubbles } = await readLettering(page, whole, {
    recognizers: [recognizer],
    detector: seesNothing,
    said: 'vi',
    read: 'vi',
  });
  await recognizer.close();
  expect(bubbles.map(({ text }) => text)).toEqual([
    'Không ngờ Đây lại là một nữ sinh',
    'ngày mai Đây lại là một nữ sinh',
    'ngày mai Đây lại là một nữ sinh',
  ]);
});

test('a page that lies askew is read as if it lay straight', async () => {
  const recognizer = createRecognizer(packagedData('vie'));
  try {
    const words = ['Hai ba con voi kia', 'to qua nhanh len', 'xin em tha cho anh'];
    const bubbles = [0, 1, 2].map((i) =>
      words.map((text, row) => line(text, 40, 40 + i * 300 + row * 52)).join(''),
    );
    const page = await decoded(`<g transform="translate(250 200) rotate(6)">${bubbles.join('')}</g>`);
    const { bubbles: read } = await readLettering(page, whole, {
      recognizers: [recognizer],
      detector: seesNothing,
      said: 'vi',
      read: 'vi',
    });
    expect(read.some(({ kind }) => kind)).toBe(false);
    expect(read.map(({ text }) => text).join(' ')).toMatch(/ba con voi kia/i);
  } finally {
    await recognizer.close();
  }
});

test('slanted speech is said, and a slanted board is not', async () => {
  const tilted = (shape: string, x: number) =>
    `<g transform="translate(${x} 400) rotate(-10)">${shape}${line('Hai ba con voi', 0, 0)}${line('kia to qua nhanh', 0, 52)}</g>`;
  const [outline, style] = [
    'x="-40" y="-60" width="340" height="150"',
    'fill="#fff" stroke="#111" stroke-width="3"',
  ];
  const page = await decoded(
    tilted(`<rect ${outline} rx="70" ${style}/>`, 100) + tilted(`<rect ${outline} ${style}/>`, 560),
  );
  const recognizer: Recognizer = {
    recognize: async (picture) => said(95, 'hai', 'ba', 'con', 'voi')(picture),
    close: async () => {},
  };
  const { bubbles } = await readLettering(page, whole, {
    recognizers: [recognizer],
    detector: seesNothing,
    said: 'vi',
    read: 'vi',
  });
  expect(bubbles.map(({ x, kind }) => [x < 400, kind === 'sign'])).toEqual(
    expect.arrayContaining([
      [true, false],
      [false, true],
    ]),
  );
});

test('what is written on a sign is read, and is nothing that somebody says', async () => {
  const recognizer = createRecognizer(packagedData('vie'));
  try {
    const sign = [line('Hai ba con voi', 0, 0), line('kia to qua', 0, 52)].join('');
    const page = await decoded(
      `${line('Xin em tha cho anh ta', 100, 1200)}<g transform="translate(300 500) rotate(-12)">${sign}</g>`,
    );
    const { bubbles: read } = await readLettering(page, whole, {
      recognizers: [recognizer],
      detector: seesNothing,
      said: 'vi',
      read: 'vi',
    });
    expect(read.filter(({ kind }) => !kind).map(({ text }) => text)).toEqual(['Xin em tha cho anh ta']);
    expect(read.find(({ kind }) => kind === 'sign')?.text).toMatch(/ba con voi/i);
  } finally {
    await recognizer.close();
  }
});

test('each entry of a window keeps its line, and a sentence that is wrapped in a balloon is one line', async () => {
  const recognizer = createRecognizer(packagedData('vie'));
  try {
    const rows = ['Nhiệm vụ mới', 'Tìm ba con voi kia', 'Mang về nhà'].map((text, i) =>
      line(text, 130, 160 + 42 * i),
    );
    const said = ['Hai ba con', 'Voi kia to quá'].map((text, i) => line(text, 320 - 50 * i, 720 + 42 * i));
    const page = await decoded(
      `<rect x="100" y="100" width="370" height="200" fill="#eee" stroke="#111" stroke-width="4"/>${rows.join('')}<ellipse cx="400" cy="730" rx="230" ry="120" fill="#fff" stroke="#111" stroke-width="3"/>${said.join('')}`,
    );
    const reader = { recognizers: [recognizer], detector: seesNothing, said: 'vi', read: 'vi' as const };
    const { bubbles } = await readLettering(page, whole, reader);
    const texts = bubbles.map(({ text }) => text);
    expect(texts).toContainEqual(expect.stringMatching(/^Nhiệm vụ mới\nTìm ba con voi kia\nMang/u));
    expect(texts).toContainEqual(expect.stringMatching(/^Hai ba con Voi/u));
  } finally {
    await recognizer.close();
  }
});

test('a level board in the picture is a sign, a box at the side of the panel tells something', async () => {
  const plate = (x: number, y: number, fill: string) =>
    `<rect x="${x}" y="${y}" width="240" height="80" fill="${fill}" stroke="#111" stroke-width="4"/>${line('Pho', x + 40, y + 52)}`;
  const speech = ['Xin em tha cho', 'anh ta nhanh len.'].map((text, i) => line(text, 250, 800 + 42 * i));
  const balloon = '<ellipse cx="390" cy="810" rx="250" ry="110" fill="#fff" stroke="#111" stroke-width="3"/>';
  const page = await decoded(plate(400, 400, '#ccc') + plate(4, 4, '#fff') + balloon + speech.join(''));
  const recognizer: Recognizer = {
    recognize: async (picture) =>
      said(95, ...(picture.width < 300 ? ['Ba', 'năm'] : ['Xin', 'em', 'tha.']))(picture),
    close: async () => {},
  };
  const reader = { recognizers: [recognizer], detector: seesNothing, said: 'vi', read: 'vi' as const };
  const { bubbles } = await readLettering(page, whole, reader);
  const kindAt = (y: number) => bubbles.find((bubble) => Math.abs(bubble.y - y) < 60)?.kind;
  expect(kindAt(430)).toBe('sign');
  expect(bubbles.filter(({ kind }) => !kind)).toHaveLength(bubbles.length - 1);
});

test('a short word is doubted in the art, and taken in a balloon', async () => {
  const balloon = '<ellipse cx="150" cy="190" rx="110" ry="60" fill="#fff" stroke="#111" stroke-width="3"/>';
  const read = async (drawing: string) => {
    const recognizer: Recognizer = {
      recognize: async (picture) => said(73, 'You')(picture),
      close: async () => {},
    };
    return readLettering(await decoded(drawing), whole, {
      recognizers: [recognizer],
      detector: seesNothing,
      said: 'en',
      read: 'en',
    });
  };
  expect((await read(line('You', 120, 200))).bubbles).toEqual([]);
  expect((await read(balloon + line('You', 120, 200))).bubbles.map(({ text }) => text)).toEqual(['You']);
});

describe('lettering that gave no words', () => {
  const page = () => decoded(line('hai ba con voi', 100, 200) + line('kia to qua', 100, 900));

  test('is counted by its area', async () => {
    // The longer row is asked for first.
    const recognizer = scripted(said(95, 'hai', 'ba', 'con', 'voi'), said(20, 'kjø', 'tq', 'qvu'));
    const found = await readLettering(await page(), whole, {
      recognizers: [recognizer],
      detector: seesNothing,
      said: 'vi',
      read: 'vi',
    });
    expect(found.bubbles.map(({ text }) => text)).toEqual(['hai ba con voi']);
    expect(found.unread_area / found.lettering_area).toBeGreaterThan(0.3);
    expect(found.unread_area / found.lettering_area).toBeLessThan(0.5);
    expect(found.unread).toContainEqual(expect.objectContaining({ reason: 'no_words' }));
  });

  test('is not a row of marks of which the recogniser makes no letters, as a screen of dots is', async () => {
    const recognizer = scripted(said(95, 'hai', 'ba', 'con', 'voi'), said(49, '-....'));
    const found = await readLettering(await page(), whole, {
      recognizers: [recognizer],
      detector: seesNothing,
      said: 'vi',
      read: 'vi',
    });
    expect(found.bubbles.map(({ text }) => text)).toEqual(['hai ba con voi']);
    expect(found).toMatchObject({ unread_area: 0, unread: [] });
  });

  test('is not one or two marks in a shape, as a mouth or a window has', async () => {
    const shape = '<ellipse cx="200" cy="200" rx="90" ry="70" fill="#fff" stroke="#111" stroke-width="6"/>';
    const found = await readLettering(await decoded(shape + line('H', 185, 212)), whole, {
      recognizers: [scripted(said(40, 'H'))],
      detector: seesNothing,
      said: 'vi',
      read: 'vi',
    });
    expect(found).toMatchObject({ lettering_area: 0, unread_area: 0, lost: 0 });
  });

  test('is also what the words of a bubble leave out', async () => {
    const rows = line('hai ba con voi', 100, 200) + line('kia to qua nhanh', 100, 246);
    const recognizer = scripted(said(95, 'hai', 'ba', 'con', 'voi'));
    const found = await readLettering(await decoded(rows), whole, {
      recognizers: [recognizer],
      detector: seesNothing,
      said: 'vi',
      read: 'vi',
    });
    expect(found.bubbles).toHaveLength(1);
    expect(found.unread_area / found.lettering_area).toBeGreaterThan(0.4);
    expect(found.unread_area / found.lettering_area).toBeLessThan(0.6);
  });

  test('is not what strands of hair look like', async () => {
    const strands = Array.from(
      { length: 12 },
      (_, i) =>
        `<path d="M${100 + 22 * i} ${400 + ((i * 37) % 60)}l8 ${24 + ((i * 53) % 70)}" stroke="#111" stroke-width="5"/>`,
    );
    const recognizer = scripted();
    const found = await readLettering(await decoded(strands.join('')), whole, {
      recognizers: [recognizer],
      detector: seesNothing,
      said: 'vi',
      read: 'vi',
    });
    expect(found.unread_area).toBe(0);
  });

  test('is all of it where nothing reads the language', async () => {
    const found = await readLettering(await page(), whole, null);
    expect(found.bubbles).toEqual([]);
    expect(found.unread_area).toBeGreaterThan(1000);
    expect(found.unread_area).toBe(found.lettering_area);
  });
});

test('a line of a bubble that gives no word is counted as missing', async () => {
  const bubble =
    line('hai ba con voi', 100, 200) + line('ra bờ sông tắm', 100, 245) + line('con voi to qua', 100, 290);
  const real = createRecognizer(packagedData('vie'));
  const linesWithout = async (missing: string) => {
    const recognizer: Recognizer = {
      recognize: async (picture) =>
        (await real.recognize(picture)).filter((row) => !row.some(({ text }) => text.includes(missing))),
      close: () => real.close(),
    };
    const reader = { recognizers: [recognizer], detector: seesNothing, said: 'vi', read: 'vi' } as const;
    const { lines, unread_lines } = await readLettering(await decoded(bubble), whole, reader);
    return { lines, unread_lines };
  };
  expect(await linesWithout('nothing')).toEqual({ lines: 3, unread_lines: 0 });
  expect(await linesWithout('sông')).toEqual({ lines: 3, unread_lines: 1 });
  await real.close();
});

describe('words that are not spoken count as lost', () => {
  const lostOf = async (drawing: string, answer: Answer) => {
    const recognizer: Recognizer = {
      recognize: async (picture) => answer(picture),
      close: async () => {},
    };
    const reader = { recognizers: [recognizer], detector: seesNothing, said: 'vi', read: 'vi' as const };
    return (await readLettering(await decoded(drawing), whole, reader)).lost;
  };

  test('if a balloon gives none; without a balloon if they are syllables, since art is not', async () => {
    const balloon =
      '<ellipse cx="240" cy="190" rx="200" ry="80" fill="#fff" stroke="#111" stroke-width="3"/>';
    const text = line('hai ba con voi', 120, 200);
    expect(await lostOf(balloon + text, said(50, 'Ôi', 'Akane'))).toBe(2);
    expect(await lostOf(balloon + text, said(30, 'Ôi', 'Akane'))).toBe(0);
    expect(await lostOf(text, said(50, 'Ôi', 'Akane'))).toBe(2);
    expect(await lostOf(text, said(50, 'Xzqj', 'Wpfk'))).toBe(0);
  });

  describe('if a detector sees their line where nothing was read', () => {
    const detector = createTextDetector();
    const recognizer = createRecognizer(fastVietnamese);
    afterAll(() => Promise.all([detector.close(), recognizer.close()]));
    const readBy = async (drawing: string, one: TextDetector) =>
      readLettering(await decoded(drawing), whole, {
        recognizers: [recognizer],
        detector: one,
        said: 'vi',
        read: 'vi',
      });

    test('as in a glow on art', async () => {
      const glow = `<filter id="glow"><feGaussianBlur stdDeviation="4"/></filter>`;
      const caption = pathOf('cô bé không bao giờ quay lại', 'itim', 30, 300, 700);
      const art = '<path d="M420 640l60 120M560 650l-30 100" stroke="#111" stroke-width="5"/>';
      const glowing = `${glow}${art}<path d="${caption}" fill="#111" stroke="#111" stroke-width="12" filter="url(#glow)"/><path d="${caption}" fill="#fff"/>`;
      const page = line('hai ba con voi', 100, 200) + glowing;
      expect(await readBy(page, seesNothing)).toMatchObject({ lost: 0, unread: [] });
      const found = await readBy(page, detector);
      expect(found.bubbles.map(({ text }) => text)).toEqual(['hai ba con voi']);
      expect(found.lost).toBeGreaterThanOrEqual(3);
      expect(found.unread.every(({ x, y, w }) => x > 290 && y > 660 && w > 30)).toBe(true);
    });

    test('as at the end of a row on another ground, which can also be art', async () => {
      const end = 100 + widthOf('hai ba con', 'baloo-2', 34);
      const ground = `<rect x="${end + 8}" y="150" width="120" height="80" fill="#bbb"/>`;
      const bars = [0, 1, 2, 3].map((i) => `<rect x="${end + 16 + 16 * i}" y="178" width="7" height="22"/>`);
      const words = ground + line('hai ba con', 100, 200) + line('voi', end + 16, 200);
      const art = ground + line('hai ba con', 100, 200) + bars.join('');
      const textsOf = async (drawing: string) =>
        (await readBy(drawing, detector)).bubbles.map(({ text, unsure_kind }) => [text, unsure_kind]);
      expect(await textsOf(words)).toEqual([
        ['hai ba con', true],
        ['voi', true],
      ]);
      expect(await textsOf(art)).toEqual([['hai ba con', true]]);
    });
  });

  test('of two hundred lines that a detector sees; more, as on a page of a newspaper, are unread', async () => {
    const lines = Array.from({ length: 250 }, (_, i) => ({ x: 100, y: 100 + 5 * i, w: 300, h: 4 }));
    const recognizer = scripted(...lines.map(() => said(95, 'hai', 'ba')));
    const detector: TextDetector = { ...seesNothing, linesOf: async () => lines };
    const reader = { recognizers: [recognizer], detector, said: 'vi', read: 'vi' as const };
    const { unread } = await readLettering(await decoded(''), whole, reader);
    expect(recognizer.asked).toBe(200);
    expect(unread.filter(({ reason }) => reason === 'texture')).toHaveLength(50);
  });

  test('if a text that looks like a sign gives fewer words than it loses, and could be speech', async () => {
    const tilted = `<g transform="translate(300 400) rotate(-12)">${line('Hai ba con voi', 0, 0)}${line('kia to qua', 0, 52)}</g>`;
    const page = line('Xin em tha cho anh ta', 100, 1200) + tilted;
    const read = (lost: number) => (picture: Raster) => {
      const [row = []] = said(95, 'hai', 'ba', 'con', 'voi', 'kia', 'to')(picture);
      return picture.height > 90
        ? [row.map((word, i) => (i < lost ? { ...word, text: 'qzx', confidence: 60 } : word))]
        : [row];
    };
    expect(await lostOf(page, read(0))).toBe(0);
    expect(await lostOf(page, read(2))).toBe(0);
    expect(await lostOf(page, read(4))).toBe(4);
  });
});
