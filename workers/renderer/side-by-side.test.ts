import { setTimeout as wait } from 'node:timers/promises';
import { sideBySide } from './side-by-side.ts';

const numbers = Array.from({ length: 30 }, (_, index) => index);
const open = new AbortController().signal;

test('returns the results in order, with several items at the same time', async () => {
  let now = 0;
  let most = 0;
  const results = await sideBySide(numbers, { signal: open, atOnce: 8 }, async (number) => {
    now += 1;
    most = Math.max(most, now);
    await wait(1);
    now -= 1;
    return number * 2;
  });
  expect(results).toEqual(numbers.map((number) => number * 2));
  expect(most).toBe(8);
});

test('throws the first error when the items in progress have ended, and starts no other', async () => {
  const started: number[] = [];
  const ended: number[] = [];
  const all = sideBySide(numbers, { signal: open, atOnce: 8 }, async (number) => {
    started.push(number);
    if (number === 2) throw new Error('gone');
    await wait(5);
    ended.push(number);
  });
  await expect(all).rejects.toThrow('gone');
  expect(started).toHaveLength(8);
  expect(ended).toHaveLength(7);
});

test('starts nothing after an abort', async () => {
  const stop = new AbortController();
  const started: number[] = [];
  const all = sideBySide(numbers, { signal: stop.signal, atOnce: 8 }, async (number) => {
    started.push(number);
    stop.abort(new Error('stopped'));
  });
  await expect(all).rejects.toThrow('stopped');
  expect(started.length).toBeLessThanOrEqual(8);
});
