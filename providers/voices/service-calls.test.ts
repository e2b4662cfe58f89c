import type { Clock } from '../retry/clock.ts';
import { serviceCalls } from './service-calls.ts';

test('begins utterances no faster than the service accepts requests, and says how long one can take', async () => {
  const waits: number[] = [];
  // Time stands still, so each wait is the time at which its utterance begins.
  const clock: Clock = { now: () => 0, wait: async (ms) => void waits.push(ms) };
  const calls = serviceCalls({ requestsPerMinute: 3000, concurrency: 4 }, clock);
  const speak = () =>
    calls.make(
      async () => 'spoken',
      (reason) => reason,
    );
  await Promise.all(Array.from({ length: 6 }, speak));
  expect(waits).toEqual([0, 20, 40, 60, 80, 100]);
  expect(calls.longestMs).toBe(60_000 + 4 * 20);
  expect(serviceCalls({}).longestMs).toBe(60_000);
});

test('an utterance that waits for its turn ends with the voice', async () => {
  const calls = serviceCalls({ requestsPerMinute: 1 });
  const speak = () =>
    calls.make(
      async () => 'spoken',
      (reason) => reason,
    );
  expect(await speak()).toBe('spoken');
  const waiting = speak();
  calls.close();
  await expect(waiting).rejects.toThrow('The voice was closed');
});
