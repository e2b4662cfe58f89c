import type { ChapterRecord, JobRecord, Versions } from './records.ts';
import { type RestorePorts, restoreTables } from './restore.ts';

const now = '2026-11-30T12:00:00.000Z';
const url = 'https://www.youtube.com/watch?v=1';
const chapter = (status: ChapterRecord['status'], more: Partial<ChapterRecord> = {}): ChapterRecord => ({
  ...{ chapter_id: 'a/1', status, job_id: 'job-one' },
  ...more,
});
const job = (status: JobRecord['status'], more: Partial<JobRecord> = {}): JobRecord => ({
  ...{ job_id: 'job-one', status, chapter_id: 'a/1' },
  ...more,
});

/** Restores tables in memory; `entered` are the states of the one execution since the copies, with their jobs. */
function tables({
  chapters = {},
  jobs = {},
  entered = [],
  status = 'SUCCEEDED',
}: {
  chapters?: Partial<Versions<ChapterRecord>>;
  jobs?: Partial<Versions<JobRecord>>;
  entered?: [state: string, jobId: string, url?: string][];
  status?: string;
}) {
  const said: string[] = [];
  const ports: RestorePorts = {
    async *executions() {
      yield { arn: 'arn:one', status };
    },
    async *enteredStates() {
      for (const [state, job_id, youtube_url] of entered)
        yield {
          state,
          input: JSON.stringify({ job_id, ...(youtube_url && { publication: { youtube_url } }) }),
        };
    },
    chapters: async () => ({ live: [...written.chapters.values()], copy: chapters.copy ?? [] }),
    jobs: async () => ({ live: [...written.jobs.values()], copy: jobs.copy ?? [] }),
    putChapter: async (one) => void written.chapters.set(one.chapter_id, one),
    putJob: async (one) => void written.jobs.set(one.job_id, one),
    now: () => now,
    say: (line) => said.push(line),
  };
  const written = {
    chapters: new Map((chapters.live ?? []).map((one) => [one.chapter_id, one])),
    jobs: new Map((jobs.live ?? []).map((one) => [one.job_id, one])),
  };
  return { written, said, restore: (act = true) => restoreTables(act, ports) };
}
const published = chapter('published', { youtube_url: url });

test.each<[string, Parameters<typeof tables>[0], Partial<ChapterRecord>]>([
  [
    'which the copy has as published',
    { chapters: { copy: [published], live: [chapter('failed')] } },
    published,
  ],
  ['published after the copy', { chapters: { copy: [chapter('claimed')], live: [published] } }, published],
  [
    'published after the copy, as only its job shows',
    { jobs: { live: [job('published', { youtube_url: url })] } },
    published,
  ],
  [
    'published after the copy, as only the execution shows',
    {
      jobs: { copy: [job('rendering')] },
      entered: [
        ['StartUploader', 'job-one'],
        ['IncrementCounter', 'job-one', url],
      ],
    },
    published,
  ],
  [
    'whose upload began after the copy',
    {
      chapters: { copy: [chapter('claimed', { lease_until: 'x' })] },
      entered: [['StartUploader', 'job-one']],
    },
    chapter('claimed', { out_since: now }),
  ],
  [
    'that was blocked after the copy',
    { chapters: { copy: [published], live: [chapter('blocked')] } },
    chapter('blocked'),
  ],
])('keeps a chapter from being published again: one %s', async (_, given, expected) => {
  const { written, restore } = tables(given);
  await restore();
  expect(written.chapters.get('a/1')).toMatchObject(expected);
  expect(written.chapters.get('a/1')).not.toHaveProperty('lease_until');
});

test.each<[string, Parameters<typeof tables>[0], ChapterRecord['status']]>([
  ['a claim whose execution has ended is released', { chapters: { copy: [chapter('claimed')] } }, 'failed'],
  ['a chapter that waits for a person waits on', { chapters: { copy: [chapter('held')] } }, 'held'],
  [
    'the copy is right about a chapter that no video was made of',
    { chapters: { copy: [chapter('held')], live: [chapter('claimed')] } },
    'held',
  ],
])('%s', async (_, given, status) => {
  const { written, restore } = tables(given);
  await restore();
  expect(written.chapters.get('a/1')?.status).toBe(status);
});

test.each<[string, Parameters<typeof tables>[0]]>([
  [
    'the copy lacks',
    {
      chapters: {
        copy: [published],
        live: [chapter('published', { youtube_url: url, short_url: 'https://v/2' })],
      },
    },
  ],
  [
    'only its job has',
    { jobs: { live: [job('published', { youtube_url: url, short_url: 'https://v/2' })] } },
  ],
])('keeps the address of a Short, which %s, for a takedown', async (_, given) => {
  const { written, restore } = tables(given);
  await restore();
  expect(written.chapters.get('a/1')).toMatchObject({ status: 'published', short_url: 'https://v/2' });
});

test('marks only the chapters that a job kept', async () => {
  const claims = [chapter('claimed'), chapter('claimed', { chapter_id: 'a/2' })];
  const kept = job('published', { youtube_url: url, chapter_ids: ['a/1'] });
  const { written, restore } = tables({
    chapters: { copy: claims },
    jobs: { live: [kept], copy: [job('fetching')] },
  });
  await restore();
  expect([...written.chapters.values()].map(({ status }) => status)).toEqual(['published', 'failed']);
});

test('a job at work has failed, one that was published stays so, and others are those of the copy', async () => {
  const { written, restore } = tables({
    jobs: {
      live: [
        job('published', { job_id: 'job-new', chapter_id: 'b', youtube_url: url }),
        job('failed', { job_id: 'job-held' }),
      ],
      copy: [
        job('uploading', { job_id: 'job-new', chapter_id: 'b' }),
        job('speaking'),
        job('needs_review', { job_id: 'job-held' }),
      ],
    },
  });
  await restore();
  expect(written.jobs.get('job-new')?.status).toBe('published');
  expect(written.jobs.get('job-one')).toMatchObject({
    status: 'failed',
    error_name: 'ExecutionStopped',
    failed_at: now,
  });
  expect(written.jobs.get('job-held')?.status).toBe('needs_review');
});

test('a second call changes nothing', async () => {
  const { said, restore } = tables({ jobs: { live: [job('published', { youtube_url: url })] } });
  await restore();
  await restore();
  expect(said).toEqual([
    `a/1: published by job-one ${url}`,
    'written: chapters 1, jobs 0',
    'written: chapters 0, jobs 0',
  ]);
});

test('only reports what would change, until it is told to do it', async () => {
  const { written, said, restore } = tables({ chapters: { copy: [published] } });
  await restore(false);
  expect(written.chapters.size).toBe(0);
  expect(said).toEqual([
    `a/1: published by job-one ${url}`,
    'to write: chapters 1, jobs 0; YES=1 writes them',
  ]);
});

test('fails while a video has no known chapter, with its address', async () => {
  const { said, restore } = tables({ entered: [['IncrementCounter', 'job-one', url]] });
  await expect(restore()).rejects.toThrow(
    'videos without a known chapter, which would be published twice: 1',
  );
  expect(said.at(-1)).toBe(`job-one: its chapter is unknown; published at ${url}`);
});

test('refuses to work next to a running execution', async () => {
  await expect(tables({ status: 'RUNNING' }).restore()).rejects.toThrow(
    'arn:one is RUNNING; switch the schedule off',
  );
});
