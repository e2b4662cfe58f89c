import type { Clock } from './clock.ts';
import { type RetryOptions, type RetryPolicy, retry, TransientError } from './retry.ts';

/** A clock that waits without taking time, and records the waits. */
function countedClock(): { clock: Clock; waits: number[] } {
  let now = 0;
  const waits: number[] = [];
  const clock: Clock = {
    now: () => now,
    async wait(ms, signal) {
      signal?.throwIfAborted();
      waits.push(ms);
      now += ms;
    },
  };
  return { clock, waits };
}

/** Runs attempts that fail with these errors, in turn, and then succeed. */
async function run(errors: unknown[], policy: Partial<RetryPolicy> = {}, options: RetryOptions = {}) {
  const { clock, waits } = countedClock();
  let made = 0;
  const attempt = async () => {
    const error = errors[made];
    made += 1;
    if (error !== undefined) throw error;
    return 'done';
  };
  const ended = retry(attempt, { attempts: 5, backoffMs: 1000, ...policy }, { clock, ...options });
  const outcome: unknown = await ended.catch((error: unknown) => error);
  return { outcome, made, waits };
}

const transient = (retryAfterMs?: number) => new TransientError('busy', { retryAfterMs });

test('doubles the backoff each time, with a jitter of a quarter to either side', async () => {
  const { outcome, waits } = await run([transient(), transient(), transient()]);
  expect(outcome).toBe('done');
  expect(waits).toHaveLength(3);
  for (const [index, wait] of waits.entries()) {
    expect(wait).toBeGreaterThanOrEqual(1000 * 2 ** index * 0.75);
    expect(wait).toBeLessThanOrEqual(1000 * 2 ** index * 1.25);
  }
});

test("limits the backoff to the policy's maximum", async () => {
  const { waits } = await run([transient(), transient(), transient(), transient()], { maxBackoffMs: 1000 });
  expect(Math.max(...waits)).toBeLessThanOrEqual(1250);
});

test('waits as long as the service asks, and never shorter than the backoff', async () => {
  const { waits } = await run([transient(30_000), transient(1)]);
  expect(waits[0]).toBe(30_000);
  expect(waits[1]).toBeGreaterThanOrEqual(1500);
});

test('reads the requested wait from any error that is transient for the caller', async () => {
  const error = Object.assign(new Error('429'), { retryAfterMs: 7000 });
  const { waits } = await run([error], {}, { isTransient: (thrown) => thrown === error });
  expect(waits).toEqual([7000]);
});

test('throws the last error when the attempts are used up', async () => {
  const last = transient();
  const { outcome, made } = await run([transient(), transient(), last], { attempts: 3 });
  expect([outcome, made]).toEqual([last, 3]);
});

test('throws an error that is not transient immediately', async () => {
  const error = new Error('a mistake');
  expect(await run([error])).toMatchObject({ outcome: error, made: 1, waits: [] });
});

test('does not begin a wait that would exceed the budget', async () => {
  const error = transient(10_000);
  expect(await run([error], { budgetMs: 9000 })).toMatchObject({ outcome: error, made: 1, waits: [] });
});

test('gives up on a service that asks for a longer wait than the policy allows', async () => {
  const error = transient(10_000);
  expect(await run([error], { maxRetryAfterMs: 9000 })).toMatchObject({ outcome: error, waits: [] });
});

test('passes the remaining budget to each attempt', async () => {
  const { clock } = countedClock();
  const left: number[] = [];
  const attempt = async (ms: number) => {
    left.push(ms);
    if (left.length === 1) throw transient(4000);
  };
  await retry(attempt, { attempts: 2, backoffMs: 1, budgetMs: 10_000 }, { clock });
  expect(left).toEqual([10_000, 6000]);
});

test('reports each transient failure, including the last one', async () => {
  const failures: number[] = [];
  await run([transient(), transient()], { attempts: 2 }, { onFailure: (_, count) => failures.push(count) });
  expect(failures).toEqual([1, 2]);
});

test('aborts a real wait with the reason of its signal', async () => {
  const control = new AbortController();
  const attempt = async () => {
    setTimeout(() => control.abort(new Error('enough')), 5);
    throw transient();
  };
  const ended = retry(attempt, { attempts: 2, backoffMs: 60_000 }, { signal: control.signal });
  await expect(ended).rejects.toThrow('enough');
});
