import { cases } from './speakable.fixture.ts';
import { type SpeechText, speakable, speechText } from './speech-text.ts';

describe.each(Object.entries(cases))('%s', (_, table) => {
  test.each(table)('reads %j as %j', (text, spoken) => {
    expect(speakable(text)).toBe(spoken);
  });
});

const all = Object.values(cases).flat();

test('has at least 200 cases', () => {
  expect(all.length).toBeGreaterThanOrEqual(200);
});

/** Returns a seeded generator, so that a failure can be reproduced. */
function generator(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const scraps = [
  ...all.map(([text]) => text),
  ...[
    'a',
    'Ơ',
    'ĐĐ',
    '-',
    '–',
    '/',
    ':',
    '.',
    ',',
    '…',
    '%',
    '°',
    '"',
    "'",
    '(',
    ')',
    '&',
    '@',
    '#',
    '~',
    '+',
    '$',
    'đ',
  ],
  ...[
    '1',
    '23',
    '456',
    '0',
    '00',
    '１',
    '٤',
    '½',
    '²',
    'Ⅻ',
    '㎡',
    '😀',
    '\u0301',
    '\u200d',
    '\n',
    ' ',
    '  ',
    'm',
    'k',
    'h',
    'XIV',
    'TP.',
  ],
];

function randomTexts(count: number): string[] {
  const below = generator(7);
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + below(6) }, () => scraps[below(scraps.length)] + (below(2) ? ' ' : '')).join(''),
  );
}

describe('for any text', () => {
  const texts = [...all.map(([text]) => text), ...randomTexts(4_000)];
  let said: (SpeechText & { text: string })[];
  beforeAll(() => {
    said = texts.map((text) => ({ text, ...speechText(text) }));
  });

  test('does not change its own output', () => {
    expect(said.filter(({ spoken }) => speakable(spoken) !== spoken)).toEqual([]);
  });

  test('contains no digits and only composed letters', () => {
    const isWrong = (spoken: string) => /\p{N}/u.test(spoken) || spoken.normalize('NFC') !== spoken;
    expect(said.filter(({ spoken }) => isWrong(spoken))).toEqual([]);
  });

  test('has a bounded length, and is not empty if the text has letters or digits', () => {
    const isWrong = (text: string, spoken: string) =>
      spoken.length > 24 * text.length + 24 || (spoken === '' && /[\p{L}\p{Nd}]/u.test(text));
    expect(said.filter(({ text, spoken }) => isWrong(text, spoken))).toEqual([]);
  });

  test('assigns every word of the text its part of the speech, in order', () => {
    for (const { text, spoken, words } of said) {
      if (spoken === '') continue;
      expect(words.map((word) => word.text).join(' ')).toBe(
        text.normalize('NFC').trim().split(/\s+/u).join(' '),
      );
      const isWrong = ({ from, to }: { from: number; to: number }, index: number) =>
        from < (words[index - 1]?.to ?? 0) || to <= from || to > spoken.length;
      const wrong = words.some(isWrong);
      if (wrong) expect({ text, spoken, words }).toBe('words with their parts of the speech, in order');
    }
  });

  test('is fast for a long text', () => {
    const long = texts.slice(0, 2_000).join(' ');
    // Measures processor time, because a busy machine takes longer.
    const started = process.cpuUsage();
    speakable(long.slice(0, 50_000));
    speakable(
      '1'.repeat(5_000) + '-'.repeat(5_000) + 'a'.repeat(5_000) + 'ha'.repeat(5_000) + '.'.repeat(5_000),
    );
    expect(process.cpuUsage(started).user).toBeLessThan(5_000_000);
  });
});

test('maps the speech to the written words', () => {
  const { spoken, words } = speechText('Giá 1.500đ — rẻ 😀 thật!');
  expect(words.map(({ text, from, to }) => [text, spoken.slice(from, to)])).toEqual([
    ['Giá', 'Giá'],
    ['1.500đ —', 'một nghìn năm trăm đồng,'],
    ['rẻ 😀', 'rẻ'],
    ['thật!', 'thật!'],
  ]);
});

test.each([
  ['chương 001', 'chương một'],
  ['Chương 10.5', 'Chương mười phẩy năm'],
  ['tập 1.000', 'tập một nghìn'],
  ['chương 01–03', 'chương một đến ba'],
  ['HP: 1/2', 'hát pê: một trên hai'],
  ['10% → 20%', 'mười phần trăm lên hai mươi phần trăm'],
  ['Lv. 5 => 3', 'lê vồ năm xuống ba'],
  ['[Nhiệm vụ] Đánh bại slime', 'Nhiệm vụ, Đánh bại xờ lai'],
  ['Dòng một\ndòng hai', 'Dòng một, dòng hai'],
  ['Dòng một.\r\nDòng hai', 'Dòng một. Dòng hai'],
])('reads %j as %j', (text, spoken) => {
  expect(speakable(text)).toBe(spoken);
});
