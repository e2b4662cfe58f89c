import { simulateDay } from './day.ts';
import { durationsOf } from './durations.ts';

test('lanes divide a day, but no more of them are at work than there are series', async () => {
  const durations = durationsOf({
    minutes: 10,
    pages: 30,
    renderer: 'c6a.xlarge',
    renderShards: 0,
    renderShardsOn: 'machines',
  });
  const { fetcher, scriptgen, ttsgen, renderer, uploader } = durations;
  const hoursOfJob = (fetcher + scriptgen + ttsgen + renderer + uploader) / 3600;
  const day = await simulateDay(durations, { videos: 4, chaptersPerSeries: 2 }, { lanes: 3 });
  expect(day).toMatchObject({ published: 4, machines: 2, executions: 4 });
  expect(day.hours).toBeCloseTo(2 * hoursOfJob, 2);
});

test('machines that share a render divide its time, and the renderer then only joins', async () => {
  const durations = durationsOf({
    minutes: 300,
    pages: 300,
    renderer: 'c6a.xlarge',
    renderShards: 4,
    renderShardsOn: 'machines',
  });
  const { fetcher, scriptgen, ttsgen, shard, joiner, uploader } = durations;
  const day = await simulateDay(durations, { videos: 1, chaptersPerSeries: 1 }, { lanes: 1, shards: 4 });
  expect(day).toMatchObject({ published: 1, machines: 4 });
  expect(day.hours * 3600).toBeCloseTo(fetcher + scriptgen + ttsgen + shard + joiner + uploader, 0);
});

test('machines that stay boot once a lane, and their day is shorter by the other boots', async () => {
  const durations = durationsOf({
    minutes: 10,
    pages: 30,
    renderer: 'c6a.xlarge',
    renderShards: 0,
    renderShardsOn: 'machines',
  });
  const library = { videos: 4, chaptersPerSeries: 4 };
  const alone = await simulateDay(durations, library, { lanes: 1 });
  const stays = await simulateDay(durations, library, { lanes: 1, idleMinutes: 30 });
  expect([alone.boots, stays.boots]).toEqual([8, 2]);
  expect((alone.hours - stays.hours) * 3600).toBeCloseTo(6 * durations.boot, 0);
  // It waits for the other steps between two renders, and for nothing after the last one.
  const { fetcher, scriptgen, ttsgen, renderer, uploader, boot } = durations;
  const between = fetcher + scriptgen + ttsgen + uploader - boot;
  const seconds = renderer + 3 * (renderer - boot) + 3 * between + boot + 30 * 60;
  expect(stays.machineHours.renderer * 3600).toBeCloseTo(seconds, 0);
});

test('the first of the machines that share a render continues with its join', async () => {
  const durations = durationsOf({
    minutes: 300,
    pages: 300,
    renderer: 'c6a.xlarge',
    renderShards: 4,
    renderShardsOn: 'machines',
  });
  const options = { lanes: 1, shards: 4, idleMinutes: 2 };
  const day = await simulateDay(durations, { videos: 1, chaptersPerSeries: 1 }, options);
  expect(day).toMatchObject({ published: 1, boots: 5 });
});

describe('shards on functions', () => {
  const durations = (minutes: number, renderShards: number) =>
    durationsOf({
      ...{ minutes, pages: minutes * 3, renderer: 'c6a.xlarge', renderShards },
      renderShardsOn: 'functions',
    });

  test('a short video is made and joined without a renderer', async () => {
    const its = durations(10, 20);
    const { fetcher, scriptgen, ttsgen, shard, joiner, uploader } = its;
    const options = { lanes: 1, shards: 20, shardsOn: 'functions' } as const;
    const day = await simulateDay(its, { videos: 1, chaptersPerSeries: 1 }, options);
    expect(day).toMatchObject({ published: 1, boots: 1, machineHours: { renderer: 0 } });
    expect(day.hours * 3600).toBeCloseTo(fetcher + scriptgen + ttsgen + shard + joiner + uploader, 0);
  });

  test('S3 limits how fast hundreds of them read the measures of a long sound', () => {
    // 282 parts, of which each function makes one at most, and five pieces of 4.3 seconds.
    const work = durations(300, 400).shard - 3;
    expect(work).toBeGreaterThan((282 * 400) / 5500 + 5 * 4.2);
    // Ten times as many functions are less than five times as fast.
    expect(durations(300, 40).shard).toBeLessThan(5 * work);
  });
});
