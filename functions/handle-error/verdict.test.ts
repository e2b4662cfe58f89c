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
  const messages: string[] = [];
  const told = new Set<string>();
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
    holdChapter: chapter('hold'),
    rejectChapter: chapter('reject'),
    releaseChapter: chapter('release'),
    retryChapter: chapter('retry'),
    chaptersOf: async () => [],
    isTold: async (message) => told.has(message),
    markTold: async (message) => void told.add(message),
    notify: async (subject, message) => void messages.push(`${subject}\n${message}`),
    approveNote: async () => true,
    takeBackNotes: async () => undefined,
    log: () => undefined,
  };
  const dieOnce = () => {
    dies = true;
  };
  return { job, chapters, ports, messages, dieOnce };
}

test('records an approval on the job and returns the chapter to it', async () => {
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

test('a video of which one chapter was taken down is not approved, and its other chapters stay held', async () => {
  const { chapters, ports, job } = tables({ chapter_ids: ['meo/1', 'meo/2'] });
  const resumeChapter = async (id: string) => id === 'meo/1';
  expect(await recordVerdict(said('approve'), { ...ports, resumeChapter })).toMatchObject({
    decision: 'too_late',
  });
  expect(chapters).toEqual([['hold', 'meo/1', 'job-abc123']]);
  expect(job).not.toHaveProperty('review_verdict');
});

test('keeps the approver of a job that waits for a slot, when it asks again', async () => {
  const { job, ports } = tables();
  await recordVerdict(said('approve'), ports);
  const again = { ...said('approve', 'arn:two'), by: 'the clock' };
  expect(await recordVerdict(again, ports)).toMatchObject({ decision: 'approve' });
  expect(job.reviewed_by).toBe('an');
});

test('blocks a rejected chapter permanently and fails its job with the reason', async () => {
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

test('releases a chapter for the next run when the verdict is retry', async () => {
  const { job, chapters, ports } = tables({ chapter_ids: ['meo/1', 'meo/2'] });
  expect(await recordVerdict(said('retry'), ports)).toMatchObject({ decision: 'retry' });
  expect(job).toMatchObject({ status: 'failed', error_message: expect.stringContaining('made again') });
  expect(chapters.map(([name, id]) => [name, id])).toEqual([
    ['release', 'meo/1'],
    ['release', 'meo/2'],
  ]);
});

test.each([
  ['reject', ['reject', 'meo/1', 'job-abc123', 'the second page is right']],
  ['retry', ['retry', 'meo/1', 'job-abc123']],
] as const)(
  'carries out %s for the chapter of a failed job, which keeps its failure',
  async (verdict, call) => {
    const failure = { status: 'failed', error_name: 'RenderError', failed_state: 'StartRenderer' } as const;
    const { job, chapters, ports, dieOnce } = tables(failure);
    dieOnce();
    await expect(recordVerdict(said(verdict), ports)).rejects.toThrow('died');
    for (const _ of [1, 2])
      expect(await recordVerdict(said(verdict), ports)).toMatchObject({ decision: verdict });
    expect(job).toMatchObject({ ...failure, review_verdict: verdict, reviewed_by: 'an' });
    expect(chapters.slice(0, 2)).toEqual([call, call]);
    expect(await recordVerdict(said('approve', 'arn:two'), ports)).toMatchObject({ decision: 'too_late' });
  },
);

test('is too late for a failed job whose chapter another job has', async () => {
  const { job, ports } = tables({ status: 'failed' }, false);
  expect(await recordVerdict(said('retry'), ports)).toMatchObject({ decision: 'too_late' });
  expect(job).not.toHaveProperty('review_verdict');
});

test('completes a call that died between chapter and job', async () => {
  const { job, ports, dieOnce } = tables();
  dieOnce();
  await expect(recordVerdict(said('reject'), ports)).rejects.toThrow('died');
  expect(await recordVerdict(said('reject'), ports)).toMatchObject({ decision: 'reject' });
  expect(job.status).toBe('failed');
});

test('returns the same result for a repeated call', async () => {
  const { ports } = tables();
  for (const _ of [1, 2])
    expect(await recordVerdict(said('reject'), ports)).toMatchObject({ decision: 'reject' });
});

test('applies the latest verdict while the job waits', async () => {
  const { job, ports } = tables();
  await recordVerdict(said('approve'), ports);
  expect(await recordVerdict(said('reject', 'arn:two'), ports)).toMatchObject({ decision: 'reject' });
  expect(await recordVerdict(said('approve'), ports)).toMatchObject({ decision: 'too_late' });
  expect(job.status).toBe('failed');
});

test('tells the person whose decision came too late, with the one that counts, once', async () => {
  const { ports, messages } = tables({ manga_title: 'Mèo Mun' });
  await recordVerdict({ ...said('reject', 'arn:two'), by: 'bình' }, ports);
  expect(messages).toEqual([]);
  for (const _ of [1, 2]) await recordVerdict(said('approve'), ports);
  expect(messages).toHaveLength(1);
  expect(messages[0]).toMatch(
    /a decision came too late\nDecision: approve by an: .*\nChapter: Mèo Mun \(meo\/1\)\nWhy: the job is failed; bình decided reject at 2026-02-08/,
  );
});

test('decides about the chapters of a job whose record is deleted, except to approve them', async () => {
  const { ports, chapters, messages } = tables();
  const without: VerdictPorts = {
    ...ports,
    findJob: async () => undefined,
    chaptersOf: async () => ['meo/1', 'meo/2'],
  };
  for (const verdict of ['retry', 'reject'] as const)
    expect(await recordVerdict(said(verdict), without)).toMatchObject({ decision: verdict });
  expect(chapters.map(([name, id]) => `${name} ${id}`)).toEqual([
    ...['retry meo/1', 'retry meo/2', 'reject meo/1', 'reject meo/2'],
  ]);
  const held: VerdictPorts = { ...without, retryChapter: async () => false };
  chapters.splice(0);
  expect(await recordVerdict(said('retry'), held)).toMatchObject({ decision: 'retry' });
  expect(chapters.map(([name]) => name)).toEqual(['release', 'release']);
  expect(messages).toEqual([]);
  expect(await recordVerdict(said('approve'), without)).toMatchObject({ decision: 'too_late' });
  expect(messages.join()).toContain('the job has no record');
});

test.each([
  ['a job that continued', tables({ status: 'speaking', review_verdict: 'approve' })],
  ['a chapter that another job has', tables({}, false)],
])('is too late for %s', async (_, { ports }) => {
  expect(await recordVerdict(said('approve'), ports)).toMatchObject({ decision: 'too_late' });
});
