import { matchesWildcard, wildcardParts } from './wildcard.ts';

const matches = (value: string, pattern: string) => matchesWildcard(value, wildcardParts(pattern));

test.each([
  ['', '', true],
  ['a', '', false],
  ['', '*', true],
  ['line\nline', '*', true],
  ['log-2026.txt', 'log-*.txt', true],
  ['log-.txt', 'log-*.txt', true],
  ['log-.tx', 'log-*.txt', false],
  ['aba', 'ab*ba', false],
  ['abba', 'ab*ba', true],
  ['a-x-b-x-c', 'a*x*x*c', true],
  ['a-x-c', 'a*x*x*c', false],
  ['aab', '*ab*b', false],
  ['aabab', '*ab*b', true],
  ['a.c', 'a.c', true],
  ['abc', 'a.c', false],
  ['2*2', '2\\*2', true],
  ['2x2', '2\\*2', false],
  ['a\\b', 'a\\\\b', true],
  ['a\\', 'a\\', true],
  ['ababac', '*abac*', true],
])('%j with %j: %p', (value, pattern, expected) => {
  expect(matches(value, pattern)).toBe(expected);
});

test('a pattern of many asterisks, and one of many equal letters, end', () => {
  const text = 'a'.repeat(200_000);
  expect(matches(text, `${'*a'.repeat(5000)}*b`)).toBe(false);
  expect(matches(text, `*${'a'.repeat(100_000)}b*`)).toBe(false);
});
