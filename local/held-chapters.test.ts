import { eventually } from 'local-aws/testing';
import { artifactsOf } from '../domain/artifacts.ts';
import { editHeld } from './console/actions/edit-script.ts';
import { type Collector, startCollector } from './testing/collector.ts';
import { type heldChapters, startWithHeldChapters } from './testing/held-chapters.ts';
import type { LightPipeline } from './testing/light-pipeline.ts';

/** Runs days of the real flow, functions and tables, with some chapters that their names make doubtful. */
let pipeline: LightPipeline;
let held: ReturnType<typeof heldChapters>;
let page: Buffer;
const limit = 300_000;

/** A collector of traces, as an operator has one. */
let collector: Collector;
beforeAll(async () => {
  collector = await startCollector();
  ({ pipeline, held, page } = await startWithHeldChapters({ settings: { tracing: collector.url } }));
});
afterAll(async () => {
  await pipeline?.close();
  await collector?.close();
});
beforeEach(() => pipeline.messages.splice(0));

const put = (chapter: string) => pipeline.write(`chapters/${chapter}/001.jpg`, page);
async function day(...chapters: string[]) {
  for (const chapter of chapters) put(chapter);
  const execution = await pipeline.end(await pipeline.start());
  expect(execution).toMatchObject({ status: 'SUCCEEDED' });
}
const spoken = async (jobId: string) =>
  (await held.access.objects(`${artifactsOf(jobId).root}speech`)).length;

test(
  'a doubtful chapter is held before it is spoken, and the next one is published on the same day',
  async () => {
    await day('a-doubtful', 'b-good');
    const [doubtful, good] = [await held.jobOf('a-doubtful'), await held.jobOf('b-good')];
    expect(doubtful).toMatchObject({
      status: 'needs_review',
      doubt_reasons: ['page 1: nothing could be read'],
    });
    expect(doubtful).not.toHaveProperty('counted_on');
    expect(good.status).toBe('published');
    expect(await held.claimOf('a-doubtful')).toMatchObject({ status: 'held', job_id: doubtful.job_id });
    expect(await spoken(doubtful.job_id)).toBe(0);
    // Its slot is released: one video uses one slot.
    expect(await held.days()).toEqual({ slots: 1, count: 1 });
    expect(pipeline.messages.map(({ subject }) => subject)).toEqual([
      'manga-pipeline: a chapter waits for you',
    ]);
    expect(pipeline.messages[0]?.text).toContain('page 1: nothing could be read');
    const [summary] = await eventually('the summary of the day', () =>
      pipeline.summaries.length > 0 ? pipeline.summaries : undefined,
    );
    expect(summary?.subject).toBe("manga-pipeline: the day's summary: 1 published, 1 held, 0 failed");
    expect(summary?.text).toMatch(
      /It ended because no further chapter is available\.\n\nPublished:\n- .*b-good/,
    );
    // Both machines have a known price, and count with the time that they worked.
    expect(Object.values(good.machines ?? {}).map(({ worker }) => worker)).toEqual(['renderer', 'uploader']);
    expect(summary?.text).toMatch(/Cost: at most \$0\.\d{3} for 2 jobs\nLeft: 99 of 100 videos$/);
  },
  limit,
);

test(
  'a held chapter is not fetched again on a later day',
  async () => {
    await pipeline.jump('200h');
    await day();
    expect((await held.jobOf('a-doubtful')).status).toBe('needs_review');
    expect(pipeline.messages).toEqual([]);
  },
  limit,
);

test(
  'a repeated message that a chapter is held has no effect',
  async () => {
    const before = await held.jobOf('a-doubtful');
    const { job_id } = before;
    const answer = await held.invoke('handle-error', { outcome: 'ChapterDoubtful', job_id });
    expect(answer).toMatchObject({ decision: 'hold' });
    const { updated_at: _, ...after } = await held.jobOf('a-doubtful');
    expect(before).toMatchObject(after);
    expect(pipeline.messages).toEqual([]);
  },
  limit,
);

test(
  'an edited and approved chapter is published, counted once, and never held again',
  async () => {
    const job = await held.jobOf('a-doubtful');
    await editHeld(job, [{ index: 1, text: 'Một câu khác.' }], held.access);
    const approval = { verdict: 'approve', reason: 'the second sentence was wrong' } as const;
    const executionArn = await held.decide(job, approval);
    // Two simultaneous decisions start one execution.
    expect(await held.decide(job, approval)).toBe(executionArn);
    expect(await pipeline.end(executionArn)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await held.jobOf('a-doubtful')).toMatchObject({
      job_id: job.job_id,
      status: 'published',
      review_verdict: 'approve',
      reviewed_by: 'the console',
      review_reason: 'the second sentence was wrong',
    });
    expect((await held.claimOf('a-doubtful'))?.status).toBe('published');
    expect(await held.days()).toEqual({ slots: 2, count: 2 });
    expect(
      await held.invoke('handle-error', { outcome: 'ChapterDoubtful', job_id: job.job_id }),
    ).toMatchObject({
      decision: 'publish',
    });
    expect(pipeline.messages).toEqual([]);
  },
  limit,
);

test(
  "a rejected chapter is excluded permanently, and its job's artifacts are deleted",
  async () => {
    await day('c-doubtful');
    const job = await held.jobOf('c-doubtful');
    const executionArn = await held.decide(job, { verdict: 'reject', reason: 'not this one' });
    expect(await pipeline.end(executionArn)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await held.jobOf('c-doubtful')).toMatchObject({
      ...{ status: 'failed', error_name: 'ReviewRejected', error_message: 'not this one' },
      ...{ review_verdict: 'reject', cleaned_at: expect.any(String) },
    });
    expect((await held.claimOf('c-doubtful'))?.status).toBe('blocked');
    expect(await held.access.objects(artifactsOf(job.job_id).root)).toEqual([]);
    await pipeline.jump('200h');
    await day();
    expect((await held.claimOf('c-doubtful'))?.job_id).toBe(job.job_id);
    expect(await held.days()).toEqual({ slots: 2, count: 2 });
  },
  limit,
);

test(
  'a chapter to retry is made by the next run as another job',
  async () => {
    await day('d-doubtful');
    const job = await held.jobOf('d-doubtful');
    await pipeline.end(await held.decide(job, { verdict: 'retry', reason: 'narrator is llm now' }));
    expect((await held.claimOf('d-doubtful'))?.status).toBe('failed');
    await day();
    const again = await held.jobOf('d-doubtful');
    expect(again).toMatchObject({ status: 'needs_review' });
    expect(again.job_id).not.toBe(job.job_id);
  },
  limit,
);

test(
  'refuses a decision about a job that is not waiting for one',
  async () => {
    const job = await held.jobOf('b-good');
    await expect(held.decide(job, { verdict: 'approve' })).rejects.toThrow('is not waiting for a review');
    await expect(held.decide(job, { verdict: 'retry', reason: 'x' })).rejects.toThrow('is not held');
    await expect(editHeld(job, [], held.access)).rejects.toThrow('is not held');
  },
  limit,
);

test('a job has one trace of every function and of both machines', async () => {
  const { job_id } = await held.jobOf('b-good');
  const spans = await eventually('the uploader in the trace', () => {
    const found = collector.ofJob(job_id);
    return found.some(({ service, name }) => service === 'uploader' && name === 'upload') && found;
  });
  const wholes = spans.filter(({ parent }) => parent === undefined).map(({ name }) => name);
  expect(wholes).toEqual(
    expect.arrayContaining([
      ...['check-quota', 'fetcher', 'start-renderer', 'renderer', 'start-uploader', 'uploader'],
      ...['increment-counter', 'cleanup'],
    ]),
  );
  const uploader = spans.find(({ name }) => name === 'uploader');
  expect(spans.filter(({ parent }) => parent === uploader?.id).map(({ name }) => name)).toEqual([
    'download',
    'upload',
  ]);
});

test(
  'the settings of a series decide about its doubtful chapters, and wrong ones fail a chapter by the name of their file',
  async () => {
    const settings = JSON.stringify({ onDoubt: 'publish', youtubePlaylist: 'Đêm' });
    await held.access.s3('PUT', 'library/series/s-doubtful.json', '', settings);
    await day('s-doubtful');
    const job = await held.jobOf('s-doubtful');
    expect(job).toMatchObject({ manga_id: 's-doubtful', status: 'published' });
    expect(job.doubt_reasons).toEqual(['page 1: nothing could be read']);
    pipeline.messages.splice(0);

    await held.access.s3('PUT', 'library/series/t-good.json', '', JSON.stringify({ musik: 'calm' }));
    await day('t-good');
    expect(await held.jobOf('t-good')).toMatchObject({
      status: 'failed',
      error_name: 'ConfigurationError',
      error_message: expect.stringContaining('library/series/t-good.json'),
    });
    pipeline.messages.splice(0);

    // The light scriptgen doubts chapters by their names. A file that came with the chapters can't publish what the stage holds.
    pipeline.write('chapters/u/manga-pipeline.json', JSON.stringify({ onDoubt: 'publish' }));
    pipeline.write('chapters/v/manga-pipeline.json', JSON.stringify({ onDoubt: 'fail' }));
    await day('u/1-doubtful', 'v/1-doubtful');
    expect(await held.jobOf('u/1-doubtful')).toMatchObject({ manga_id: 'u', status: 'needs_review' });
    expect(pipeline.messages.map(({ text }) => text).join('\n')).toContain(
      'u/manga-pipeline.json says onDoubt publish, which is ignored, because it is less strict than hold (stage)',
    );
    expect(await held.jobOf('v/1-doubtful')).toMatchObject({
      status: 'failed',
      error_name: 'ChapterDoubtful',
    });
  },
  limit,
);

test('the requests of functions, machines and executions were compared with the models of AWS', () => {
  const services = new Set(pipeline.called().map((name) => name.split(':')[0]));
  expect([...services].sort()).toEqual(['dynamodb', 'ec2', 'lambda', 's3', 'sns', 'states']);
});
