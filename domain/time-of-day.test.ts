import fc from 'fast-check';
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

/** Zones whose clocks change in unusual ways: by half an hour, at midnight, in the south, twice around Ramadan, and by a whole day. */
const zones = [
  ...['America/Los_Angeles', 'America/St_Johns', 'Europe/London', 'Australia/Lord_Howe', 'Africa/Casablanca'],
  ...[
    'America/Santiago',
    'Africa/Cairo',
    'Asia/Beirut',
    'Pacific/Chatham',
    'Pacific/Apia',
    'Asia/Ho_Chi_Minh',
  ],
];

test('finds the first such time after any instant in zones of all kinds, and skips no day', () => {
  const minutes = fc.integer({ min: 0, max: 24 * 60 - 1 });
  const instants = fc.date({
    min: new Date('2011-01-01T00:00:00Z'),
    max: new Date('2028-01-01T00:00:00Z'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(fc.constantFrom(...zones), minutes, instants, (timezone, minute, after) => {
      const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
      const clock = new Intl.DateTimeFormat('en-GB', {
        timeZone: timezone,
        hour: '2-digit',
        minute: '2-digit',
      });
      const found = nextTimeOfDay({ time, timezone }, after).getTime();
      expect(found).toBeGreaterThan(after.getTime());
      // A day of 25 hours, and at most one hour more where clocks skip the time.
      expect(found - after.getTime()).toBeLessThanOrEqual(26 * 3_600_000);
      // No earlier instant shows the time; all zones are ahead of UTC by quarters of an hour.
      const quarter = 15 * 60_000;
      const first = Math.floor(after.getTime() / quarter) * quarter + (minute % 15) * 60_000;
      for (let at = first; at < found; at += quarter)
        if (at > after.getTime()) expect(clock.format(at)).not.toBe(time);
    }),
    { numRuns: 60 },
  );
});
