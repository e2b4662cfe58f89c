import { shardsFor } from './render-shards.ts';

const ofHours = (wanted: number | 'auto', hours: number) =>
  shardsFor(wanted, { seconds: hours * 3600, instanceType: 'c5.xlarge' });

test('auto takes as few machines as make all pieces in ten minutes', () => {
  // 102 minutes of four vCPUs.
  expect(ofHours('auto', 5)).toBe(11);
  expect(ofHours('auto', 1)).toBe(3);
});

test('auto does not share an ordinary video', () => {
  expect([ofHours('auto', 1 / 6), ofHours('auto', 1 / 60), ofHours('auto', 0)]).toEqual([0, 0, 0]);
});

test('a given number is taken as it is; one machine shares nothing', () => {
  expect([ofHours(8, 1 / 60), ofHours(0, 5), ofHours(1, 5)]).toEqual([8, 0, 0]);
});

test('there are never more machines than a Map runs at the same time', () => {
  expect(ofHours('auto', 100)).toBe(40);
});

test('a type of unknown speed counts as C5', () => {
  expect(shardsFor('auto', { seconds: 5 * 3600, instanceType: 'x9z.xlarge' })).toBe(11);
});
