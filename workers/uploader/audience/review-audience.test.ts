import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { comparedThumbnailKey } from '../../../domain/artifacts.ts';
import type { AudienceRecord, AudienceReview } from '../../../domain/audience/record.ts';
import { newTrial } from '../../../domain/audience/trial.ts';
import { youtubeDay } from '../../../domain/youtube-quota.ts';
import { analyticsScope } from '../../../fakes/youtube/reports.ts';
import { Refusal } from '../../../fakes/youtube/response.ts';
import { type FakeYouTube, startFakeYouTube } from '../../../fakes/youtube/youtube.ts';
import { youtubeJob } from '../../../providers/publishers/testing/youtube-job.ts';
import { channelAudience } from '../../../providers/publishers/youtube/audience.ts';
import { reviewAudience } from './review-audience.ts';

const dayMs = 86_400_000;
const pictureOf = (rank: number) => `thumbnail ${rank}`;

let now: Date;
let fake: FakeYouTube;
let folder: string;
beforeEach(async () => {
  now = new Date('2026-11-01T20:00:00.000Z');
  folder = await mkdtemp(join(tmpdir(), 'audience-'));
  fake = await startFakeYouTube({ clock: () => now });
  fake.oauth.scope = `${fake.oauth.scope} ${analyticsScope}`;
});
afterEach(async () => {
  await fake.close();
  await rm(folder, { recursive: true });
});

/** Viewers who see a video 500 times a day, and click the second thumbnail more often. */
const likingTheSecond = (picture: Buffer | undefined) => ({
  impressions: 500,
  clickRate: String(picture) === pictureOf(2) ? 0.08 : 0.05,
});

/** A channel with published videos, whose bucket outlives its machines. */
async function channel(videos = 1) {
  const job = await youtubeJob(fake, { clock: () => now });
  const records = new Map<string, AudienceRecord>();
  const reviews: AudienceReview[] = [];
  const missing = new Set<string>();
  const unreadable: string[] = [];
  const stored: string[] = [];
  let read = 0;
  for (let i = 1; i <= videos; i++) {
    const snippet = { title: 'a', description: '', tags: [], categoryId: '1' };
    const video = fake.channel.addVideo({ snippet, status: { privacyStatus: 'public' } }, 1, undefined);
    video.thumbnails.push({ picture: Buffer.from(pictureOf(1)), since: now.getTime() });
    const published_at = now.toISOString();
    const job_id = `job-number-${i}`;
    records.set(job_id, {
      ...{ job_id, video_id: video.id, title: 'a', url: `https://youtu.be/${video.id}`, published_at },
      ...{ duration: 10, segments: [], thumbnails: [], trial: newTrial(published_at) },
    });
  }

  /** Reviews with a new machine, which dies at a call of the bucket if `diesAt` says so. */
  async function review(
    enough = 1000,
    diesAt: (record: AudienceRecord) => boolean = () => false,
    signal = new AbortController().signal,
  ) {
    await reviewAudience(
      { enough, folder },
      {
        audience: channelAudience('job-reviewer', job.settings, job.ports),
        async *records() {
          for (const key of unreadable) {
            read += 1;
            yield { unreadable: key };
          }
          yield* [...records.values()].map((record) => structuredClone(record));
        },
        async putAudience(record) {
          if (diesAt(record)) throw new Error('The machine died');
          records.set(record.job_id, structuredClone(record));
          stored.push(record.job_id);
        },
        putReview: async (made) => void reviews.push(made),
        exists: async (key) => !missing.has(key),
        download: (key, file) => writeFile(file, pictureOf(key.endsWith('/2.jpg') ? 2 : 1)),
        log: () => undefined,
        now: () => now,
        signal,
      },
    );
  }

  /** Reviews once a day. */
  async function pass(days: number, enough?: number) {
    for (let day = 0; day < days; day++) {
      now = new Date(now.getTime() + dayMs);
      await review(enough);
    }
  }
  const shown = () => fake.channel.videos.map(({ thumbnails }) => String(thumbnails.at(-1)?.picture));
  const trial = (id = 'job-number-1') => records.get(id)?.trial;
  return { job, records, reviews, missing, unreadable, stored, review, pass, shown, trial, read: () => read };
}

test('two thumbnails take turns, and the one that viewers click more often is kept', async () => {
  fake.reports.reaction = likingTheSecond;
  const { pass, shown, trial, job } = await channel();
  await pass(14);
  expect(trial()?.result).toMatchObject({
    thumbnail: 2,
    reason: expect.stringMatching(/^viewers clicked 5\.00 % of 1\d{3} impressions of the first one, 8\.00 %/),
  });
  expect(shown()).toEqual([pictureOf(2)]);
  const changes = fake.calls.filter((call) => call === 'thumbnails.set').length;
  await pass(5);
  expect(fake.calls.filter((call) => call === 'thumbnails.set')).toHaveLength(changes);
  const units = [...job.spent.values()].reduce((sum, { units: spent }) => sum + spent, 0);
  expect(units).toBe(changes * 50);
});

test('the first thumbnail comes back if viewers click it more often', async () => {
  fake.reports.reaction = (picture) => ({
    impressions: 2000,
    clickRate: String(picture) === pictureOf(1) ? 0.08 : 0.05,
  });
  const { pass, shown, trial } = await channel();
  await pass(12);
  expect(trial()?.result?.thumbnail).toBe(1);
  expect(shown()).toEqual([pictureOf(1)]);
});

test('the first thumbnail is kept after four weeks with too few viewers', async () => {
  fake.reports.reaction = () => ({ impressions: 3, clickRate: 0.5 });
  const { pass, shown, trial } = await channel();
  await pass(30);
  expect(trial()?.result?.reason).toContain('are too few to compare; each needs 1000');
  expect(shown()).toEqual([pictureOf(1)]);
});

test('a machine that dies before, during or after a change spoils no result', async () => {
  fake.reports.reaction = likingTheSecond;
  const { pass, review, trial, reviews, shown } = await channel();
  await pass(2);
  for (const confirmed of [false, true]) {
    now = new Date(now.getTime() + dayMs);
    await review(1000, (record) => record.trial?.shown.at(-1)?.confirmed === confirmed);
    expect(reviews.at(-1)?.problem).toContain('The machine died');
  }
  await pass(14);
  expect(trial()?.result).toMatchObject({
    thumbnail: 2,
    reason: expect.stringMatching(/5\.00 % .* 8\.00 %/),
  });
  expect(shown()).toEqual([pictureOf(2)]);
});

test('a thumbnail is not changed if the next video needs the units, and the review says so', async () => {
  fake.reports.reaction = likingTheSecond;
  const { pass, job, reviews, shown } = await channel();
  await pass(2);
  now = new Date(now.getTime() + dayMs);
  job.spent.set(youtubeDay(now), { uploads: 17, units: 9400 });
  now = new Date(now.getTime() - dayMs);
  await pass(1);
  expect(reviews.at(-1)?.problem).toBe("1 thumbnails were not changed, since the day's units are for videos");
  expect(shown()).toEqual([pictureOf(1)]);
});

test('changes take a tenth of a day’s units at most, those that wait longest first', async () => {
  fake.reports.reaction = likingTheSecond;
  const { pass, shown } = await channel(25);
  await pass(3);
  expect(shown().filter((picture) => picture === pictureOf(2))).toHaveLength(20);
  await pass(1);
  expect(shown()).toEqual(Array.from({ length: 25 }, () => pictureOf(2)));
});

test('a comparison that an operator ended, by deleting its thumbnails, changes nothing more', async () => {
  fake.reports.reaction = likingTheSecond;
  const { pass, trial, missing, shown } = await channel();
  await pass(2);
  for (const rank of [1, 2]) missing.add(comparedThumbnailKey('job-number-1', rank));
  const byHand = Buffer.from('set by hand');
  fake.channel.videos[0]?.thumbnails.push({ picture: byHand, since: now.getTime() });
  await pass(14);
  expect(shown()).toEqual([String(byHand)]);
  expect(trial()?.result?.reason).toContain('is no longer stored');
});

test('a video that was deleted, or whose thumbnail is lost, ends its trial', async () => {
  fake.reports.reaction = likingTheSecond;
  const { pass, trial, missing } = await channel(2);
  missing.add(comparedThumbnailKey('job-number-1', 2));
  fake.refusals.push({ call: 'thumbnails.set', refusal: new Refusal(404, 'videoNotFound') });
  await pass(3);
  expect(trial()?.result).toMatchObject({
    thumbnail: 1,
    reason: expect.stringContaining('is no longer stored'),
  });
  expect(trial('job-number-2')?.result?.reason).toBe('the video no longer exists');
});

test.each<[string, () => void, string]>([
  [
    'without consent to reports',
    () => {
      fake.oauth.scope = fake.oauth.scope.replace(analyticsScope, '');
    },
    'the consent does not cover reports: run make secrets LOGIN=youtube again',
  ],
  [
    'in a project without the API',
    () => {
      fake.reports.enabled = false;
    },
    'enable the YouTube Reporting API and the YouTube Analytics API',
  ],
])('%s the review says what to do, and changes nothing', async (_, arrange, problem) => {
  arrange();
  const { pass, reviews, shown } = await channel();
  await pass(3);
  expect(reviews.at(-1)?.problem).toContain(problem);
  expect(shown()).toEqual([pictureOf(1)]);
});

test('asks how a video is watched after three days, and again after a week', async () => {
  let asked = 0;
  fake.reports.retention = () => {
    asked += 1;
    return [1, 0.5];
  };
  const { pass, records } = await channel();
  await pass(2);
  expect(asked).toBe(0);
  await pass(1);
  expect(records.get('job-number-1')?.retention?.points).toEqual([
    { at: 0.5, watching: 1 },
    { at: 1, watching: 0.5 },
  ]);
  await pass(7);
  expect(asked).toBe(2);
});

test('a trial continues while YouTube does not say how the video is watched', async () => {
  fake.reports.reaction = likingTheSecond;
  fake.reports.retention = () => [Number.NaN];
  const { pass, trial, shown, reviews } = await channel();
  await pass(14);
  expect(reviews.at(-1)?.problem).toContain('reports.query');
  expect(trial()?.result?.thumbnail).toBe(2);
  expect(shown()).toEqual([pictureOf(2)]);
});

test('videos of which YouTube says nothing do not keep it from being asked about the others', async () => {
  const { pass, records } = await channel(5);
  const [first, second, third] = [...records.values()].map(({ video_id }) => video_id);
  fake.reports.retention = ({ id }) => ([first, second, third].includes(id) ? [Number.NaN] : [1, 0.5]);
  await pass(4);
  const watched = [...records.values()].map(({ retention }) => retention?.points.length);
  expect(watched).toEqual([undefined, undefined, undefined, 2, 2]);
});

test('how videos are watched is asked while the reports of thumbnails can’t be read', async () => {
  fake.reports.reaction = () => ({ impressions: 500, clickRate: Number.NaN });
  fake.reports.retention = () => [1, 0.5];
  const { pass, records, reviews } = await channel();
  await pass(4);
  expect(reviews.at(-1)?.problem).toContain('rows of the reach reports were left out');
  expect(records.get('job-number-1')?.retention?.points).toHaveLength(2);
});

test('one odd row a day stops no comparison, and the review says once how many were left out', async () => {
  fake.reports.reaction = likingTheSecond;
  fake.reports.rewrite = (csv, id) => `${csv}${id.replaceAll('-', '')},UCfake,another,not a number,0.1\n`;
  const { pass, trial, shown, reviews } = await channel();
  await pass(14);
  expect(trial()?.result).toMatchObject({ thumbnail: 2, reason: expect.stringContaining('viewers clicked') });
  expect(shown()).toEqual([pictureOf(2)]);
  const problems = reviews.flatMap(({ problem }) => problem ?? []);
  expect(problems.at(-1)).toMatch(
    /^\d+ rows of the reach reports were left out; one of the report of 2026-\d\d-\d\d is “\d{8},UCfake,another,not a number,0\.1”$/,
  );
});

test('a day whose later reports can’t be used stays as it was reported before', async () => {
  fake.reports.reaction = likingTheSecond;
  const { pass, trial, reviews } = await channel();
  await pass(5);
  const known = trial()?.reach;
  expect(known?.length).toBeGreaterThan(0);
  fake.reports.rewrite = (csv) => csv.replace('video_thumbnail_impressions_ctr', 'ctr');
  await pass(2);
  expect(trial()?.reach).toEqual(known);
  expect(reviews.at(-1)?.problem).toContain('the reach report has no column video_thumbnail_impressions_ctr');
});

test('without the consent to reports, which a new one left out, the first thumbnail comes back in time', async () => {
  fake.reports.reaction = likingTheSecond;
  const { pass, shown, trial, reviews, job } = await channel();
  await pass(3);
  expect(shown()).toEqual([pictureOf(2)]);
  fake.oauth.scope = fake.oauth.scope.replace(analyticsScope, '');
  const secret = { ...(await job.ports.credentials()), refresh_token: fake.oauth.grant() };
  job.ports.credentials = async () => secret;
  await pass(30);
  expect(reviews.at(-1)?.problem).toContain('the consent does not cover reports');
  expect(trial()?.result?.thumbnail).toBe(1);
  expect(shown()).toEqual([pictureOf(1)]);
});

test('the thumbnail of a video that no one is shown stays, as of one that is private', async () => {
  const { pass, trial, shown } = await channel();
  await pass(30);
  expect(fake.calls).not.toContain('thumbnails.set');
  expect(trial()?.result).toBeUndefined();
  const isPublicFrom = youtubeDay(now);
  fake.reports.reaction = (picture, _, day) =>
    day < isPublicFrom ? { impressions: 0, clickRate: 0 } : likingTheSecond(picture);
  await pass(14);
  expect(trial()?.result).toMatchObject({ thumbnail: 2, reason: expect.stringContaining('viewers clicked') });
  expect(shown()).toEqual([pictureOf(2)]);
});

test('nothing is stored of a trial without news', async () => {
  const { pass, stored } = await channel(3);
  await pass(2);
  expect(stored).toEqual([]);
});

test('records that can’t be read are counted, and so many are not read all', async () => {
  const { pass, unreadable, read, reviews } = await channel();
  for (let i = 0; i < 3000; i++) unreadable.push(`library-memory/audience/${i}.json`);
  await pass(1);
  expect(read()).toBeLessThan(1010);
  expect(reviews.at(-1)?.problem).toContain('library-memory/audience/0.json');
  expect(reviews.at(-1)?.problem?.length).toBeLessThan(1000);
});

test('a review whose time is over leaves the others to the next one, and says so', async () => {
  fake.reports.reaction = likingTheSecond;
  const { pass, review, reviews, stored } = await channel(3);
  await pass(3);
  const before = stored.length;
  now = new Date(now.getTime() + dayMs);
  await review(1000, undefined, AbortSignal.abort());
  expect(reviews.at(-1)?.problem).toContain('the time was over');
  expect(stored).toHaveLength(before);
});

test('compares nothing with 0 impressions', async () => {
  const { pass, shown } = await channel();
  await pass(10, 0);
  expect(shown()).toEqual([pictureOf(1)]);
});
