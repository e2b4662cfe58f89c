import type { RateLimiter } from '../providers/retry/rate-limiter.ts';
import { startTables } from './testing/embedded-cloud.ts';

const endTables = await startTables({ counters: 'date' });
const { rateLimiter } = await import('./rate-limiter.ts');
const { dailyCounter } = await import('./counter.ts');
afterAll(endTables);

const start = Date.parse('2026-02-07T10:00:00Z');
const sorted = (moments: number[]) => [...moments].sort((a, b) => a - b).map((moment) => moment - start);

test('gives thirty parallel callers thirty turns, evenly spaced', async () => {
  const callers = Array.from({ length: 30 }, () => rateLimiter('counters', 'many', 200, () => start));
  const turns = await Promise.all(callers.map((caller) => caller.reserve()));
  expect(sorted(turns)).toEqual(Array.from({ length: 30 }, (_, index) => index * 200));
});

test('does not save unused turns', async () => {
  await rateLimiter('counters', 'idle', 200, () => start).reserve();
  const later: RateLimiter = rateLimiter('counters', 'idle', 200, () => start + 60_000);
  expect(sorted([await later.reserve(), await later.reserve()])).toEqual([60_000, 60_200]);
});

test('pauses every caller, and a shorter pause does not end it', async () => {
  const one = rateLimiter('counters', 'paused', 200, () => start);
  await one.pauseUntil(start + 5000);
  await rateLimiter('counters', 'paused', 200, () => start).pauseUntil(start + 1000);
  expect(sorted([await one.reserve(), await one.reserve()])).toEqual([5000, 5200]);
});

test('keeps limits separate from each other and from the counted days', async () => {
  await rateLimiter('counters', '2026-02-07', 200, () => start).reserve();
  expect(await rateLimiter('counters', 'other', 200, () => start).reserve()).toBe(start);
  expect(await dailyCounter('counters').count('2026-02-07')).toBe(0);
});
