import { jest } from '@jest/globals';
import { startTables } from '../aws/testing/embedded-cloud.ts';
import { functions } from '../config/functions.ts';
import { parseConfig } from '../config/settings/index.ts';
import { fillVariables, type ResourceName } from '../config/variables.ts';

/** Runs the real functions that keep the day's quota on real tables, with parallel executions at any time of day. */
const dailyQuota = 7;
const names = new Proxy({}, { get: (_, name) => String(name) }) as Record<ResourceName, string>;
const endTables = await startTables({
  countersTable: 'date',
  jobsTable: 'job_id',
  chaptersTable: 'chapter_id',
});
for (const name of ['check-quota', 'increment-counter', 'handle-error'] as const)
  Object.assign(
    process.env,
    fillVariables(functions[name].environment, parseConfig({ dailyQuota, maxDailyCostUsd: 2 }), names),
  );
delete process.env.ERROR_NOTIFICATION_TOPIC_ARN;
// Nothing listens there: the quotas of the account are unknown.
process.env.AWS_ENDPOINT_URL_SERVICE_QUOTAS = 'http://127.0.0.1:9';
const { handler: checkQuota } = await import('./check-quota/handler.ts');
const { handler: increment } = await import('./increment-counter/handler.ts');
const { handler: handleError } = await import('./handle-error/handler.ts');
const { dynamodb } = await import('../aws/clients/dynamodb.ts');
const { dailyCounter } = await import('../aws/counter.ts');
const { jobStore } = await import('../aws/job-store.ts');
const counter = dailyCounter('countersTable');
const jobs = jobStore('jobsTable');

afterAll(endTables);
beforeEach(() => void jest.spyOn(process.stdout, 'write').mockReturnValue(true));
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

/** Sets the time that `Date` shows; timers run as usual. */
const at = (time: string) =>
  jest.useFakeTimers({
    now: new Date(time),
    doNotFake: [
      ...(['nextTick', 'setImmediate', 'clearImmediate', 'queueMicrotask', 'performance', 'hrtime'] as const),
      ...(['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] as const),
    ],
  });

const context = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 60_000 };
const ids = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `job-${prefix}-${index}`);

/** Starts a job as the flow does; false when the day has no room. */
async function begins(job_id: string, day: string): Promise<boolean> {
  const { quota_reached } = (await checkQuota({ job_id }, context)) as { quota_reached: boolean };
  // Written by the fetcher: the job counts toward the day whose slot it holds.
  if (!quota_reached) await jobs.update(job_id, { status: 'fetching', counted_on: day });
  return !quota_reached;
}
const count = (job_id: string) => increment({ job_id }, context);
const fails = (job_id: string) =>
  handleError({ job_id, error: { Error: 'RenderError', Cause: 'no' }, state: 'StartRenderer' }, context);

test('two executions that begin together share the remaining slots', async () => {
  at('2026-05-01T19:00:00Z');
  for (const id of ids('early', dailyQuota - 1)) await begins(id, '2026-05-01');
  const both = await Promise.all(['job-one', 'job-two'].map((id) => begins(id, '2026-05-01')));
  expect(both.filter(Boolean)).toHaveLength(1);
});

test('twenty parallel jobs, each asking twice and counting three times, publish no more than the quota', async () => {
  at('2026-05-02T19:00:00Z');
  const twenty = ids('crowd', 20);
  const got = await Promise.all([...twenty, ...twenty].map((id) => begins(id, '2026-05-02')));
  expect(got.slice(20)).toEqual(got.slice(0, 20));
  const winners = twenty.filter((_, index) => got[index]);
  expect(winners).toHaveLength(dailyQuota);
  await Promise.all([...winners, ...winners, ...winners].map((job_id) => count(job_id)));
  expect(await counter.count('2026-05-02')).toBe(dailyQuota);
});

test('counts once when responses are lost, however often the state retries', async () => {
  at('2026-05-03T19:00:00Z');
  await begins('job-lost', '2026-05-03');
  let responses = 0;
  const { requestHandler } = dynamodb.config;
  const handle = requestHandler.handle.bind(requestHandler);
  jest.spyOn(requestHandler, 'handle').mockImplementation(async (...sent) => {
    const response = await handle(...sent);
    responses += 1;
    // The request was carried out, but its response is lost.
    if (responses <= 9) throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    return response;
  });
  let heard = 0;
  while (heard < 3)
    await count('job-lost').then(
      () => {
        heard += 1;
      },
      () => undefined,
    );
  jest.restoreAllMocks();
  expect(await counter.count('2026-05-03')).toBe(1);
});

test('counts a video that is published after midnight on the day that it began; the new day has its full quota', async () => {
  at('2026-05-05T06:59:59Z');
  const full = ids('late', dailyQuota);
  for (const id of full) expect(await begins(id, '2026-05-04')).toBe(true);
  expect(await begins('job-too-late', '2026-05-04')).toBe(false);
  at('2026-05-05T07:00:01Z');
  await Promise.all([...full, ...full].map((job_id) => count(job_id)));
  expect(await counter.count('2026-05-04')).toBe(dailyQuota);
  expect(await counter.count('2026-05-05')).toBe(0);
  for (const id of ids('next', dailyQuota)) expect(await begins(id, '2026-05-05')).toBe(true);
  expect(await begins('job-next-too-many', '2026-05-05')).toBe(false);
});

test.each([
  ['23 hours', '2026-03-08', '2026-03-08T08:00:00Z', 23],
  ['25 hours', '2026-11-01', '2026-11-01T07:00:00Z', 25],
])('a day of %s has its quota once', async (_, day, midnight, hours) => {
  const begun: string[] = [];
  for (let hour = -1; hour <= hours; hour += 1) {
    const now = new Date(Date.parse(midnight) + hour * 3_600_000);
    at(now.toISOString());
    const isThatDay = hour >= 0 && hour < hours;
    const id = `job-${day}-${hour + 1}`;
    if ((await begins(id, day)) && isThatDay) begun.push(id);
  }
  expect(begun).toHaveLength(dailyQuota);
  for (const job_id of begun) await count(job_id);
  expect(await counter.count(day)).toBe(dailyQuota);
});

test('failed jobs make room for others, but never for more than the quota', async () => {
  at('2026-05-06T19:00:00Z');
  const published: string[] = [];
  for (const [index, id] of ids('mixed', 30).entries()) {
    if (!(await begins(id, '2026-05-06'))) continue;
    if (index % 3 === 0) {
      // A failure that is reported twice returns only one slot.
      await Promise.all([fails(id), fails(id)]);
    } else {
      await count(id);
      published.push(id);
      // A failure after the count still counts as a video of the day.
      if (index % 4 === 0) await fails(id);
    }
  }
  expect(published).toHaveLength(dailyQuota);
  expect(await counter.count('2026-05-06')).toBe(dailyQuota);
});

test('the day takes no further chapter once its jobs, failed ones included, have cost maxDailyCostUsd', async () => {
  at('2026-05-09T19:00:00Z');
  expect(await begins('job-cheap', '2026-05-09')).toBe(true);
  await jobs.update('job-cheap', { status: 'failed', llm_cost_usd: 1.9, failed_at: '2026-05-09T19:00:00Z' });
  await fails('job-cheap');
  expect(await begins('job-second', '2026-05-09')).toBe(true);
  // 45 minutes of a machine that still runs.
  await jobs.addMachine('job-second', 'i-1', {
    ...{ worker: 'renderer', type: 'c6a.xlarge', started_at: '2026-05-09T18:15:00Z' },
  });
  expect(await begins('job-third', '2026-05-09')).toBe(false);
  // A machine that ended after ten minutes was cheaper.
  expect(await jobs.endMachine('job-second', 'i-1', '2026-05-09T18:25:00Z')).toBe(true);
  expect(await jobs.endMachine('job-second', 'i-1', '2026-05-09T19:25:00Z')).toBe(true);
  expect(await jobs.endMachine('job-second', 'i-other', '2026-05-09T19:25:00Z')).toBe(false);
  expect(await begins('job-third', '2026-05-09')).toBe(true);
  // Another day begins with nothing spent.
  at('2026-05-10T19:00:00Z');
  expect(await begins('job-fourth', '2026-05-10')).toBe(true);
});

describe('a run with lanes', () => {
  const asks = async (job_id: string, run: string | null) =>
    ((await checkQuota({ job_id, run }, context)) as { quota_reached: boolean }).quota_reached;
  const failsIn = (job_id: string, run: string | null) =>
    handleError(
      { job_id, run, error: { Error: 'RenderError', Cause: 'no' }, state: 'StartRenderer' },
      context,
    );

  test('takes no further chapter after the third failure of any of its lanes, reported twice or not', async () => {
    at('2026-05-12T19:00:00Z');
    for (const id of ids('lane', 2)) await Promise.all([failsIn(id, 'daily'), failsIn(id, 'daily')]);
    expect(await asks('job-lane-a', 'daily')).toBe(false);
    await failsIn('job-lane-a', 'daily');
    expect(await asks('job-lane-b', 'daily')).toBe(true);
    expect(await counter.holdsSlot('2026-05-12', 'job-lane-b')).toBe(false);
    expect(await checkQuota({ end_of_run: 'daily' }, context)).toEqual({ failures: 3, held: 0 });
    // Another run, and an execution without lanes, count for themselves.
    expect(await asks('job-lane-c', 'other')).toBe(false);
    await Promise.all(ids('alone', 5).map((id) => failsIn(id, null)));
    expect(await asks('job-lane-d', null)).toBe(false);
  });

  test('counts chapters that are held in a row, until one is published', async () => {
    at('2026-05-13T19:00:00Z');
    const holds = async (job_id: string) => {
      await jobs.update(job_id, { status: 'scripting' });
      await handleError({ outcome: 'ChapterDoubtful', job_id, run: 'held' }, context);
    };
    for (const id of ids('doubt', 9)) await holds(id);
    await increment({ job_id: 'job-good', run: 'held' }, context);
    await Promise.all(ids('doubtful', 9).map(holds));
    expect(await asks('job-next', 'held')).toBe(false);
    await holds('job-tenth');
    expect(await asks('job-after', 'held')).toBe(true);
    expect(await checkQuota({ end_of_run: 'held' }, context)).toEqual({ failures: 0, held: 10 });
  });

  test('opens no more lanes than videos are left, and one when the quotas of the account are unknown', async () => {
    at('2026-05-14T19:00:00Z');
    for (const id of ids('slots', 4)) await begins(id, '2026-05-14');
    expect(await checkQuota({ open_lanes: 5, run: 'plan' }, context)).toMatchObject({
      wanted: 5,
      lanes: [1],
      reasons: [
        'videos left of the day: 3, and 5 lanes need 5',
        expect.stringMatching(/^Spot vCPUs of the account: unknown, because /),
        expect.stringMatching(/^concurrent calls of functions in the account: unknown, because /),
      ],
    });
  });
});
