import { type ChannelPlan, comingDays } from './coming-days.ts';
import { dayAfter } from './quota-day.ts';
import { defaultAllowance } from './youtube-quota.ts';

const now = new Date('2026-02-08T20:00:00Z');
const plan: ChannelPlan = {
  ...{ channel: 'main', project: 'main', dailyQuota: 10, timezone: 'America/Los_Angeles', slots: 4 },
  atWork: 0,
  ...{ captions: true, playlist: true, shorts: false, trials: false, published: [], scheduled: [] },
};
const unused = { allowance: defaultAllowance, spent: { uploads: 0, units: 0 } };
const daysOf = (plans: ChannelPlan[], count = 3, project = unused) =>
  comingDays(plans, { now, count, projects: new Map([['main', project]]) });

test('today takes the slots that are left, and what was used counts', () => {
  const project = { allowance: defaultAllowance, spent: { uploads: 4, units: 2220 } };
  expect(daysOf([plan], 2, project).get('main')).toEqual([
    {
      ...{ day: '2026-02-08', videos: 6, publications: 0, warnings: [] },
      youtube: { needed: { uploads: 6, units: 6 * 555 }, left: { uploads: 90, units: 10_000 - 10 * 555 } },
    },
    {
      ...{ day: '2026-02-09', videos: 10, publications: 0, warnings: [] },
      youtube: { needed: { uploads: 10, units: 10 * 555 }, left: { uploads: 90, units: 10_000 - 10 * 555 } },
    },
  ]);
});

test('the videos at work are still to be uploaded today', () => {
  const project = { allowance: defaultAllowance, spent: { uploads: 2, units: 1110 } };
  const [today, tomorrow] = daysOf([{ ...plan, atWork: 2 }], 2, project).get('main') ?? [];
  expect(today).toMatchObject({
    videos: 6,
    youtube: { needed: { uploads: 8, units: 8 * 555 }, left: { uploads: 90, units: 10_000 - 10 * 555 } },
  });
  expect(tomorrow?.youtube?.needed.uploads).toBe(10);
});

test('a channel without a daily quota plans nothing, also with Shorts', () => {
  const [day] = daysOf([{ ...plan, dailyQuota: 0, slots: 0, shorts: true }], 1).get('main') ?? [];
  expect(day).toMatchObject({ videos: 0, youtube: { needed: { uploads: 0, units: 0 } }, warnings: [] });
});

test('a scheduled video counts toward the quota day in which it becomes public', () => {
  // 07:30 UTC is before midnight in Los Angeles, and 08:30 is after it.
  const scheduled = ['2026-02-08T19:00:00Z', '2026-02-09T07:30:00Z', '2026-02-09T08:30:00Z'];
  const days = daysOf([{ ...plan, scheduled }]).get('main');
  expect(days?.map(({ day, publications }) => [day, publications])).toEqual([
    ['2026-02-08', 1],
    ['2026-02-09', 1],
    ['2026-02-10', 0],
  ]);
});

test('Shorts take uploads, one of which is kept for the next video', () => {
  const [, day] = daysOf([{ ...plan, dailyQuota: 50, shorts: true, captions: false }]).get('main') ?? [];
  expect(day?.youtube).toMatchObject({ needed: { uploads: 101 }, left: { uploads: -1 } });
  expect(day?.warnings).toEqual(['1 uploads too many']);
});

test('warns of units that the plan needs and the project does not have, of all channels that share it', () => {
  const other = { ...plan, channel: 'ma', dailyQuota: 9, slots: 0 };
  const days = daysOf([plan, other]);
  for (const channel of ['main', 'ma']) {
    const [, day] = days.get(channel) ?? [];
    expect(day?.youtube?.left.units).toBe(10_000 - 19 * 555);
    expect(day?.warnings).toEqual(['545 units too many']);
  }
  expect(days.get('ma')?.[1]?.youtube?.needed.units).toBe(9 * 555);
});

test('says why YouTube closed today', () => {
  const spent = { uploads: 1, units: 555, closed: 'no more uploads for 24 hours' };
  const days = daysOf([plan], 2, { allowance: defaultAllowance, spent }).get('main');
  expect(days?.map(({ warnings }) => warnings)).toEqual([['closed: no more uploads for 24 hours'], []]);
});

test('thumbnails that take turns need units, a tenth of the day at most', () => {
  const few = {
    ...plan,
    dailyQuota: 1,
    slots: 1,
    trials: true,
    published: ['2026-02-01T10:00:00Z', '2025-12-01T10:00:00Z'],
  };
  const units = daysOf([few], 3)
    .get('main')
    ?.map(({ youtube }) => youtube?.needed.units);
  // One video of the last four weeks today, and one more with every day.
  expect(units).toEqual([50, 555 + 50, 555 + 100]);
  const many = { ...few, published: Array.from({ length: 90 }, () => '2026-02-01T10:00:00Z') };
  expect(daysOf([many], 1).get('main')?.[0]?.youtube?.needed.units).toBe(1000);
});

test('without YouTube there is only the plan of the channel', () => {
  expect(comingDays([plan], { now, count: 1, projects: undefined }).get('main')).toEqual([
    { day: '2026-02-08', videos: 6, publications: 0, warnings: [] },
  ]);
});

test('days follow each other also where clocks change', () => {
  expect([dayAfter('2026-03-08', 1), dayAfter('2026-11-01', 1), dayAfter('2026-12-31', 1)]).toEqual([
    ...['2026-03-09', '2026-11-02', '2027-01-01'],
  ]);
});
