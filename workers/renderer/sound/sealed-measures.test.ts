import { sealMeasures, unsealMeasures } from './sealed-measures.ts';

const stored: unknown = JSON.parse(JSON.stringify(sealMeasures('a.json', { peak: [-1.5], silent: null })));

test('measures are read as they were stored', () => {
  expect(unsealMeasures('a.json', stored)).toEqual({ peak: [-1.5], silent: null });
});

test.each([
  ['those of another part', 'b.json', stored],
  ['without a seal', 'a.json', { peak: [-1.5] }],
  ['nothing', 'a.json', null],
])('are invalid: %s', (_, key, content) => {
  expect(() => unsealMeasures(key, content)).toThrow(`${key} does not have the seal of its measures`);
});
