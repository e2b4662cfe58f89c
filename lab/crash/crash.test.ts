import { stopJobs } from './campaign.ts';
import { plans } from './pick.ts';
import { type Call, callCounter, describe as nameOf, pointsOf } from './point.ts';

const count = callCounter();
const job: Call[] = [
  count('aws', 'operator', 'StartExecution'),
  count('engine', 'flow', 'TaskStateEntered FetchManga'),
  ...Array.from({ length: 6 }, () => count('aws', 'fetcher', 'dynamodb UpdateItem')),
  count('provider', 'scriptgen', 'llm'),
  count('aws', 'renderer', 's3 PUT video.mp4'),
  count('aws', 'uploader', 's3 GET video.mp4'),
];

test('a request can be interrupted before or after it, by killing its caller or the whole cloud', () => {
  const names = pointsOf(job).map(nameOf);
  expect(names).toEqual(expect.arrayContaining(['the uploader before uploader: s3 GET video.mp4']));
  expect(names).toContain('the cloud after fetcher: dynamodb UpdateItem #6');
  expect(names).not.toContain('the flow after flow: TaskStateEntered FetchManga');
  expect(new Set(names).size).toBe(2 + 1 + 6 * 4 + 2 + 4 + 4);
});

test('uses each point once, in an order that the seed determines', () => {
  const dealt = plans(job, 7);
  expect(dealt.flat().map(nameOf).sort()).toEqual(pointsOf(job).map(nameOf).sort());
  expect(plans(job, 7)).toEqual(dealt);
  expect(plans(job, 8)).not.toEqual(dealt);
  expect(Math.max(...dealt.map((plan) => plan.length))).toBeGreaterThan(1);
});

test('a job that is stopped anywhere publishes its chapter once and leaves nothing behind', async () => {
  const { reached, broken } = await stopJobs({ publisher: 'youtube', seed: 3, points: 4 });
  expect(broken).toEqual([]);
  expect(reached.length).toBeGreaterThanOrEqual(4);
}, 600_000);
