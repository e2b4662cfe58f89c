import { run } from './check-quota.ts';

const ports = (count: number, dailyQuota: number) => ({
  today: () => '2026-02-07',
  countOf: async (day: string) => (day === '2026-02-07' ? count : 99),
  takeSlot: async (_day: string, jobId: string, quota: number) => jobId === 'job-holder' || count + 1 < quota,
  dailyQuota,
  publisherShortage: async () => undefined,
  spendLimit: async (): Promise<string | undefined> => undefined,
  endOfRun: async (): Promise<string | undefined> => undefined,
  log: () => undefined,
});

test('has room while the count is below the quota', async () => {
  expect(await run({}, ports(3, 10))).toEqual({ quota_reached: false, daily_count: 3, daily_quota: 10 });
});

test('is reached at the quota and above it', async () => {
  expect(await run({}, ports(10, 10))).toMatchObject({ quota_reached: true });
  expect(await run({}, ports(11, 10))).toMatchObject({ quota_reached: true });
});

test('a quota of zero is reached before the first video', async () => {
  expect(await run({}, ports(0, 0))).toMatchObject({ quota_reached: true, daily_count: 0 });
});

test('gives a job its own slot, and none when all are taken', async () => {
  expect(await run({ job_id: 'job-new' }, ports(3, 10))).toMatchObject({ quota_reached: false });
  expect(await run({ job_id: 'job-new' }, ports(9, 10))).toMatchObject({
    quota_reached: true,
    daily_count: 9,
  });
});

test('a job keeps its slot, even when the day has become full', async () => {
  expect(await run({ job_id: 'job-holder' }, ports(10, 10))).toMatchObject({ quota_reached: false });
});

test('rejects an invalid job id', async () => {
  await expect(run({ job_id: '../x' }, ports(0, 1))).rejects.toThrow('job id');
});

test('ends the day without taking a slot when the publisher has no room for another video', async () => {
  const taken: string[] = [];
  const lines: unknown[] = [];
  const full = {
    ...ports(3, 10),
    takeSlot: async (_: string, jobId: string) => taken.push(jobId) > 0,
    publisherShortage: async () => '9600 of 10000 units are used',
    log: (line: unknown) => lines.push(line),
  };
  expect(await run({ job_id: 'job-new' }, full)).toEqual({
    ...{ quota_reached: true, daily_count: 3, daily_quota: 10 },
  });
  expect(await run({}, full)).toMatchObject({ quota_reached: true });
  expect(taken).toEqual([]);
  expect(lines[0]).toMatchObject({ job_id: 'job-new', reason: '9600 of 10000 units are used' });
});

test('ends the day without taking a slot when the jobs have cost as much as they can', async () => {
  const lines: unknown[] = [];
  const spent = {
    ...ports(3, 10),
    takeSlot: () => Promise.reject(new Error('a slot was taken')),
    spendLimit: async (day: string) => `$2.00 on ${day}`,
    log: (line: unknown) => lines.push(line),
  };
  expect(await run({ job_id: 'job-new' }, spent)).toEqual({
    ...{ quota_reached: true, daily_count: 3, daily_quota: 10 },
  });
  expect(lines).toEqual([
    { level: 'WARN', event: 'daily_cost_reached', job_id: 'job-new', reason: '$2.00 on 2026-02-07' },
  ]);
});

test('ends a lane without taking a slot when too many jobs of its run have failed', async () => {
  const lines: unknown[] = [];
  const ended = {
    ...ports(3, 10),
    takeSlot: () => Promise.reject(new Error('a slot was taken')),
    endOfRun: async (run: string) => (run === 'daily' ? '3 jobs of the run have failed' : undefined),
    log: (line: unknown) => lines.push(line),
  };
  expect(await run({ job_id: 'job-new', run: 'daily' }, ended)).toMatchObject({ quota_reached: true });
  expect(lines).toMatchObject([
    { event: 'run_has_ended', run: 'daily', reason: '3 jobs of the run have failed' },
  ]);
  await expect(run({ job_id: 'job-new', run: null }, ended)).rejects.toThrow('a slot was taken');
});
