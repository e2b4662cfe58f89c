import { run } from './check-quota.ts';

const ports = (count: number, dailyQuota: number) => ({
  today: () => '2026-02-07',
  countOf: async (day: string) => (day === '2026-02-07' ? count : 99),
  dailyQuota,
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
