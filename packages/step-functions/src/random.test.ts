import { SeededRandom } from './random.ts';

test('gives the numbers that java.util.Random has given', () => {
  expect(new SeededRandom(42).fraction()).toBe(0.7275636800328681);
  const random = new SeededRandom(42);
  expect(Array.from({ length: 5 }, () => random.below(100))).toEqual([30, 63, 48, 84, 70]);
  expect(new SeededRandom(0).below(2 ** 30)).toBe(784_870_680);
  expect(new SeededRandom(7).below(1_500_000_000)).toBe(1_371_249_164);
  expect(new SeededRandom(-5).below(2_000_000_000)).toBe(578_319_411);
});

test('stays below any bound', () => {
  for (const bound of [1, 2, 3, 2 ** 31 - 1, 2 ** 31, 2 ** 40])
    for (const seed of [-1, 0, 1.5, 2 ** 52]) {
      const number = new SeededRandom(seed).below(bound);
      expect(Number.isInteger(number) && number >= 0 && number < bound).toBe(true);
    }
});
