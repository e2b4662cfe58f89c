import { trendOf } from './memory.ts';

const month = (bytes: (day: number) => number) => Array.from({ length: 30 }, (_, day) => bytes(day));

test('memory that varies around one size does not grow', () => {
  expect(trendOf(month((day) => 2000 + (day % 3) * 100))).toEqual({ middle: 2100, last: 2100, isFlat: true });
});

test('the first days do not count', () => {
  expect(trendOf(month((day) => (day < 10 ? 500 : 2000)))?.isFlat).toBe(true);
  expect(trendOf(month((day) => (day < 10 ? 3000 : 2000)))?.isFlat).toBe(true);
});

test('memory that increases a little each day grows', () => {
  expect(trendOf(month((day) => 2000 + day * 30))).toEqual({ middle: 2435, last: 2735, isFlat: false });
});

test('one day of high memory is not growth', () => {
  expect(trendOf(month((day) => (day === 29 ? 9000 : 2000)))?.isFlat).toBe(true);
});

test('a few days give no result', () => {
  expect(trendOf([1, 2, 3, 4, 5])).toBeUndefined();
  expect(trendOf([1, 2, 3, 4, 5, 6])).toEqual({ middle: 3.5, last: 5.5, isFlat: false });
});
