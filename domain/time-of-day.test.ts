import { nextTimeOfDay } from './time-of-day.ts';

test.each([
  ['later the same day', '2026-12-01T03:00:00Z', '19:30', 'Asia/Ho_Chi_Minh', '2026-12-01T12:30:00Z'],
  [
    'the next day, once it is past',
    '2026-12-01T12:30:00Z',
    '19:30',
    'Asia/Ho_Chi_Minh',
    '2026-12-02T12:30:00Z',
  ],
  [
    'where the date is ahead of UTC',
    '2026-12-01T20:00:00Z',
    '02:00',
    'Asia/Ho_Chi_Minh',
    '2026-12-02T19:00:00Z',
  ],
  [
    'where the date is behind UTC',
    '2026-12-01T05:00:00Z',
    '23:00',
    'America/Los_Angeles',
    '2026-12-01T07:00:00Z',
  ],
  ['across the end of a year', '2026-12-31T13:00:00Z', '19:30', 'Asia/Ho_Chi_Minh', '2027-01-01T12:30:00Z'],
  [
    'on the day when summer time begins',
    '2026-03-08T09:00:00Z',
    '08:00',
    'America/Los_Angeles',
    '2026-03-08T15:00:00Z',
  ],
  ['on the day when it ends', '2026-11-01T06:00:00Z', '08:00', 'America/Los_Angeles', '2026-11-01T16:00:00Z'],
  [
    'one hour on, where summer time skips it',
    '2026-03-08T05:00:00Z',
    '02:30',
    'America/Los_Angeles',
    '2026-03-08T10:30:00Z',
  ],
  ['in a zone with half an hour', '2026-12-01T00:00:00Z', '06:00', 'Asia/Kolkata', '2026-12-01T00:30:00Z'],
])('finds the time %s', (_, after, time, timezone, expected) => {
  expect(nextTimeOfDay({ time, timezone }, new Date(after))).toEqual(new Date(expected));
});
