import type { BlockText } from './block-texts.ts';
import { type FoundBlock, isSpeechWithoutWords, kindsOf, looksWritten } from './found-block.ts';
import type { BlockToRead } from './read-block.ts';
import { open } from './words/line-breaks.ts';
import type { Place } from './words/signs.ts';

const block = (over: Partial<Place> = {}, isLarge = false): FoundBlock => ({
  ...{ box: { x: 300, y: 600, w: 120, h: 20 }, letters: 8, area: 2400, plainArea: 2400, rows: 1 },
  ...{ lines: [], isLarge, toRead: null },
  place: {
    ...{ box: { x: 300, y: 600, w: 120, h: 20 }, letter: 14, within: null, shape: 'open' },
    ...{ atEdge: false, tilted: false, size: 1, ground: 250, ink: 20 },
    ...over,
  },
});
const read = (text: string, judged = text): BlockText => {
  const words = { text, judged, lines: [text], confidence: 90, doubtful: 0, unknown: 0 };
  const all = { ...words, words: [], fused: false };
  return { read: all, spoken: all, leftOut: 0 };
};
const kindOf = (one: FoundBlock, text: BlockText) => kindsOf([one], [text])[0];

test('a noise outside of balloons is a sound, whatever its size', () => {
  expect(kindOf(block({ size: 3 }, true), read('RẦM!'))).toBe('sound');
  expect(kindOf(block(), read('Cộc cộc...'))).toBe('sound');
  expect(kindOf(block({ shape: 'balloon' }), read('Cộc cộc...'))).not.toBe('sound');
});

test('words that are cried in large letters are said', () => {
  expect(kindOf(block({ size: 2 }, true), read('Chạy đi!'))).toBe('said');
  expect(kindOf(block({ size: 2 }, true), read('XOẠC KENG'))).toBe('sound');
});

test('a text of which most words are left out is judged by all that were read', () => {
  const slanted = block({ tilted: true });
  expect(kindOf(slanted, read('HỒI'))).toBe('sign');
  expect(kindOf(slanted, read('HỒI', 'HỒI ẤY KHI ORACLE MUA SUN...'))).not.toBe('sign');
});

describe('lettering without words', () => {
  const toRead = (...lines: string[]): BlockToRead => {
    const box = { x: 0, y: 0, w: 60, h: 20 };
    const words = lines.map((line) => line.split(' ').map((text) => ({ text, confidence: 50, box })));
    const picture = { width: 60, height: 20, channels: 1 as const, data: new Uint8Array(1200) };
    return {
      pictureAt: () => ({ plain: picture, grown: null }),
      bounds: open,
      first: [{ width: 60, height: 20, lines: words }],
      grown: null,
    };
  };
  const unread = (lines: string[], over: Partial<Place> = {}) => ({
    ...block(over),
    toRead: toRead(...lines),
  });

  test('is speech if its letters form a row and syllables were read in it', () => {
    expect(isSpeechWithoutWords(unread(['NÓI KHẼ', 'THÔI']))).toBe(true);
    expect(isSpeechWithoutWords(unread(['tn4 zzk']))).toBe(false);
    expect(isSpeechWithoutWords(unread(['tn4 zzk'], { shape: 'balloon' }))).toBe(true);
  });

  test('is a screen of dots if the recognizer reads many more lines than there are rows of letters', () => {
    const dots = unread(Array.from({ length: 12 }, () => 'ha na'));
    expect(isSpeechWithoutWords(dots)).toBe(false);
    expect(looksWritten(dots)).toBe(false);
    expect(looksWritten(unread(['NÓI KHẼ', 'THÔI']))).toBe(true);
  });
});
