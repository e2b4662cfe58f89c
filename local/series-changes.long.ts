import { musicPrefix, seriesSettingsKey } from '../domain/artifacts.ts';
import { type heldChapters, startWithHeldChapters } from './testing/held-chapters.ts';
import type { LightPipeline } from './testing/light-pipeline.ts';

/** Settings of a series that change between two of its chapters, on the real flow, functions, uploader and a fake YouTube. */
let pipeline: LightPipeline;
let held: ReturnType<typeof heldChapters>;
let page: Buffer;
const limit = 600_000;

beforeAll(async () => {
  ({ pipeline, held, page } = await startWithHeldChapters(
    { settings: { dailyQuota: 9, youtubeCaptions: false } },
    ['youtube'],
  ));
}, 120_000);
afterAll(() => pipeline?.close());

const channel = () => {
  if (!pipeline.youtube) throw new Error('There is no YouTube');
  return pipeline.youtube.channelNamed('main');
};
const sets = (settings: object) =>
  held.access.s3('PUT', seriesSettingsKey('an'), '', JSON.stringify(settings));
async function day(...chapters: string[]): Promise<void> {
  for (const chapter of chapters) pipeline.write(`chapters/${chapter}/001.jpg`, page);
  expect(await pipeline.end(await pipeline.start())).toMatchObject({ status: 'SUCCEEDED' });
}

test(
  'hold for the next chapter, and leave those that were published as they are',
  async () => {
    await sets({ youtubePlaylist: 'Sáng' });
    await day('an/1');
    await sets({ youtubePlaylist: 'Tối', youtubePrivacy: 'unlisted' });
    await day('an/2');
    expect(channel().videos.map(({ status }) => status.privacyStatus)).toEqual(['private', 'unlisted']);
    expect(channel().playlists.map(({ title }) => title)).toEqual(['Sáng', 'Tối']);
  },
  limit,
);

test(
  'that name missing music fail its next chapter before it is read, and the others wait until the music is there',
  async () => {
    await sets({ music: 'mưa.mp3', musicCredit: 'Mưa – Lan, CC BY 4.0' });
    pipeline.forget();
    pipeline.messages.splice(0);
    await day('an/3', 'an/4', 'binh/1');
    expect(pipeline.failures()).toEqual(['ConfigurationError']);
    expect(pipeline.messages.map(({ text }) => text).join()).toContain('mưa.mp3: upload the music');
    expect(await held.claimOf('an/3')).toMatchObject({ status: 'failed' });
    expect(await held.claimOf('an/4')).toBeUndefined();
    expect(await held.claimOf('binh/1')).toMatchObject({ status: 'published' });

    await held.access.s3('PUT', `${musicPrefix}mưa.mp3`, '', 'music');
    const retried = await held.decide(await held.jobOf('an/3'), {
      verdict: 'retry',
      reason: 'the music is there',
    });
    await pipeline.end(retried);
    await day();
    expect(await held.claimOf('an/3')).toMatchObject({ status: 'published' });
    expect(await held.claimOf('an/4')).toMatchObject({ status: 'published' });
  },
  limit,
);
