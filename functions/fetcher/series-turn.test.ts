import type { Job } from '../../domain/job.ts';
import { isAtWork } from './series-turn.ts';

const owner = { job_id: 'job-owner', taken_at: '2026-02-07T10:00:00Z' };
const job = (status: Job['status'], more: Partial<Job> = {}): Job => ({
  ...{ job_id: 'job-owner', status, updated_at: '', chapter_id: 'a/1', ...more },
});
const after = (minutes: number, found: Job | undefined, claimed: readonly string[] = []) =>
  isAtWork(owner, {
    now: () => new Date(Date.parse(owner.taken_at) + minutes * 60_000),
    findJob: async () => found,
    isClaimedBy: async (id) => claimed.includes(id),
  });

test.each(['fetching', 'rendering', 'awaiting_review', 'uploading'] as const)(
  'a job that is %s works on its series while it has a chapter',
  async (status) => {
    expect(await after(600, job(status), ['a/1'])).toBe(true);
    expect(await after(600, job(status), [])).toBe(false);
  },
);

test('so does a job whose first chapter is out, while it has another one', async () => {
  expect(await after(9, job('uploading', { chapter_ids: ['a/1', 'a/2'] }), ['a/2'])).toBe(true);
});

test.each(['published', 'failed', 'needs_review'] as const)(
  'a job that is %s gives the series to the next one, whatever it has',
  async (status) => {
    expect(await after(1, job(status), ['a/1'])).toBe(false);
  },
);

test('a call that has taken the series and not yet recorded its chapter is waited for, but not longer than it can run', async () => {
  expect(await after(1, undefined)).toBe(true);
  expect(await after(21, undefined)).toBe(false);
  expect(await after(1, job('fetching', { chapter_id: undefined }))).toBe(true);
});
