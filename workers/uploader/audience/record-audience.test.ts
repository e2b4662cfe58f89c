import type { AudienceRecord } from '../../../domain/audience/record.ts';
import { counted, nextStep } from '../../../domain/audience/trial.ts';
import type { Publication } from '../../../domain/publication.ts';
import type { Thumbnail } from '../../../domain/thumbnails.ts';
import { recordAudience } from './record-audience.ts';

const publication: Publication = {
  ...{ job_id: 'job-abc123', publisher: 'youtube', url: 'https://www.youtube.com/watch?v=a' },
  published_at: '2026-11-01T20:00:00.000Z',
};
const thumbnailOf = (rank: number): Thumbnail => ({
  key: `thumbnail-${rank}.jpg`,
  page: rank,
  panel: 'a',
  score: 1,
});

/** Records the audience of a video with three thumbnails; returns the records that were stored, and the pictures that are kept. */
async function recorded(of: Publication, compares = true) {
  const records: AudienceRecord[] = [];
  const kept: string[] = [];
  await recordAudience(
    of,
    { videoId: 'a', title: 'Mèo', compares, folder: '/tmp' },
    {
      findScript: async () => undefined,
      findSpeech: async () => undefined,
      findThumbnails: async () => ({ job_id: of.job_id, thumbnails: [1, 2, 3].map(thumbnailOf) }),
      findAudience: async () => records[0],
      putAudience: async (record) => void records.push(record),
      download: async () => undefined,
      upload: async (key) => void kept.push(key),
    },
  );
  return { records, kept };
}

test('keeps the two best thumbnails, the first of which viewers see', async () => {
  const { records, kept } = await recorded(publication);
  expect(kept).toHaveLength(2);
  expect(records).toMatchObject([{ trial: { shown: [{ thumbnail: 1, confirmed: true }] } }]);
});

test('counts nothing for the first thumbnail while YouTube does not have it, and shows it then', async () => {
  const { records } = await recorded({ ...publication, notes: ['thumbnail: not today'] });
  const reach = [{ day: '2026-11-03', impressions: 900, clicks: 90 }];
  const trial = { shown: [], ...records[0]?.trial, reach };
  expect(counted(trial)[1]).toEqual({ impressions: 0, clicks: 0 });
  const now = new Date('2026-11-04T20:00:00.000Z');
  expect(nextStep(trial, publication.published_at, 1000, now)).toEqual({ do: 'show', thumbnail: 1 });
});

test('what else a video lacks does not matter', async () => {
  const { records } = await recorded({ ...publication, notes: ['captions: not today'] });
  expect(records[0]?.trial?.shown[0]?.confirmed).toBe(true);
});

test('compares nothing if the operator does not want it', async () => {
  const { records, kept } = await recorded(publication, false);
  expect([records[0]?.trial, kept]).toEqual([undefined, []]);
});
