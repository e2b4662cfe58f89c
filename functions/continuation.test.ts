import { positionOf, workThrough } from './continuation.ts';

test('does every item when there is time', async () => {
  const done: number[] = [];
  const work = async (item: number) => {
    done.push(item);
  };
  expect(await workThrough([1, 2, 3], 0, () => 900_000, work)).toEqual({ finished: true });
  expect(done).toEqual([1, 2, 3]);
});

test('stops while there is time to return, and continues from there', async () => {
  let left = 100_000;
  const work = async () => {
    left -= 30_000;
  };
  // 100 s: one item takes 30 s, so after the first there are 70 s < 15 s + 2 × 30 s.
  expect(await workThrough([1, 2, 3], 0, () => left, work)).toEqual({ finished: false, next: 1 });
});

test('makes progress in each call, however little time there is', async () => {
  const done: number[] = [];
  const work = async (item: number) => {
    done.push(item);
  };
  expect(
    await workThrough(
      ['a', 'b'].map((_, index) => index),
      0,
      () => 1,
      work,
    ),
  ).toEqual({ finished: false, next: 1 });
  expect(done).toEqual([0]);
});

test.each([
  [null, 0],
  [undefined, 0],
  ['2', 2],
  ['3', 3],
  ['4', 0],
  ['-1', 0],
  ['1.5', 0],
  ['nonsense', 0],
])('reads a token %p as position %p of three', (token, position) => {
  expect(positionOf(token, 3)).toBe(position);
});
