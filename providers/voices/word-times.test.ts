import { prepareText } from './prepared-text.ts';
import { plainText } from './spoken-text.ts';
import { type SpeechEvent, wordTimes } from './word-times.ts';

const word = (position: number, time: number): SpeechEvent => ({ type: 'word', position, time });
const sound = (position: number, time: number): SpeechEvent => ({ type: 'sound', position, time });
const silence = (position: number, time: number): SpeechEvent => ({ type: 'silence', position, time });

describe('text for espeak', () => {
  test('keeps every character at its position and blanks what espeak would interpret', () => {
    expect(plainText('a <b>[[c]] 👻 d_e')).toBe('a  b   c     d e');
  });

  test('blanks isolated punctuation', () => {
    expect(plainText('— Ồ! — cô nói …')).toBe('  Ồ!   cô nói  ');
  });

  test('composes letters, so that positions are those of whole letters', () => {
    expect(plainText('o\u0302')).toBe('ô');
  });
});

describe('words of a text', () => {
  test('have the position of their spoken form', () => {
    const { spoken, words } = prepareText('— Ồ! 25°C — cô nói …');
    expect(words.map(({ text, start, end }) => [text, spoken.slice(start, end)])).toEqual([
      ['— Ồ!', 'Ồ!'],
      ['25°C —', 'hai mươi lăm độ xê,'],
      ['cô', 'cô'],
      ['nói …', 'nói…'],
    ]);
  });

  test('are counted in characters of one unit, since speech has no others', () => {
    const { spoken, words } = prepareText('𐐀 𐄀 ta 🐉 𝒂');
    expect(spoken).toBe('ta a');
    expect(words.map(({ text, start, end }) => [text, spoken.slice(start, end)])).toEqual([
      ['𐐀 𐄀 ta 🐉', 'ta'],
      ['𝒂', 'a'],
    ]);
  });
});

describe('word times', () => {
  test('end where a silence begins', () => {
    const { words } = prepareText('xin chào, bạn');
    const events = [
      word(1, 0.1),
      sound(1, 0.1),
      word(5, 0.4),
      sound(5, 0.4),
      silence(5, 0.8),
      word(11, 1.1),
      sound(11, 1.1),
    ];
    expect(wordTimes(words, events, 1.5, 0.1)).toEqual([
      { text: 'xin', start: 0, end: 0.3 },
      { text: 'chào,', start: 0.3, end: 0.7 },
      { text: 'bạn', start: 1, end: 1.5 },
    ]);
  });

  test('include the start of each spoken word of a written one', () => {
    const { spoken, words } = prepareText('xe 29A-12345');
    const starts = [...spoken.matchAll(/\S+/gu)].map(({ index }) => index);
    const events = starts.flatMap((at, order) => [word(at + 1, order / 10), sound(at + 1, order / 10)]);
    const [first, second] = wordTimes(words, events, 2, 0);
    expect(first).toEqual({ text: 'xe', start: 0, end: 0.1 });
    expect(second?.parts).toHaveLength(spoken.split(' ').length - 2);
    expect(second?.parts?.[0]).toBeCloseTo(0.2);
  });

  test('are shared by letters where espeak reports no event', () => {
    const { words } = prepareText('ab cd ef');
    const times = wordTimes(words, [word(1, 0), sound(1, 0), word(7, 0.8), sound(7, 0.8)], 1, 0);
    expect(times.map(({ start }) => start)).toEqual([0, 0.4, 0.8]);
  });

  test('never leave the audio or run backwards', () => {
    const { words } = prepareText('a b c');
    for (const { start, end } of wordTimes(words, [word(1, 0.9), word(3, 0.2), word(5, 7)], 1, 0)) {
      expect(start).toBeGreaterThanOrEqual(0);
      expect(end).toBeGreaterThanOrEqual(start);
      expect(end).toBeLessThanOrEqual(1);
    }
  });
});
