import { startTables } from './testing/embedded-cloud.ts';

const endTables = await startTables({ jobs: 'job_id', counters: 'date', chapters: 'chapter_id' });
const { jobStore } = await import('./job-store.ts');
const { dailyCounter } = await import('./counter.ts');
const { chapterLedger } = await import('./chapter-ledger.ts');
afterAll(endTables);

describe('the jobs table', () => {
  const jobs = jobStore('jobs');

  test('keeps what an update says and leaves the rest alone', async () => {
    await jobs.update('job-one', { status: 'fetching', chapter_id: 'a/1' });
    await jobs.update('job-one', {
      status: 'scripting',
      progress: { step: 'GenerateScript', done: 1, total: 7 },
    });
    await jobs.update('job-one', { chapter_id: null });
    expect(await jobs.get('job-one')).toEqual({
      job_id: 'job-one',
      status: 'scripting',
      progress: { step: 'GenerateScript', done: 1, total: 7 },
      updated_at: expect.stringMatching(/^\d{4}-.*Z$/),
    });
  });

  test('does not know a job that was never written', async () => {
    expect(await jobs.get('job-none')).toBeUndefined();
  });

  test('fixes the day a job counts on at the first call', async () => {
    await jobs.update('job-two', { status: 'published' });
    expect(await jobs.countedOn('job-two', '2026-02-07')).toBe('2026-02-07');
    expect(await jobs.countedOn('job-two', '2026-02-08')).toBe('2026-02-07');
  });
});

describe('the counters table', () => {
  const counter = dailyCounter('counters');

  test('counts twenty jobs at once and each of them once', async () => {
    const ids = Array.from({ length: 20 }, (_, index) => `job-counted-${index}`);
    await Promise.all([...ids, ...ids].map((id) => counter.countOnce('2026-02-07', id)));
    expect(await counter.count('2026-02-07')).toBe(20);
  });

  test('answers the count of the day to a repeated call', async () => {
    expect(await counter.countOnce('2026-02-07', 'job-counted-3')).toBe(20);
    expect(await counter.count('2026-02-08')).toBe(0);
  });
});

describe('the chapters table', () => {
  const hour = 3_600_000;
  const start = Date.parse('2026-02-07T10:00:00Z');
  const policy = { attempts: 2 };
  const at = (offset: number) => chapterLedger('chapters', () => start + offset);

  test('gives a chapter to one of many who want it at the same moment', async () => {
    const ids = Array.from({ length: 10 }, (_, index) => `job-claimer-${index}`);
    const claims = await Promise.all(ids.map((id) => at(0).claim('race', id, policy)));
    expect(claims.filter(Boolean)).toHaveLength(1);
  });

  test('lets the holder claim again, and nobody else', async () => {
    expect(await at(0).claim('held', 'job-one', policy)).toBe(true);
    expect(await at(0).claim('held', 'job-one', policy)).toBe(true);
    expect(await at(0).claim('held', 'job-two', policy)).toBe(false);
    expect(await at(0).isHeldBy('held', 'job-one')).toBe(true);
    expect(await at(0).isHeldBy('held', 'job-two')).toBe(false);
    expect(await at(0).isHeldBy('unknown', 'job-one')).toBe(false);
  });

  test('never gives a published chapter away again', async () => {
    await at(0).claim('published', 'job-one', policy);
    expect(await at(0).markPublished('published', 'job-two', 'url')).toBe(false);
    expect(await at(0).markPublished('published', 'job-one', 'url')).toBe(true);
    expect(await at(0).markPublished('published', 'job-one', 'url')).toBe(true);
    expect(await at(0).markFailed('published', 'job-one', 0)).toBe(false);
    expect(await at(1000 * hour).claim('published', 'job-two', policy)).toBe(false);
    expect(await at(1000 * hour).claim('published', 'job-one', policy)).toBe(false);
  });

  test('gives a failed chapter out later, and only so often', async () => {
    await at(0).claim('failing', 'job-one', policy);
    expect(await at(0).markFailed('failing', 'job-one', 20)).toBe(true);
    expect(await at(0).markFailed('failing', 'job-one', 20)).toBe(false);
    expect(await at(19 * hour).claim('failing', 'job-two', policy)).toBe(false);
    expect(await at(21 * hour).claim('failing', 'job-two', policy)).toBe(true);
    await at(21 * hour).markFailed('failing', 'job-two', 20);
    expect(await at(99 * hour).claim('failing', 'job-three', policy)).toBe(false);
  });

  test('frees a claim whose job is long dead', async () => {
    await at(0).claim('abandoned', 'job-one', policy);
    expect(await at(71 * hour).claim('abandoned', 'job-two', policy)).toBe(false);
    expect(await at(73 * hour).claim('abandoned', 'job-two', policy)).toBe(true);
    expect(await at(73 * hour).isHeldBy('abandoned', 'job-one')).toBe(false);
  });
});
