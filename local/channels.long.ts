import { eventually } from 'local-aws/testing';
import { seriesSettingsKey } from '../domain/artifacts.ts';
import { type heldChapters, startWithHeldChapters } from './testing/held-chapters.ts';
import type { LightPipeline } from './testing/light-pipeline.ts';

/** Several channels in one stage: the real flow, functions and uploader, and a YouTube that tells the channels apart. */
let pipeline: LightPipeline;
let held: ReturnType<typeof heldChapters>;
let page: Buffer;
const limit = 600_000;

beforeAll(async () => {
  const settings = {
    ...{ dailyQuota: 2, youtubeCaptions: false },
    channelsFromLibrary: ['ma'],
    channels: { ma: { dailyQuota: 1, sharesQuotaWith: 'main' }, cuoi: { youtubePrivacy: 'public' as const } },
  };
  ({ pipeline, held, page } = await startWithHeldChapters({ settings }, ['youtube']));
}, 120_000);
afterAll(() => pipeline?.close());

const youtube = () => {
  if (!pipeline.youtube) throw new Error('There is no YouTube');
  return pipeline.youtube;
};
const videosOn = (channel: string) =>
  youtube()
    .channelNamed(channel)
    .videos.map(({ snippet, status }) => [snippet.title, status.privacyStatus]);
const moveTo = (series: string, channel: string) =>
  held.access.s3('PUT', seriesSettingsKey(series), '', JSON.stringify({ channel }));
const counters = async () => {
  const items = await held.access.scan(pipeline.cloud.resources.countersTable);
  return new Map(items.map((item) => [String(item.date), item]));
};

test(
  'each series goes to its channel, a full one waits, and one that revoked its consent stops alone and is told once',
  async () => {
    for (const channel of ['ma', 'cuoi']) {
      pipeline.secrets[`manga-pipeline/youtube/${channel}`] = JSON.stringify(youtube().secretOf(channel));
    }
    await moveTo('cuoi', 'cuoi');
    pipeline.write('chapters/ma/manga-pipeline.json', JSON.stringify({ channel: 'ma' }));
    youtube().oauth.revoke('cuoi');
    for (const chapter of ['an/1', 'an/2', 'an/3', 'cuoi/1', 'cuoi/2', 'ma/1'])
      pipeline.write(`chapters/${chapter}/001.jpg`, page);
    expect(await pipeline.end(await pipeline.begin('ma/2', page))).toMatchObject({ status: 'SUCCEEDED' });

    expect([videosOn('main').length, videosOn('ma').length, videosOn('cuoi').length]).toEqual([2, 1, 0]);
    expect(pipeline.failures()).toEqual(['ChannelRefused']);
    expect(pipeline.messages.map(({ text }) => text)).toEqual([expect.stringContaining('CHANNEL=cuoi')]);
    // Its chapter is not to blame, and waits for the channel.
    expect(await held.claimOf('cuoi/1')).toMatchObject({ status: 'failed', attempts: 0 });
    expect(await held.claimOf('cuoi/2')).toBeUndefined();
    expect(await held.claimOf('ma/1')).toMatchObject({ status: 'published', channel: 'ma' });
    expect(await held.claimOf('an/1')).not.toHaveProperty('channel');
    expect(await held.jobOf('an/1')).not.toHaveProperty('channel');

    const items = await counters();
    const [day = ''] = [...items.keys()].filter((key) => /^\d{4}-\d\d-\d\d$/.test(key));
    expect(items.get(day)).toMatchObject({ count: 2, slots: 2 });
    expect(items.get(`channel#ma#${day}`)).toMatchObject({ count: 1, slots: 1 });
    expect(items.get(`channel#cuoi#${day}`)).toMatchObject({ slots: 0 });
    // Two channels of one Google project count together.
    const uploads = [...items].flatMap(([key, item]) =>
      key.includes('youtube#20') ? [[key.replace(/#20.*/, ''), item.uploads]] : [],
    );
    // What is public next to it is asked before an upload, and that was refused.
    expect(Object.fromEntries(uploads)).toEqual({ youtube: 3, 'channel#cuoi#youtube': undefined });
    expect([...items].find(([key]) => key.startsWith('channel#cuoi#youtube#20'))?.[1]).toMatchObject({
      units: 1,
    });
    const summary = await eventually('the summary of the day', async () => pipeline.summaries.at(-1));
    expect(summary.text).toMatch(/Left on cuoi: .*closed: .*revoked/s);
  },
  limit,
);

test(
  'on the next day a chapter at work keeps the channel that it began with, and the refused one is left alone',
  async () => {
    await pipeline.cloud.control.run('clock', { jump: '24h' });
    pipeline.forget();
    const run = await pipeline.whileRendering(
      () => pipeline.start(),
      () => moveTo('an', 'ma'),
    );
    expect(await pipeline.end(run)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await held.jobOf('an/3')).not.toHaveProperty('channel');
    expect(await held.jobOf('ma/2')).toMatchObject({ channel: 'ma', status: 'published' });
    expect([videosOn('main').length, videosOn('ma').length, videosOn('cuoi').length]).toEqual([3, 2, 0]);
    expect(pipeline.failures()).toEqual([]);
    expect(pipeline.messages).toHaveLength(1);
  },
  limit,
);

test(
  'a channel whose secret is of the YouTube channel of another one publishes nothing, and both are named once',
  async () => {
    await pipeline.cloud.control.run('clock', { jump: '24h' });
    pipeline.forget();
    pipeline.secrets['manga-pipeline/youtube/ma'] = JSON.stringify(youtube().secretOf('main'));
    pipeline.write('chapters/ma/3/001.jpg', page);
    const before = videosOn('main').length;
    expect(await pipeline.end(await pipeline.begin('ma/4', page))).toMatchObject({ status: 'SUCCEEDED' });
    const [told] = pipeline.messages.filter(({ text }) => text.includes('one YouTube channel'));
    expect(told?.text).toContain('The channels main and ma have secrets of one YouTube channel');
    expect(pipeline.failures()).toEqual(['ChannelRefused']);
    expect(videosOn('main').length).toBe(before);
    expect(await held.claimOf('ma/3')).toMatchObject({ status: 'failed', attempts: 0 });
    await eventually('the summary of the day', async () =>
      pipeline.summaries.find(({ text }) => /Left on ma: .*closed: The channels main and ma/s.test(text)),
    );
  },
  limit,
);
