import { localSchedule } from './schedule.ts';

test('reads the settings of a deployment, by their names in capitals', () => {
  expect(localSchedule({})).toEqual({ time: '01:00', timezone: 'America/Los_Angeles' });
  expect(localSchedule({ SCHEDULE_TIME: '18:30', SCHEDULE_TIMEZONE: 'Asia/Ho_Chi_Minh' })).toEqual({
    time: '18:30',
    timezone: 'Asia/Ho_Chi_Minh',
  });
  expect(localSchedule({ SCHEDULE_ENABLED: 'false' })).toBeUndefined();
  expect(() => localSchedule({ SCHEDULE_TIME: '25:00' })).toThrow(/SCHEDULE_TIME: must be a time like 01:00/);
});
