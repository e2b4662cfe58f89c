import { run } from './check-quota.ts';

const ports = (count: number, dailyQuota: number) => ({
  today: () => '2026-02-07',
  countOf: async (day: string) => (day === '2026-02-07' ? count : 99),
  takeSlot: async (_day: string, jobId: string, quota: number) => jobId === 'job-holder' || count + 1 < quota,
  dailyQuota,
  publisherShortage: async () => undefined,
  log: () => undefined,
});

test('there is room while the count is below the quota', async () => {
  expect(await run({}, ports(3, 10))).toEqual({ quota_reached: false, daily_count: 3, daily_quota: 10 });
});

test('the quota is reached at the quota, and stays so above it', async () => {
  expect(await run({}, ports(10, 10))).toMatchObject({ quota_reached: true });
  expect(await run({}, ports(11, 10))).toMatchObject({ quota_reached: true });
});

test('a quota of zero is reached before the first video', async () => {
  expect(await run({}, ports(0, 0))).toMatchObject({ quota_reached: true, daily_count: 0 });
});

test('a job gets a slot of its own, and none when the others have all of them', async () => {
  expect(await run({ job_id: 'job-new' }, ports(3, 10))).toMatchObject({ quota_reached: false });
  expect(await run({ job_id: 'job-new' }, ports(9, 10))).toMatchObject({
    quota_reached: true,
    daily_count: 9,
  });
});

test('a job that has its slot keeps it, also when the day is full by now', async () => {
  expect(await run({ job_id: 'job-holder' }, ports(10, 10))).toMatchObject({ quota_reached: false });
});

test('an event with a job id that is none is refused', async () => {
  await expect(run({ job_id: '../x' }, ports(0, 1))).rejects.toThrow('job id');
});

test('where the publisher has no room for one more video the day is over, and no slot is taken', async () => {
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
