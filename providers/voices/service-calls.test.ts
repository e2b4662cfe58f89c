import { serviceCalls } from './service-calls.ts';

test('begins utterances no faster than the service accepts requests, and says how long one can take', async () => {
  const calls = serviceCalls({ requestsPerMinute: 3000, concurrency: 4 });
  const begun: number[] = [];
  const speak = () =>
    calls.make(
      async () => void begun.push(performance.now()),
      (reason) => reason,
    );
  await Promise.all(Array.from({ length: 6 }, speak));
  const [first = 0, ...later] = begun;
  // A timer can fire a millisecond early.
  expect(later.filter((at, index) => at - first < (index + 1) * 20 - 1)).toEqual([]);
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
