import { audiencePrefix, audienceReviewKey, comparedThumbnailsPrefix } from '../domain/artifacts.ts';
import { AudienceRecord, AudienceReview } from '../domain/audience/record.ts';
import { type heldChapters, startWithHeldChapters } from './testing/held-chapters.ts';
import type { LightPipeline } from './testing/light-pipeline.ts';

/** The audience of a channel over weeks: the real flow and uploader, and a YouTube that makes reports as late as the real one. */
let pipeline: LightPipeline;
let held: ReturnType<typeof heldChapters>;
let page: Buffer;
const limit = 600_000;

beforeAll(async () => {
  const settings = { thumbnailImpressions: 800, youtubeCaptions: false };
  ({ pipeline, held, page } = await startWithHeldChapters({ settings }, ['youtube']));
}, 120_000);
afterAll(() => pipeline?.close());

test(
  'the thumbnail that viewers click more often is kept, and what they watch is known, one video a day',
  async () => {
    const { youtube, cloud } = pipeline;
    if (!youtube) throw new Error('There is no channel');
    youtube.reports.reaction = (picture) => ({
      impressions: 500,
      clickRate: String(picture) === 'picture 2' ? 0.09 : 0.05,
    });
    youtube.reports.retention = () => [1, 0.8, 0.2, 0.2];
    const { access } = held;
    for (let day = 1; day <= 12; day++) {
      expect(await pipeline.end(await pipeline.begin(`day-${day}`, page))).toMatchObject({
        status: 'SUCCEEDED',
      });
      await cloud.control.run('clock', { jump: '24h' });
    }
    const records = await Promise.all(
      (await access.objects(audiencePrefix)).map(async ({ key }) =>
        AudienceRecord.parse(await access.json(key)),
      ),
    );
    expect(records).toHaveLength(12);
    const first = records.at(-1);
    expect(first?.trial?.result).toMatchObject({ thumbnail: 2 });
    expect(first?.retention?.points).toHaveLength(4);
    expect(first?.segments.map(({ text }) => text)).toEqual(['Đoạn 0', 'Đoạn 1']);
    const shown = youtube.channel.videos[0]?.thumbnails.map(({ picture }) => String(picture));
    expect(shown?.slice(0, 2)).toEqual(['picture 1', 'picture 2']);
    expect(shown?.at(-1)).toBe('picture 2');
    expect(AudienceReview.parse(await access.json(audienceReviewKey))).not.toHaveProperty('problem');
    expect(await access.objects(comparedThumbnailsPrefix)).toHaveLength(24);
    expect(pipeline.failures()).toEqual([]);
  },
  limit,
);
