import { zipSync } from 'fflate';
import { eventually } from 'local-aws/testing';
import { type heldChapters, startWithHeldChapters } from './testing/held-chapters.ts';
import type { LightPipeline } from './testing/light-pipeline.ts';

/** The chapters of a series in order, on the real flow, functions and tables: what makes the later ones wait, and what ends that. */
let pipeline: LightPipeline;
let held: ReturnType<typeof heldChapters>;
let page: Buffer;
/** A chapter of one page as a file, and one that fails. A file that is not yet an archive is not a chapter, since it could still be copied. */
let archive: Buffer;
const withoutPages = Buffer.from(zipSync({ 'read-me.txt': Buffer.from('soon') }));
const limit = 600_000;

beforeAll(async () => {
  ({ pipeline, held, page } = await startWithHeldChapters());
  archive = Buffer.from(zipSync({ '001.jpg': page }));
}, 120_000);
afterAll(() => pipeline?.close());
beforeEach(() => pipeline.messages.splice(0));

async function day(...chapters: string[]): Promise<void> {
  for (const chapter of chapters) pipeline.write(`chapters/${chapter}/001.jpg`, page);
  expect(await pipeline.end(await pipeline.start())).toMatchObject({ status: 'SUCCEEDED' });
}
const statusOf = async (chapter: string) => (await held.claimOf(chapter))?.status;
const statusesOf = (...chapters: string[]) => Promise.all(chapters.map(statusOf));
const decide = async (chapter: string, verdict: 'approve' | 'reject' | 'retry') =>
  pipeline.end(await held.decide(await held.jobOf(chapter), { verdict, reason: 'looked at it' }));

test(
  'a held chapter makes the later ones of its series wait, and the day continues with other series',
  async () => {
    await day('a/1-doubtful', 'a/2', 'b/1');
    expect(await statusesOf('a/1-doubtful', 'a/2', 'b/1')).toEqual(['held', undefined, 'published']);
    expect(pipeline.messages.map(({ text }) => text).join()).toContain('Its series continues after that');
    await decide('a/1-doubtful', 'approve');
    await day();
    expect(await statusesOf('a/1-doubtful', 'a/2')).toEqual(['published', 'published']);
  },
  limit,
);

test(
  'so does a failed one: the operator is told, and one command tries it again at once',
  async () => {
    pipeline.write('chapters/c/1.cbz', withoutPages);
    await day('c/2', 'd/1');
    expect(await statusesOf('c/1', 'c/2', 'd/1')).toEqual(['failed', undefined, 'published']);
    expect(pipeline.messages.map(({ text }) => text).join()).toMatch(
      /RETRY=.*\nSeries: its later chapters wait/,
    );
    pipeline.write('chapters/c/1.cbz', archive);
    await day();
    expect(await statusesOf('c/1', 'c/2')).toEqual(['failed', undefined]);
    await decide('c/1', 'retry');
    await day();
    expect(await statusesOf('c/1', 'c/2')).toEqual(['published', 'published']);
  },
  limit,
);

test(
  'a chapter whose attempts are used up is waited for, and named each day, until it is left out',
  async () => {
    pipeline.write('chapters/e/1.cbz', withoutPages);
    await day('e/2');
    for (let attempt = 2; attempt <= 3; attempt++) {
      await pipeline.jump('30h');
      await day();
    }
    await pipeline.jump('30h');
    pipeline.summaries.splice(0);
    await day();
    expect(await statusesOf('e/1', 'e/2')).toEqual(['failed', undefined]);
    const summary = await eventually('the summary of the day', async () => pipeline.summaries.at(-1));
    expect(summary.text).toMatch(
      /Unfinished since earlier days.*\n- e\/1: failed 3 of 3 times, is not tried again/,
    );
    await decide('e/1', 'reject');
    await day();
    expect(await statusesOf('e/1', 'e/2')).toEqual(['blocked', 'published']);
  },
  limit,
);

test(
  'a deleted record of its job does not let the later ones pass, and a chapter that was taken down does',
  async () => {
    pipeline.write('chapters/f/1.cbz', withoutPages);
    await day('f/2');
    const { job_id } = await held.jobOf('f/1');
    const { jobsTable, chaptersTable } = pipeline.cloud.resources;
    await held.access.dynamodb('DeleteItem', { TableName: jobsTable, Key: { job_id: { S: job_id } } });
    await day();
    expect(await statusesOf('f/1', 'f/2')).toEqual(['failed', undefined]);
    await held.access.dynamodb('UpdateItem', {
      ...{ TableName: chaptersTable, Key: { chapter_id: { S: 'f/1' } } },
      ...{ UpdateExpression: 'SET #status = :blocked', ExpressionAttributeNames: { '#status': 'status' } },
      ExpressionAttributeValues: { ':blocked': { S: 'blocked' } },
    });
    // A job without a record could be one that has just begun: its series is free after the longest call of the fetcher.
    await pipeline.jump('1h');
    await day();
    expect(await statusesOf('f/1', 'f/2')).toEqual(['blocked', 'published']);
  },
  limit,
);

test(
  'a chapter between two numbers has its place, and one that is added late waits for a person, alone',
  async () => {
    await day('g/1', 'g/1.5-doubtful', 'g/2');
    expect(await statusesOf('g/1', 'g/1.5-doubtful', 'g/2')).toEqual(['published', 'held', undefined]);
    await decide('g/1.5-doubtful', 'reject');
    await day();
    expect(await statusOf('g/2')).toBe('published');
    await day('g/0', 'g/0.5', 'g/3');
    expect(await statusesOf('g/0', 'g/0.5', 'g/3')).toEqual(['held', undefined, 'published']);
    expect((await held.jobOf('g/0')).doubt_reasons?.join()).toContain('“g/1”, which belongs after it');
    expect(pipeline.messages.map(({ text }) => text).join()).toContain('Its series does not wait for it');
    await decide('g/0', 'approve');
    expect(await statusOf('g/0')).toBe('published');
    await day();
    expect(await statusOf('g/0.5')).toBe('held');
    await decide('g/0.5', 'reject');
    expect(await statusOf('g/0.5')).toBe('blocked');
  },
  limit,
);

test(
  'a chapter whose video could be online is waited for and named, and nothing waits for one that was overtaken',
  async () => {
    pipeline.write('chapters/i/1.cbz', withoutPages);
    await day('i/2');
    await held.access.dynamodb('UpdateItem', {
      ...{ TableName: pipeline.cloud.resources.chaptersTable, Key: { chapter_id: { S: 'i/1' } } },
      UpdateExpression: 'SET #status = :claimed, out_since = :now',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':claimed': { S: 'claimed' }, ':now': { S: '2026-12-01T00:00:00.000Z' } },
    });
    pipeline.summaries.splice(0);
    await pipeline.jump('30h');
    await day();
    expect(await statusesOf('i/1', 'i/2')).toEqual(['claimed', undefined]);
    const summary = await eventually('the summary of the day', async () => pipeline.summaries.at(-1));
    expect(summary.text).toContain('- i/1: its video could be online');
    // The order was free for a while.
    await held.access.s3('PUT', 'library/series/i.json', '', JSON.stringify({ seriesOrder: 'free' }));
    await day();
    await held.access.s3('PUT', 'library/series/i.json', '', '{}');
    await day('i/3');
    expect(await statusesOf('i/1', 'i/2', 'i/3')).toEqual(['claimed', 'published', 'published']);
  },
  limit,
);

test(
  'no version of a chapter lets the later ones pass while another one is held',
  async () => {
    await day('j/1 [doubtful]', 'j/2');
    expect(await statusesOf('j/1 [doubtful]', 'j/2')).toEqual(['held', undefined]);
    await day('j/1 [Mèo]');
    expect(await statusesOf('j/1 [Mèo]', 'j/2')).toEqual([undefined, undefined]);
  },
  limit,
);

test(
  'a series with the order free continues without the chapter',
  async () => {
    await held.access.s3('PUT', 'library/series/h.json', '', JSON.stringify({ seriesOrder: 'free' }));
    await day('h/1-doubtful', 'h/2');
    expect(await statusesOf('h/1-doubtful', 'h/2')).toEqual(['held', 'published']);
  },
  limit,
);
