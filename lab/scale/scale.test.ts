import { simulateDay } from './day.ts';
import { durationsOf } from './durations.ts';

test('lanes divide a day, but no more of them are at work than there are series', async () => {
  const durations = durationsOf({ minutes: 10, pages: 30, renderer: 'c6a.xlarge', renderShards: 0 });
  const { fetcher, scriptgen, ttsgen, renderer, uploader } = durations;
  const hoursOfJob = (fetcher + scriptgen + ttsgen + renderer + uploader) / 3600;
  const day = await simulateDay(durations, { videos: 4, chaptersPerSeries: 2 }, { lanes: 3 });
  expect(day).toMatchObject({ published: 4, machines: 2, executions: 4 });
  expect(day.hours).toBeCloseTo(2 * hoursOfJob, 2);
});

test('machines that share a render divide its time, and the renderer then only joins', async () => {
  const durations = durationsOf({ minutes: 300, pages: 300, renderer: 'c6a.xlarge', renderShards: 4 });
  const { fetcher, scriptgen, ttsgen, shard, joiner, uploader } = durations;
  const day = await simulateDay(durations, { videos: 1, chaptersPerSeries: 1 }, { lanes: 1, shards: 4 });
  expect(day).toMatchObject({ published: 1, machines: 4 });
  expect(day.hours * 3600).toBeCloseTo(fetcher + scriptgen + ttsgen + shard + joiner + uploader, 0);
});
