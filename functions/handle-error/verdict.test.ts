import type { Job, ReviewVerdict } from '../../domain/job.ts';
import { recordVerdict, type VerdictPorts } from './verdict.ts';

const said = (verdict: ReviewVerdict, execution_id = 'arn:one') => ({
  ...{ verdict, job_id: 'job-abc123', by: 'an', reason: 'the second page is right', execution_id },
});

function tables(over: Partial<Job> = {}, isOurs = true) {
  const job = {
    job_id: 'job-abc123',
    status: 'needs_review',
    chapter_id: 'meo/1',
    updated_at: '2026-02-07T10:00:00Z',
    ...over,
  } as Job;
  const chapters: string[][] = [];
  let dies = false;
  const chapter =
    (name: string) =>
    async (...args: string[]) => {
      chapters.push([name, ...args]);
      return isOurs;
    };
  const ports: VerdictPorts = {
    now: () => new Date('2026-02-08T10:00:00Z'),
    findJob: async () => ({ ...job }),
    async updateJob(_, changes) {
      if (dies) {
        dies = false;
        throw new Error('died');
      }
      Object.assign(job, changes);
    },
    resumeChapter: chapter('resume'),
    rejectChapter: chapter('reject'),
    releaseChapter: chapter('release'),
    log: () => undefined,
  };
  const dieOnce = () => {
    dies = true;
  };
  return { job, chapters, ports, dieOnce };
}

test('approval is written on the job, and the chapter is its own again', async () => {
  const { job, chapters, ports } = tables();
  expect(await recordVerdict(said('approve'), ports)).toMatchObject({ decision: 'approve' });
  expect(job).toMatchObject({
    status: 'needs_review',
    review_verdict: 'approve',
    reviewed_by: 'an',
    reviewed_at: '2026-02-08T10:00:00.000Z',
    review_reason: 'the second page is right',
  });
  expect(chapters).toEqual([['resume', 'meo/1', 'job-abc123']]);
});

test('an approved job that waits for a slot is asked about again, and keeps who approved it', async () => {
  const { job, ports } = tables();
  await recordVerdict(said('approve'), ports);
  const again = { ...said('approve', 'arn:two'), by: 'the clock' };
  expect(await recordVerdict(again, ports)).toMatchObject({ decision: 'approve' });
  expect(job.reviewed_by).toBe('an');
});

test('a rejected chapter is taken out for good, and its job failed with the reason', async () => {
  const { job, chapters, ports } = tables();
  expect(await recordVerdict(said('reject'), ports)).toMatchObject({ decision: 'reject' });
  expect(job).toMatchObject({
    status: 'failed',
    error_name: 'ReviewRejected',
    error_message: 'the second page is right',
    failed_state: 'RecordVerdict',
  });
  expect(chapters).toEqual([['reject', 'meo/1', 'job-abc123', 'the second page is right']]);
});

test('a chapter to be made again is free for the next run', async () => {
  const { job, chapters, ports } = tables({ chapter_ids: ['meo/1', 'meo/2'] });
  expect(await recordVerdict(said('retry'), ports)).toMatchObject({ decision: 'retry' });
  expect(job).toMatchObject({ status: 'failed', error_message: expect.stringContaining('made again') });
  expect(chapters.map(([name, id]) => [name, id])).toEqual([
    ['release', 'meo/1'],
    ['release', 'meo/2'],
  ]);
});

test('a call that died between chapter and job is made good by the next one', async () => {
  const { job, ports, dieOnce } = tables();
  dieOnce();
  await expect(recordVerdict(said('reject'), ports)).rejects.toThrow('died');
  expect(await recordVerdict(said('reject'), ports)).toMatchObject({ decision: 'reject' });
  expect(job.status).toBe('failed');
});

test('the same call again gives the same answer', async () => {
  const { ports } = tables();
  for (const _ of [1, 2])
    expect(await recordVerdict(said('reject'), ports)).toMatchObject({ decision: 'reject' });
});

test('the later verdict counts as long as the job waits', async () => {
  const { job, ports } = tables();
  await recordVerdict(said('approve'), ports);
  expect(await recordVerdict(said('reject', 'arn:two'), ports)).toMatchObject({ decision: 'reject' });
  expect(await recordVerdict(said('approve'), ports)).toMatchObject({ decision: 'too_late' });
  expect(job.status).toBe('failed');
});

test.each([
  ['a job that went on', tables({ status: 'speaking', review_verdict: 'approve' })],
  ['a chapter that another job has', tables({}, false)],
])('it is too late for %s', async (_, { ports }) => {
  expect(await recordVerdict(said('approve'), ports)).toMatchObject({ decision: 'too_late' });
});
