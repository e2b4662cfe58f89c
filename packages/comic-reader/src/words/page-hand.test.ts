import type { RecognizedWord } from '../reading/hocr.ts';
import type { Stretch } from '../reading/readings.ts';
import { handOf } from './page-hand.ts';
import { vietnamese } from './vietnamese.ts';

/** Returns a bubble with one reading for each text. */
function bubble(...readings: string[]): Stretch[] {
  const words = readings.map((text) => text.split(' '));
  const word = (text: string): RecognizedWord => ({ text, confidence: 90, box: { x: 0, y: 0, w: 9, h: 9 } });
  return (words[0] ?? []).map((_, i) => words.map((own) => [word(own[i] ?? '')]));
}
const namesOf = (...bubbles: Stretch[][]) => [...handOf(bubbles, vietnamese()).names];

test('a name is a word that two readings agree on in two bubbles', () => {
  const [once, again] = [bubble('VÀ LIBO.', 'VÀ LIBO'), bubble('LIBO À?', 'LIBO À?')];
  expect(namesOf(once, again)).toEqual(['libo']);
  expect(namesOf(once)).toEqual([]);
  expect(namesOf(once, bubble('LIBO À?', 'LEBO À?'))).toEqual([]);
});

test('a syllable that is misread in two bubbles is not a name', () => {
  const misread = bubble('NHIỆH VỤ', 'NHIỆH VỤ');
  expect(namesOf(misread, misread, bubble('CẢH ƠN', 'CẢH ƠN'), bubble('CẢH ƠN', 'CẢH ƠN'))).toEqual([]);
});

test('a hand is less familiar the more words have two readings; few words do not show it', () => {
  const strange = bubble('tôi và cậu.', 'Tôi và câu');
  const differing = (times: number, ...others: Stretch[][]) =>
    handOf([...Array.from({ length: times }, () => strange), ...others], vietnamese()).differing;
  expect(differing(20)).toBeCloseTo(0.3, 1);
  expect(differing(20)).toBeGreaterThan(differing(20, bubble('đi', 'đi')));
  expect(differing(20)).toBeGreaterThan(differing(1));
});
