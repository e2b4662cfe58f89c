import sharp from 'sharp';
import { seriesSettingsKey } from '../domain/artifacts.ts';
import { heldChapters } from './testing/held-chapters.ts';
import { type LightPipeline, startLightEnvironment } from './testing/light-pipeline.ts';

/** Several channels in one stage: the real flow, functions and uploader, and a YouTube that tells the channels apart. */
let pipeline: LightPipeline;
let held: ReturnType<typeof heldChapters>;
let page: Buffer;
const limit = 600_000;

beforeAll(async () => {
  page = await sharp({ create: { width: 400, height: 600, channels: 3, background: '#ddd' } })
    .jpeg()
    .toBuffer();
  pipeline = await startLightEnvironment(['scriptgen', 'ttsgen'], ['youtube'], {
    settings: {
      ...{ dailyQuota: 2, youtubeCaptions: false },
      channels: { ma: { dailyQuota: 1, sharesQuotaWith: 'main' }, cuoi: { youtubePrivacy: 'public' } },
    },
  });
  held = heldChapters(pipeline);
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

test(
  'each series goes to its channel, a full one waits, and one that revoked its consent stops alone and is told once',
  async () => {
    for (const channel of ['ma', 'cuoi']) {
      pipeline.secrets[`manga-pipeline/youtube/${channel}`] = JSON.stringify(youtube().secretOf(channel));
      await moveTo(channel, channel);
    }
    youtube().oauth.revoke('cuoi');
    for (const chapter of ['an/1', 'an/2', 'an/3', 'cuoi/1', 'cuoi/2', 'ma/1'])
      pipeline.write(`chapters/${chapter}/001.jpg`, page);
    expect(await pipeline.end(await pipeline.begin('ma/2', page))).toMatchObject({ status: 'SUCCEEDED' });

    expect([videosOn('main').length, videosOn('ma').length, videosOn('cuoi').length]).toEqual([2, 1, 0]);
    expect(pipeline.failures()).toEqual(['ChannelRefused']);
    expect(pipeline.messages.map(({ text }) => text)).toEqual([expect.stringContaining('CHANNEL=cuoi')]);
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
