import { quotaDay } from '../../domain/quota-day.ts';
import { youtubeDay } from '../../domain/youtube-quota.ts';
import { accessTo } from '../cloud-access.ts';
import type { JobDetails } from './model/jobs.ts';
import type { Ledgers } from './model/quota.ts';
import { type ConsoleUnderTest, startConsoleUnderTest } from './testing/console-under-test.ts';

let console: ConsoleUnderTest;
beforeAll(async () => {
  console = await startConsoleUnderTest({
    publisher: 'youtube',
    channels: {
      ma: { dailyQuota: 3, quotaTimezone: 'Pacific/Kiritimati', sharesQuotaWith: 'main' },
      cuoi: { youtubeUploadsPerDay: 7 },
    },
  });
});
afterAll(() => console.close());

const get = async <T>(path: string) => {
  const answer = await fetch(`${console.origin}${path}`, { headers: { 'x-console-token': console.token } });
  return answer.json() as Promise<T>;
};
const put = (TableName: string, Item: object) =>
  accessTo(console.cloud).dynamodb('PutItem', { TableName, Item });
const count = (date: string, item: object) =>
  put(console.cloud.resources.countersTable, { date: { S: date }, ...item });

test('shows the quota of each channel, in its own day and that of its Google project', async () => {
  const now = new Date(console.cloud.clock.now());
  const dayOfMa = quotaDay(now, 'Pacific/Kiritimati');
  await count(`channel#ma#${dayOfMa}`, { count: { N: '1' }, slots: { N: '2' } });
  await count(`youtube#${youtubeDay(now)}`, { uploads: { N: '4' }, units: { N: '2408' } });
  await count('channel#cuoi#refusal#youtube', { refused_for: { S: 'the consent is revoked' } });

  const { channels, ahead } = await get<Ledgers>('/api/quota');
  const ofMain = { project: 'main', uploads: 4, units: 2408, uploadsPerDay: 100, unitsPerDay: 10_000 };
  expect(channels).toMatchObject([
    { channel: 'main', count: 0, slots: 0, youtube: ofMain },
    { channel: 'ma', today: dayOfMa, count: 1, slots: 2, dailyQuota: 3, youtube: ofMain },
    {
      channel: 'cuoi',
      closed: 'the consent is revoked',
      youtube: { project: 'cuoi', uploads: 0, uploadsPerDay: 7, units: 0 },
    },
  ]);
  expect(channels[1]).not.toHaveProperty('closed');
  expect(ahead.map(({ channel, days }) => [channel, days.length])).toEqual([
    ['main', 7],
    ['ma', 7],
    ['cuoi', 7],
  ]);
  // Ten videos of the first channel and three of the other one share a project; one of today's three is not begun.
  expect(ahead[1]?.days.slice(0, 2)).toMatchObject([
    { day: dayOfMa, videos: 1, youtube: { left: { uploads: 100 - 4 - 10 - 1 } } },
    { videos: 3, youtube: { needed: { uploads: 3 }, left: { uploads: 100 - 13 } } },
  ]);
  expect(ahead[2]?.days[0]?.warnings).toEqual(['closed: the consent is revoked', '3 uploads too many']);
});

test('names the two channels whose secrets are of one YouTube channel at the one that publishes nothing', async () => {
  const of = (since: string) => ({
    M: { id: { S: 'UCmoon' }, title: { S: 'Kênh Trăng' }, since: { S: since } },
  });
  await count('youtube-channels', {
    ...{
      version: { N: '2' },
      'of main': of('2026-02-08T00:00:00.000Z'),
      'of ma': of('2026-02-09T00:00:00.000Z'),
    },
  });
  const { channels } = await get<Ledgers>('/api/quota');
  expect(channels[0]).not.toHaveProperty('closed');
  expect(channels[1]?.closed).toMatch(/^The channels main and ma have secrets of one YouTube channel/);
});

test('shows the channel of each job, and the finished files of the folder of its channel', async () => {
  const updated_at = { S: '2026-02-08T10:00:00Z' };
  const { jobsTable } = console.cloud.resources;
  await put(jobsTable, { job_id: { S: 'job-one' }, status: { S: 'published' }, updated_at });
  const ofMa = { job_id: { S: 'job-two' }, status: { S: 'published' }, updated_at, channel: { S: 'ma' } };
  await put(jobsTable, ofMa);
  console.write('out/job-one/metadata.json', '{}');
  console.write('out/ma/job-two/metadata.json', '{"of": "ma"}');

  const files = [expect.objectContaining({ path: 'metadata.json' })];
  expect(await get<JobDetails>('/api/jobs/job-one')).toMatchObject({
    ...{ job: { channel: 'main' }, published: files },
  });
  expect(await get<JobDetails>('/api/jobs/job-two')).toMatchObject({
    ...{ job: { channel: 'ma' }, published: files },
  });
  expect(await get('/api/jobs/job-two/published/metadata.json')).toEqual({ of: 'ma' });
  expect(await get('/api/jobs?channel=ma')).toMatchObject({
    matching: 1,
    choices: { channel: { ma: 1, main: 1 } },
  });
});
