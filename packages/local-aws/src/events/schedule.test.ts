import { createCloudClock } from '../clock/cloud-clock.ts';
import { nextRun, startSchedule } from './schedule.ts';

const losAngeles = { time: '01:00', timezone: 'America/Los_Angeles' };

test.each([
  ['later today', losAngeles, '2026-02-07T08:00:00Z', '2026-02-07T09:00:00Z'],
  ['tomorrow, when it is exactly that time', losAngeles, '2026-02-07T09:00:00Z', '2026-02-08T09:00:00Z'],
  [
    'an hour earlier in UTC after summer time began',
    losAngeles,
    '2026-03-08T09:30:00Z',
    '2026-03-09T08:00:00Z',
  ],
  ['an hour later again after summer time ended', losAngeles, '2026-11-01T09:30:00Z', '2026-11-02T09:00:00Z'],
  [
    'on the zone’s day',
    { time: '06:30', timezone: 'Asia/Ho_Chi_Minh' },
    '2026-02-07T23:00:00Z',
    '2026-02-07T23:30:00Z',
  ],
])('the next run is %s', (_, schedule, now, expected) => {
  expect(new Date(nextRun(schedule, Date.parse(now))).toISOString()).toBe(expected.replace('Z', '.000Z'));
});

test('starts a run each day, even after one that could not start', async () => {
  const clock = createCloudClock();
  const started: number[] = [];
  const said: string[] = [];
  const stop = startSchedule({
    schedule: losAngeles,
    clock,
    start: async () => {
      if (started.push(clock.now()) === 1) throw new Error('no');
    },
    log: ({ text }) => said.push(text),
  });
  await clock.jump(3 * 86_400_000);
  stop();
  await clock.jump(2 * 86_400_000);
  clock.close();
  expect(started.length).toBe(3);
  expect(said[0]).toBe("the run of 01:00 America/Los_Angeles can't start: no");
  expect(said[1]).toBe('started the run of 01:00 America/Los_Angeles');
});
