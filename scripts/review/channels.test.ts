import type { ComingDay } from '../../domain/coming-days.ts';
import type { Job } from '../../domain/job.ts';
import { type ChannelState, describeChannel } from './channels.ts';

const now = new Date('2026-02-08T12:00:00Z');
const job = (facts: Partial<Job>): Job => ({
  ...{ job_id: 'job-abc123', status: 'published', updated_at: '2026-02-08T10:00:00Z', ...facts },
});
const jobs = [
  job({ published_at: '2026-01-01T10:00:00Z', manga_title: 'Cũ', youtube_url: 'https://v/1' }),
  job({ published_at: '2026-02-08T10:00:00Z', manga_title: 'Mới', youtube_url: 'https://v/2' }),
  job({
    ...{ status: 'needs_review', job_id: 'job-held', manga_title: 'Mèo', chapter_id: 'meo/3' },
    ...{ held_at: '2026-02-08T09:00:00Z', doubt_reasons: ['page 1: nothing could be read'] },
  }),
  job({ status: 'rendering' }),
  job({
    ...{ status: 'failed', job_id: 'job-bad', chapter_id: 'meo/2', error_name: 'RenderError' },
    held_at: '2026-02-08T08:00:00Z',
  }),
  job({ channel: 'ma', job_id: 'job-seen', status: 'awaiting_review', chapter_id: 'ma/1' }),
  job({ job_id: 'job-latest', manga_title: 'Mới' }),
];
const scheduled = [
  { job_id: 'job-latest', publish_at: '2026-02-09T12:30:00Z' },
  { job_id: 'job-held', publish_at: '2026-02-07T12:30:00Z' },
];
const days: ComingDay[] = [
  {
    ...{ day: '2026-02-08', videos: 18, publications: 1 },
    youtube: { needed: { uploads: 18, units: 10_836 }, left: { uploads: 81, units: -1438 } },
    warnings: ['1438 units too many'],
  },
  {
    ...{ day: '2026-02-09', videos: 5, publications: 0, warnings: [] },
    youtube: { needed: { uploads: 5, units: 3010 }, left: { uploads: 95, units: 6990 } },
  },
];
const state: ChannelState = {
  failed: new Set(['job-bad']),
  days,
  ...{ channel: 'main', project: 'main', day: '2026-02-08', count: 1, slots: 2, dailyQuota: 20 },
  youtube: {
    ...{ spent: { uploads: 1, units: 602 }, allowance: { uploads: 100, units: 10_000 } },
    refusal: undefined,
  },
};

test('shows what was published, what waits, and how many videos the units of a day ahead are enough for', () => {
  expect(describeChannel(state, jobs, scheduled, now)).toEqual([
    'main',
    '  published: 3 in all, 1 in the last 7 days; the latest is Mới at https://v/2',
    '  waits: 1 at work, 1 doubtful for you, 1 failed',
    '    job-bad: meo/2, since 2026-02-08T08:00:00Z: failed with RenderError',
    '    job-held: Mèo, meo/3, since 2026-02-08T09:00:00Z: page 1: nothing could be read',
    '  scheduled: Mới, the last one for 2026-02-09T12:30:00Z',
    '  2026-02-08: 1 of 20 videos are published, 1 at work, 18 free',
    '  YouTube today: 1 of 100 uploads and 602 of 10000 units are used',
    '  days ahead, at most:',
    '  day         videos  public  uploads       left  units            left',
    '  2026-02-08      18       1       18  81 of 100  10836  −1438 of 10000  1438 units too many',
    '  2026-02-09       5       0        5  95 of 100   3010   6990 of 10000',
  ]);
});

test('shows whose quota a channel shares, why it is closed today, and since when YouTube refuses it', () => {
  const refusal = { reason: 'the consent is revoked', since: '2026-02-07T01:00:00Z' };
  const spent = { uploads: 1, units: 602, closed: 'no more uploads for 24 hours' };
  const youtube = { spent, allowance: { uploads: 100, units: 10_000 }, refusal };
  const lines = describeChannel({ ...state, channel: 'ma', youtube }, jobs, scheduled, now);
  expect(lines.slice(1, 4)).toEqual([
    '  published: 0 in all, 0 in the last 7 days',
    '  waits: 1 finished for you',
    '    job-seen: ma/1, since 2026-02-08T10:00:00Z: finished',
  ]);
  expect(lines[5]).toContain('are used, shared with main');
  expect(lines.slice(6, 9)).toEqual([
    '  closed today: no more uploads for 24 hours',
    '  refused since 2026-02-07T01:00:00Z: the consent is revoked',
    '  days ahead, at most, shared with main:',
  ]);
});

test('a folder has no quota but that of the channel', () => {
  const { youtube: _, ...folder } = state;
  const plain = days.map(({ youtube: _, ...day }) => ({ ...day, warnings: [] }));
  expect(describeChannel({ ...folder, days: plain }, [], scheduled, now).slice(-3)).toEqual([
    '  day         videos  public',
    '  2026-02-08      18       1',
    '  2026-02-09       5       0',
  ]);
});
