import { type ChannelDay, type CheckQuotaPorts, run } from './check-quota.ts';

const day = (count: number, dailyQuota: number): ChannelDay => ({
  name: 'main',
  today: () => '2026-02-07',
  countOf: async (today) => (today === '2026-02-07' ? count : 99),
  takeSlot: async (_day, jobId, quota) => jobId === 'job-holder' || count + 1 < quota,
  dailyQuota,
  publisherShortage: async () => undefined,
});
const ports = (count: number, dailyQuota: number, changes: Partial<ChannelDay> = {}): CheckQuotaPorts => ({
  channels: [{ ...day(count, dailyQuota), ...changes }],
  channelOf: async () => undefined,
  spendLimit: async () => undefined,
  endOfRun: async () => undefined,
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
    ...ports(3, 10, {
      takeSlot: async (_, jobId) => taken.push(jobId) > 0,
      publisherShortage: async () => '9600 of 10000 units are used',
    }),
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
    ...ports(3, 10, { takeSlot: () => Promise.reject(new Error('a slot was taken')) }),
    spendLimit: async () => '$2.00 on 2026-02-07',
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
    ...ports(3, 10, { takeSlot: () => Promise.reject(new Error('a slot was taken')) }),
    endOfRun: async (run: string) => (run === 'daily' ? '3 jobs of the run have failed' : undefined),
    log: (line: unknown) => lines.push(line),
  };
  expect(await run({ job_id: 'job-new', run: 'daily' }, ended)).toMatchObject({ quota_reached: true });
  expect(lines).toMatchObject([
    { event: 'run_has_ended', run: 'daily', reason: '3 jobs of the run have failed' },
  ]);
  await expect(run({ job_id: 'job-new', run: null }, ended)).rejects.toThrow('a slot was taken');
});

describe('a stage with several channels', () => {
  const several = (first: Partial<ChannelDay>, second: Partial<ChannelDay>): CheckQuotaPorts => ({
    ...ports(0, 1),
    channels: [
      { ...day(3, 10), ...first },
      { ...day(0, 2), name: 'ma', ...second },
    ],
  });
  const taking = (name: string, taken: string[]): Partial<ChannelDay> => ({
    takeSlot: async (_, jobId) => taken.push(`${name} ${jobId}`) > 0,
  });

  test('gives a new job a slot of each channel that has room, and ends only when none has', async () => {
    const taken: string[] = [];
    const refused = { ...taking('main', taken), publisherShortage: async () => 'the consent is revoked' };
    expect(await run({ job_id: 'job-new' }, several(refused, taking('ma', taken)))).toEqual({
      ...{ quota_reached: false, daily_count: 3, daily_quota: 12 },
    });
    expect(taken).toEqual(['ma job-new']);
    const full = several(refused, { takeSlot: async () => false });
    expect(await run({ job_id: 'job-new' }, full)).toMatchObject({ quota_reached: true });
    expect(await run({}, several({ countOf: async () => 10 }, {}))).toMatchObject({ quota_reached: false });
  });

  test('gives a job that has its chapter a slot of its channel only', async () => {
    const taken: string[] = [];
    const held = { ...several(taking('main', taken), taking('ma', taken)), channelOf: async () => 'ma' };
    expect(await run({ job_id: 'job-held' }, held)).toEqual({
      ...{ quota_reached: false, daily_count: 0, daily_quota: 2 },
    });
    expect(taken).toEqual(['ma job-held']);
  });

  test('fails a job whose channel was removed from the settings, before anything is paid for', async () => {
    const gone = { ...several({}, {}), channelOf: async () => 'cuoi' };
    await expect(run({ job_id: 'job-held' }, gone)).rejects.toThrow(
      "The channel cuoi of job-held is not one of the stage's: name it in the setting channels",
    );
  });
});
