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
  async function review(enough = 1000, diesAt: (record: AudienceRecord) => boolean = () => false) {
    await reviewAudience(
      { enough, folder },
      {
        audience: channelAudience('job-reviewer', job.settings, job.ports),
        async *records() {
          yield* [...records.values()].map((record) => structuredClone(record));
        },
        async putAudience(record) {
          if (diesAt(record)) throw new Error('The machine died');
          records.set(record.job_id, structuredClone(record));
        },
        putReview: async (made) => void reviews.push(made),
        exists: async (key) => !missing.has(key),
        download: (key, file) => writeFile(file, pictureOf(key.endsWith('/2.jpg') ? 2 : 1)),
        log: () => undefined,
        now: () => now,
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
  return { job, records, reviews, missing, review, pass, shown, trial };
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
  await pass(1);
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
  const { pass, job, reviews, shown } = await channel();
  await pass(1);
  now = new Date(now.getTime() + dayMs);
  job.spent.set(youtubeDay(now), { uploads: 17, units: 9400 });
  now = new Date(now.getTime() - dayMs);
  await pass(1);
  expect(reviews.at(-1)?.problem).toBe("1 thumbnails were not changed, since the day's units are for videos");
  expect(shown()).toEqual([pictureOf(1)]);
});

test('changes take a tenth of a day’s units at most, those that wait longest first', async () => {
  const { pass, shown } = await channel(25);
  await pass(2);
  expect(shown().filter((picture) => picture === pictureOf(2))).toHaveLength(20);
  await pass(1);
  expect(shown()).toEqual(Array.from({ length: 25 }, () => pictureOf(2)));
});

test('a video that was deleted, or whose thumbnail is lost, ends its trial', async () => {
  const { pass, trial, missing } = await channel(2);
  missing.add(comparedThumbnailKey('job-number-1', 2));
  fake.refusals.push({ call: 'thumbnails.set', refusal: new Refusal(404, 'videoNotFound') });
  await pass(2);
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

test('compares nothing with 0 impressions', async () => {
  const { pass, shown } = await channel();
  await pass(10, 0);
  expect(shown()).toEqual([pictureOf(1)]);
});
