import type { Job } from '../../domain/job.ts';
import { anchorOf, runbook, runbookEntry } from '../../domain/runbook.ts';
import { withWorkerLog } from '../../domain/worker-log.ts';
import { parseFailure } from './failure.ts';
import { run } from './handle-error.ts';

function recorder(job?: Partial<Job>, isOut = false) {
  const calls: unknown[][] = [];
  const record =
    (name: string) =>
    async (...args: unknown[]) => {
      calls.push([name, ...args]);
    };
  return {
    calls,
    of: (name: string) => calls.filter(([called]) => called === name).map(([, ...args]) => args),
    ports: {
      now: () => new Date('2026-02-07T10:00:00Z'),
      runbookUrl: 'docs/runbook.md',
      findJob: async () => job as Job | undefined,
      markJobFailed: async (...args: unknown[]) => {
        calls.push(['markJobFailed', ...args]);
        return true;
      },
      releaseSlot: record('releaseSlot'),
      takeBackNotes: record('takeBackNotes'),
      countFailure: record('countFailure'),
      markChapterFailed: async (...args: unknown[]) => {
        calls.push(['markChapterFailed', ...args]);
        return !isOut;
      },
      releaseChapter: async (...args: unknown[]) => {
        calls.push(['releaseChapter', ...args]);
        return !isOut;
      },
      attemptsOf: async () => ({ attempts: 3, retryHours: 20, seriesWaits: true }),
      refusedSince: async (): Promise<string | undefined> => undefined,
      isTold: async (message: string) =>
        calls.some(([name, told]) => name === 'markTold' && told === message),
      markTold: record('markTold'),
      log: (line: Record<string, unknown>) => calls.push(['log', line]),
      notify: record('notify'),
    },
  };
}

const event = {
  job_id: 'job-abc123',
  error: {
    Error: 'ChapterUnreadable',
    Cause: '{"errorMessage":"a.cbz has no pages","errorType":"ChapterUnreadable"}',
  },
  state: 'FetchManga',
  execution_id: 'arn:aws:states:us-east-1:123456789012:execution:manga-pipeline:abc',
};

test('says how the chapter is tried again, that its series waits, and how a person decides otherwise', async () => {
  const seen = recorder({ job_id: 'job-abc123', chapter_id: 'series/1' });
  await run(event, seen.ports);
  const [[, message] = []] = seen.of('notify');
  expect(message).toContain(
    [
      "Chapter: it is tried again after 20 hours, 3 times in all. make review JOB=job-abc123 RETRY='what was changed' tries it at once, REJECT='why' leaves it out",
      'Series: its later chapters wait until this one is published or left out',
    ].join('\n'),
  );
  const stopped = recorder({ job_id: 'job-abc123', chapter_id: 'series/1' });
  await run({ ...event, error: { Error: 'ExecutionStopped', Cause: 'a person' } }, stopped.ports);
  expect(stopped.of('notify').join()).not.toContain('Series:');
});

test('marks the job failed with error, time and state, and releases its chapter', async () => {
  const seen = recorder({ job_id: 'job-abc123', chapter_id: 'series/1' });
  expect(await run(event, seen.ports)).toEqual({
    job_id: 'job-abc123',
    status: 'failed',
    error_logged: true,
  });
  expect(seen.of('markJobFailed')).toEqual([
    [
      'job-abc123',
      {
        error_name: 'ChapterUnreadable',
        error_message: 'a.cbz has no pages',
        failed_at: '2026-02-07T10:00:00.000Z',
        failed_state: 'FetchManga',
      },
    ],
  ]);
  expect(seen.of('markChapterFailed')).toEqual([['series/1', 'job-abc123']]);
  expect(seen.of('releaseChapter')).toEqual([]);
});

test('releases all chapters of a video', async () => {
  const seen = recorder({
    job_id: 'job-abc123',
    chapter_id: 'series/1',
    chapter_ids: ['series/1', 'series/2'],
  });
  await run(event, seen.ports);
  expect(seen.of('markChapterFailed')).toEqual([
    ['series/1', 'job-abc123'],
    ['series/2', 'job-abc123'],
  ]);
});

test('does not count a full day as an attempt, however many there are', async () => {
  const seen = recorder({ job_id: 'job-abc123', chapter_id: 'series/1' });
  await run({ ...event, error: { Error: 'YouTubeQuotaError', Cause: 'quotaExceeded' } }, seen.ports);
  expect(seen.of('releaseChapter')).toEqual([['series/1', 'job-abc123']]);
  expect(seen.of('markChapterFailed')).toEqual([]);
});

test('tells once that YouTube refuses a channel, however many of its jobs fail, and again after it was admitted', async () => {
  const refused = { ...event, state: 'StartUploader', error: { Error: 'ChannelRefused', Cause: 'revoked' } };
  const seen = recorder({ job_id: 'job-abc123', chapter_id: 'series/1', channel: 'ma' });
  let since = '2026-02-07T09:00:00Z';
  const refusedSince = async (channel: string) => (channel === 'ma' ? since : undefined);
  await run(refused, { ...seen.ports, refusedSince });
  await run(refused, { ...seen.ports, refusedSince });
  expect([seen.of('notify').length, seen.of('markJobFailed').length]).toEqual([1, 2]);
  // No chapter is to blame for it.
  expect([seen.of('releaseChapter').length, seen.of('markChapterFailed').length]).toEqual([2, 0]);
  since = '2026-02-09T09:00:00Z';
  await run(refused, { ...seen.ports, refusedSince });
  expect(seen.of('notify')).toHaveLength(2);
});

test('returns the slot of the day that the job names', async () => {
  const seen = recorder({ job_id: 'job-abc123', counted_on: '2026-02-06' });
  await run(event, seen.ports);
  expect(seen.of('releaseSlot')).toEqual([['job-abc123', '2026-02-06']]);
  const unknown = recorder();
  await run(event, unknown.ports);
  expect(unknown.of('releaseSlot')).toEqual([['job-abc123', undefined]]);
});

test('keeps the chapter and slot of a video that could be online, and notifies the operator', async () => {
  const seen = recorder({ job_id: 'job-abc123', chapter_id: 'series/1' }, true);
  await run({ ...event, state: 'StartUploader' }, seen.ports);
  expect(seen.of('releaseSlot')).toEqual([]);
  const [[, message]] = seen.of('notify') as [[string, string]];
  expect(message).toContain('Chapter: series/1 stays with this job, because its video is or could be online');
  expect(message).toContain('Series: its later chapters wait');
  expect(message).not.toContain('it is tried again');
});

test('logs one structured line and notifies the operator', async () => {
  const seen = recorder();
  await run(event, seen.ports);
  expect(seen.of('log')).toEqual([
    [expect.objectContaining({ level: 'ERROR', job_id: 'job-abc123', failed_state: 'FetchManga' })],
  ]);
  expect(seen.of('notify')).toEqual([
    [
      'manga-pipeline: FetchManga failed with ChapterUnreadable',
      expect.stringContaining('a.cbz has no pages'),
    ],
  ]);
});

test.each(Object.keys(runbook))('%s: one line, one complete message, and a link', async (name) => {
  const seen = recorder();
  await run({ ...event, error: { Error: name, Cause: 'the very reason' } }, seen.ports);
  const { meaning, tried, todo, section } = runbookEntry(name);
  const link = `docs/runbook.md#${anchorOf(section)}`;
  expect(seen.of('log')).toEqual([
    [
      expect.objectContaining({
        event: 'job_failed',
        failure_class: name,
        error_name: name,
        error_message: 'the very reason',
        runbook: link,
      }),
    ],
  ]);
  const [[subject, message], ...more] = seen.of('notify') as [[string, string]];
  expect(more).toEqual([]);
  expect(subject).toContain(name);
  for (const part of ['the very reason', meaning, tried, todo, link]) expect(message).toContain(part);
});

test.each([
  ['an unknown job', { ...event, job_id: 'job-unknown' }],
  ['no job id', { error: event.error, state: 'CheckQuota' }],
  ['an invalid id', { ...event, job_id: '../../etc/passwd' }],
  ['no error', { job_id: 'job-abc123' }],
  ['fields of another kind', { job_id: 7, error: [], state: {}, execution_id: ['x'] }],
])('never throws for %s', async (_, input) => {
  const { ports } = recorder();
  expect(await run(input, { ...ports, notify: undefined })).toMatchObject({
    status: 'failed',
    error_logged: true,
  });
});

test('the last lines of a worker that failed are on its job and at the end of the message', async () => {
  const seen = recorder({ job_id: 'job-abc123' });
  const Cause = withWorkerLog('fetch-bundle: no such key', ['line 1', 'line 2']);
  await run({ ...event, error: { Error: 'RenderError', Cause } }, seen.ports);
  expect(seen.of('markJobFailed')).toMatchObject([
    ['job-abc123', { error_message: 'fetch-bundle: no such key', error_log: 'line 1\nline 2' }],
  ]);
  expect(seen.of('notify')[0]?.[1]).toMatch(/\nLast lines of the worker:\nline 1\nline 2$/);
});

test.each([
  ['a Lambda error', { Error: 'E', Cause: '{"errorMessage":"Timeout"}' }, 'Timeout'],
  ['plain text', { Error: 'E', Cause: 'went wrong' }, 'went wrong'],
  ['JSON of another shape', { Error: 'E', Cause: '[1,2]' }, '[1,2]'],
  ['an empty cause', { Error: 'E', Cause: '' }, 'E without a cause'],
  ['not an object', 'boom', '"boom"'],
  ['nothing', undefined, 'no error given'],
])('reads the reason from %s', (_, error, message) => {
  expect(parseFailure(error).error_message).toBe(message);
});

test('counts the failure on the run of a lane, before the job that a repeated call finds failed', async () => {
  const seen = recorder({ job_id: 'job-abc123' });
  await run({ ...event, run: 'daily' }, seen.ports);
  expect(seen.of('countFailure')).toEqual([['daily', 'job-abc123']]);
  const names = seen.calls.map(([name]) => name);
  expect(names.indexOf('countFailure')).toBeLessThan(names.indexOf('markJobFailed'));
  const alone = recorder({ job_id: 'job-abc123' });
  await run({ ...event, run: null }, alone.ports);
  expect(alone.of('countFailure')).toEqual([]);
});

test('a rejected video takes back the approvals that came with its job, and no other failure does', async () => {
  const job = { job_id: 'job-abc123', chapter_id: 'series/1' };
  const [failed, rejected] = [recorder(job), recorder(job)];
  await run(event, failed.ports);
  expect(failed.of('takeBackNotes')).toEqual([]);
  await run({ ...event, error: { Error: 'ReviewRejected', Cause: 'the voice is wrong' } }, rejected.ports);
  expect(rejected.of('takeBackNotes')).toEqual([
    [job, { by: 'the review of the video', at: '2026-02-07T10:00:00.000Z', onlyOwn: true }],
  ]);
});
