import { retryAfterMs } from './retry-after.ts';

const now = Date.parse('2026-02-07T10:00:00Z');
const inSeconds = (moment: string) => String(Date.parse(moment) / 1000);

test.each([
  ['seconds', { 'retry-after': '30' }, 30_000],
  ['zero seconds', { 'retry-after': '0' }, 0],
  ['a date', { 'retry-after': 'Sat, 07 Feb 2026 10:00:07 GMT' }, 7_000],
  ['a date in the past', { 'retry-after': 'Sat, 07 Feb 2026 09:00:00 GMT' }, 0],
  ["OpenAI's milliseconds before its seconds", { 'retry-after-ms': '250.5', 'retry-after': '1' }, 250.5],
  ["MangaDex's moment", { 'x-ratelimit-retry-after': inSeconds('2026-02-07T10:00:10Z') }, 10_000],
  ['a time in the past', { 'x-ratelimit-retry-after': inSeconds('2026-02-07T09:00:00Z') }, 0],
  [
    'a time by a clock that is twenty minutes ahead',
    {
      date: 'Sat, 07 Feb 2026 10:20:00 GMT',
      'x-ratelimit-retry-after': inSeconds('2026-02-07T10:20:10Z'),
    },
    10_000,
  ],
  [
    'a date by a clock that is twenty minutes behind',
    { date: 'Sat, 07 Feb 2026 09:40:00 GMT', 'retry-after': 'Sat, 07 Feb 2026 09:40:10 GMT' },
    10_000,
  ],
  ['nothing', {}, undefined],
  ['an empty header', { 'retry-after': '' }, undefined],
  ['a word', { 'retry-after': 'soon' }, undefined],
  ['a negative number', { 'retry-after': '-1' }, undefined],
  ['more than a number can hold', { 'retry-after': '1e999' }, undefined],
])('reads %s', (_, headers: Record<string, string>, expected) => {
  expect(retryAfterMs(headers, now)).toBe(expected);
  expect(retryAfterMs(new Headers(headers), now)).toBe(expected);
});
