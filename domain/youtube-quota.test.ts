import { defaultAllowance, forecast, shortage, videosLeft, youtubeDay } from './youtube-quota.ts';

const whole = { captions: true, playlist: true };

test("a chapter needs one upload call, and units for the video's time and additions", () => {
  expect(forecast(whole)).toEqual({ uploads: 1, units: 3 + 50 + 400 + 1 + 50 + 1 + 50 });
  expect(forecast({ captions: false, playlist: false })).toEqual({ uploads: 1, units: 3 + 50 });
});

test('the two allowances run out independently', () => {
  const needed = forecast(whole);
  expect(shortage({ uploads: 99, units: 9445 }, needed, defaultAllowance)).toBeUndefined();
  expect(shortage({ uploads: 100, units: 0 }, needed, defaultAllowance)).toMatch('100 of 100 uploads');
  expect(shortage({ uploads: 18, units: 9446 }, needed, defaultAllowance)).toMatch('9446 of 10000 units');
});

test('has no room on a day that YouTube has closed, whatever is left of the allowances', () => {
  const spent = { uploads: 1, units: 0, closed: 'the channel takes no more uploads for 24 hours' };
  expect(shortage(spent, forecast(whole), defaultAllowance)).toMatch('takes no more uploads for 24 hours');
});

test('fits eighteen whole chapters into a day, then the units are used up', () => {
  const needed = forecast(whole);
  const spent = { uploads: 0, units: 0 };
  while (!shortage(spent, needed, defaultAllowance)) {
    spent.uploads += needed.uploads;
    spent.units += needed.units;
  }
  expect(spent.uploads).toBe(18);
});

test('lanes have room for what the channels still publish, within the allowances of each project', () => {
  const wanted = { project: 'main', needed: forecast(whole), allowance: defaultAllowance };
  const fresh = { ...wanted, videos: 10, spent: { uploads: 0, units: 0 } };
  expect(videosLeft([fresh])).toBe(10);
  // The units of a project are enough for eighteen videos of all its channels.
  expect(videosLeft([fresh, { ...fresh, videos: 30 }])).toBe(18);
  expect(videosLeft([fresh, { ...fresh, videos: 30, project: 'truyen-ma' }])).toBe(28);
  expect(videosLeft([{ ...fresh, spent: { uploads: 97, units: 0 } }])).toBe(3);
  expect(videosLeft([{ ...fresh, spent: { uploads: 101, units: 10_200 } }])).toBe(0);
  expect(videosLeft([{ ...fresh, spent: { uploads: 0, units: 0, closed: 'quotaExceeded' } }])).toBe(0);
});

test.each([
  ['2026-03-08T07:59:59Z', '2026-03-07', 'winter time: the day ends at 08:00 UTC'],
  ['2026-03-08T08:00:00Z', '2026-03-08', 'the short day of 23 hours begins'],
  ['2026-03-09T06:59:59Z', '2026-03-08', 'and ends at 07:00 UTC'],
  ['2026-11-01T07:00:00Z', '2026-11-01', 'the long day of 25 hours begins'],
  ['2026-11-02T07:59:59Z', '2026-11-01', 'and ends at 08:00 UTC'],
])('%s belongs to %s (%s)', (instant, day) => {
  expect(youtubeDay(new Date(instant))).toBe(day);
});
