import { sayersOf } from './sayers.ts';

const segments = [
  { kind: 'opening' as const },
  { kind: 'speech' as const, speaker: 'Lan' },
  { kind: 'description' as const, speaker: 'Lan' },
  { kind: 'speech' as const, speaker: 'Minh' },
  { kind: 'speech' as const, speaker: 'Lan' },
].map((segment, index) => ({ ...segment, index, text: 'Ừ.', page: 1, panels: ['p001-1'], pause_after: 0 }));
const speech = { voice: 'espeak vi+f2', cast: [{ name: 'Lan', sound: 'espeak vi+f3' }] };

test('names who speaks in which voice, once, and the narrator for who has none', () => {
  expect(sayersOf([1, 2, 3, 4], { segments }, speech)).toEqual([
    'Lan: espeak vi+f3',
    'narrator: espeak vi+f2',
  ]);
  expect(sayersOf([0], { segments }, { voice: 'espeak vi+f2' })).toEqual(['narrator: espeak vi+f2']);
  expect(sayersOf([9], { segments }, speech)).toEqual([]);
});
