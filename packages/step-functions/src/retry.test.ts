import { matchesError } from './errors.ts';
import { chooseRetrier, type Retrier, retryDelay } from './retry.ts';

const retrier = (more: Partial<Retrier> = {}): Retrier => ({
  errorEquals: ['States.ALL'],
  intervalSeconds: 3,
  maxAttempts: 3,
  backoffRate: 2,
  maxDelaySeconds: undefined,
  fullJitter: false,
  ...more,
});

describe('retryDelay', () => {
  test('grows by the back-off rate up to the maximum delay', () => {
    const rule = retrier({ maxDelaySeconds: 10 });
    expect([0, 1, 2, 3].map((retried) => retryDelay(rule, retried))).toEqual([3000, 6000, 10_000, 10_000]);
  });

  test('full jitter takes a random part of it', () => {
    expect(retryDelay(retrier({ fullJitter: true }), 1, () => 0.25)).toBe(1500);
  });

  test('stays a number after a thousand retries, also where the interval is 0', () => {
    expect(retryDelay(retrier({ intervalSeconds: 0 }), 5000)).toBe(0);
    expect(retryDelay(retrier(), 5000)).toBe(99_999_999_000);
    expect(retryDelay(retrier({ fullJitter: true }), 5000, () => 0)).toBe(0);
  });
});

describe('chooseRetrier', () => {
  const rules = [retrier({ errorEquals: ['A'], maxAttempts: 1 }), retrier()];

  test('the first matching rule decides, even when its attempts are used up', () => {
    expect(chooseRetrier(rules, [], { error: 'A' }, false)).toBe(0);
    expect(chooseRetrier(rules, [1], { error: 'A' }, false)).toBeUndefined();
    expect(chooseRetrier(rules, [1], { error: 'B' }, false)).toBe(1);
  });

  test('zero attempts disable retries', () => {
    expect(chooseRetrier([retrier({ maxAttempts: 0 })], [], { error: 'A' }, false)).toBeUndefined();
  });
});

describe('matchesError', () => {
  test.each([
    ['States.ALL', 'Anything', true],
    ['States.ALL', 'States.Timeout', true],
    ['States.ALL', 'States.DataLimitExceeded', false],
    ['States.ALL', 'States.Runtime', false],
    ['States.Runtime', 'States.Runtime', false],
    ['States.DataLimitExceeded', 'States.DataLimitExceeded', true],
    ['States.TaskFailed', 'Anything', true],
    ['States.TaskFailed', 'States.Timeout', false],
    ['States.HeartbeatTimeout', 'States.Timeout', false],
    ['Any', 'Anything', false],
  ])('%s and %s: %p', (pattern, error, expected) => {
    expect(matchesError([pattern], { error })).toBe(expected);
  });

  test('States.ALL matches the result of a task that is too large', () => {
    const failure = { error: 'States.DataLimitExceeded', byTask: true } as const;
    expect(matchesError(['States.ALL'], failure)).toBe(true);
    expect(matchesError(['States.TaskFailed'], failure)).toBe(false);
  });

  test('a late heartbeat matches both names', () => {
    expect(matchesError(['States.HeartbeatTimeout'], { error: 'States.Timeout' }, true)).toBe(true);
    expect(matchesError(['States.Timeout'], { error: 'States.Timeout' }, true)).toBe(true);
  });
});
