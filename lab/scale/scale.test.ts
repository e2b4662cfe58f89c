import { simulateDay } from './day.ts';
import { durationsOf } from './durations.ts';

test('lanes divide a day, but no more of them are at work than there are series', async () => {
  const durations = durationsOf({ minutes: 10, pages: 30, renderer: 'c6a.xlarge' });
  const hoursOfJob = Object.values(durations).reduce((sum, seconds) => sum + seconds, 0) / 3600;
  const day = await simulateDay(durations, { videos: 4, chaptersPerSeries: 2 }, 3);
  expect(day).toMatchObject({ published: 4, machines: 2, executions: 4 });
  expect(day.hours).toBeCloseTo(2 * hoursOfJob, 2);
});
