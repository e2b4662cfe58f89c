import { isSayable } from './sayable.ts';
import { speakable, speechText } from './speech-text.ts';

describe('what a Vietnamese voice can say', () => {
  test.each([
    ['Ngõ Mây', true],
    ['Attack on Titan', true],
    ['ONE PIECE ワンピース', true],
    ['Łódź', true],
    ['100!', true],
    ['進撃の巨人', false],
    ['2.5次元の誘惑', false],
    ['원피스', false],
    ['Дракула', false],
    ['سندباد', false],
    ['รามเกียรติ์', false],
    ['🐉🐉', false],
    ['…!?', false],
    ['', false],
  ])('%j: %s', (text, expected) => {
    expect(isSayable(text)).toBe(expected);
  });

  test.each([
    [
      'Chào mừng các bạn đến với 進撃の巨人, chương 1: 二千年後の君へ.',
      'Chào mừng các bạn đến với, chương một.',
    ],
    ['Tranh: สมชาย. Dịch: Minh.', 'Tranh. Dịch: Minh.'],
    ['«Война и мир» của ai?', 'của ai?'],
    ['Søren, Łukasz và Žižek', 'Sơren, Lukasz và Giigiek'],
    ['Shōnen', 'Sô nen'],
    ['góc α', 'góc an pha'],
    ['ワンピース', ''],
  ])('of %j is %j', (text, spoken) => {
    expect(speakable(text)).toBe(spoken);
  });

  test('assigns unspoken words to their neighbour, for the subtitle', () => {
    const { spoken, words } = speechText('Chương 1 của 進撃の巨人 đến đây là hết.');
    expect(words.map(({ text, from, to }) => [text, spoken.slice(from, to)])).toEqual([
      ['Chương', 'Chương'],
      ['1', 'một'],
      ['của 進撃の巨人', 'của'],
      ['đến', 'đến'],
      ['đây', 'đây'],
      ['là', 'là'],
      ['hết.', 'hết.'],
    ]);
  });
});
