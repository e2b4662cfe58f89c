import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { LedgerEntry } from '../domain/ledger-entry.ts';
import { startTables } from './testing/embedded-cloud.ts';

const endTables = await startTables({
  machines: 'instance_id',
  jobs: 'job_id',
  counters: 'date',
  chapters: 'chapter_id',
  others: 'chapter_id',
});
const { jobStore } = await import('./job-store.ts');
const { allJobs } = await import('./job-list.ts');
const { dailyCounter } = await import('./counter.ts');
const { chapterLedger } = await import('./chapter-ledger.ts');
const { seriesClaims } = await import('./series-claims.ts');
const { publicationSlots } = await import('./publication-slots.ts');
const { heldChapters } = await import('./held-chapters.ts');
const { machineStore } = await import('./machine-store.ts');
const { dynamodb } = await import('./clients/dynamodb.ts');
afterAll(endTables);

describe('the jobs table', () => {
  const jobs = jobStore('jobs');

  test('stores the updated fields and keeps the others', async () => {
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

  test('returns undefined for a job that was never written', async () => {
    expect(await jobs.get('job-none')).toBeUndefined();
  });

  test('a record with nothing but the mark of a step is in no list of jobs', async () => {
    await jobs.update('job-listed', { status: 'published' });
    await jobs.countedOn('job-marked', '2026-12-01');
    const ids = (await allJobs('jobs')).map(({ job_id }) => job_id);
    expect(ids).toContain('job-listed');
    expect(ids).not.toContain('job-marked');
  });

  test('a stopped job goes back to work only when it is resumed', async () => {
    await jobs.update('job-stopped', { status: 'rendering', segment_count: 3 });
    const failed = { status: 'failed', stopped_while: 'rendering', error_name: 'ExecutionStopped' } as const;
    expect(await jobs.stop('job-stopped', failed)).toBe(true);
    expect(await jobs.stop('job-stopped', failed)).toBe(false);
    await expect(jobs.update('job-stopped', { status: 'uploading' })).rejects.toThrow('only after a redrive');
    await jobs.resume('job-stopped', 'rendering');
    await jobs.update('job-stopped', { status: 'uploading' });
    const job = await jobs.get('job-stopped');
    expect(job).toEqual({
      job_id: 'job-stopped',
      status: 'uploading',
      segment_count: 3,
      updated_at: job?.updated_at,
    });
    await jobs.resume('job-stopped', 'rendering');
    expect((await jobs.get('job-stopped'))?.status).toBe('uploading');
  });

  test('a published job is not stopped, and one without a record is', async () => {
    await jobs.update('job-out', { status: 'published' });
    expect(await jobs.stop('job-out', { status: 'failed' })).toBe(false);
    expect(await jobs.stop('job-early', { status: 'failed', stopped_while: 'fetching' })).toBe(true);
    await expect(jobs.update('job-early', { status: 'fetching' })).rejects.toThrow('was stopped');
  });

  test('does not treat the mark of a step as a job', async () => {
    await jobs.countedOn('job-unknown', '2026-02-07');
    expect(await jobs.get('job-unknown')).toBeUndefined();
  });

  test('fixes the day that a job counts toward at the first call', async () => {
    await jobs.update('job-two', { status: 'published' });
    expect(await jobs.countedOn('job-two', '2026-02-07')).toBe('2026-02-07');
    expect(await jobs.countedOn('job-two', '2026-02-08')).toBe('2026-02-07');
  });
});

describe('the counters table', () => {
  const counter = dailyCounter('counters');

  test('counts twenty parallel jobs once each', async () => {
    const ids = Array.from({ length: 20 }, (_, index) => `job-counted-${index}`);
    await Promise.all([...ids, ...ids].map((id) => counter.countOnce('2026-02-07', id)));
    expect(await counter.count('2026-02-07')).toBe(20);
  });

  test('returns the count of the day for a repeated call', async () => {
    expect(await counter.countOnce('2026-02-07', 'job-counted-3')).toBe(20);
    expect(await counter.count('2026-02-08')).toBe(0);
  });
});

describe('the slots of a day', () => {
  const counter = dailyCounter('counters');
  const jobs = (prefix: string, length: number) =>
    Array.from({ length }, (_, index) => `job-${prefix}-${index}`);

  test('go to as many of twenty parallel jobs as the quota allows, each asking twice', async () => {
    const day = '2026-03-01';
    const asking = jobs('race', 20);
    const got = await Promise.all([...asking, ...asking].map((id) => counter.takeSlot(day, id, 7)));
    const winners = asking.filter((_, index) => got[index]);
    expect(winners).toHaveLength(7);
    expect(got.slice(20)).toEqual(got.slice(0, 20));
    await Promise.all([...winners, ...winners].map((id) => counter.countOnce(day, id)));
    expect(await counter.count(day)).toBe(7);
    expect(await counter.takeSlot(day, 'job-late', 7)).toBe(false);
  });

  test('go to another job when they are returned, also when they are returned twice', async () => {
    const day = '2026-03-02';
    expect(await counter.takeSlot(day, 'job-failing', 1)).toBe(true);
    expect(await counter.takeSlot(day, 'job-waiting', 1)).toBe(false);
    await counter.releaseSlot(day, 'job-failing');
    await counter.releaseSlot(day, 'job-failing');
    expect(await counter.takeSlot(day, 'job-waiting', 1)).toBe(true);
    expect(await counter.takeSlot(day, 'job-third', 1)).toBe(false);
  });

  test('are not returned by a job that counted', async () => {
    const day = '2026-03-03';
    await counter.takeSlot(day, 'job-done', 1);
    await counter.countOnce(day, 'job-done');
    await counter.releaseSlot(day, 'job-done');
    expect(await counter.takeSlot(day, 'job-next', 1)).toBe(false);
    expect(await counter.holdsSlot(day, 'job-done')).toBe(true);
  });

  test('are taken by a job that was started by hand when it counts', async () => {
    const day = '2026-03-04';
    expect(await counter.countOnce(day, 'job-by-hand')).toBe(1);
    expect(await counter.countOnce(day, 'job-by-hand')).toBe(1);
    expect(await counter.takeSlot(day, 'job-next', 1)).toBe(false);
  });

  test('do not exist for a quota of zero, and a lower quota removes no taken ones', async () => {
    const day = '2026-03-05';
    expect(await counter.takeSlot(day, 'job-one', 0)).toBe(false);
    for (const id of jobs('early', 3)) expect(await counter.takeSlot(day, id, 3)).toBe(true);
    expect(await counter.takeSlot(day, 'job-early-0', 1)).toBe(true);
    expect(await counter.takeSlot(day, 'job-other', 1)).toBe(false);
  });
});

describe('a series', () => {
  const at = (minute: number) =>
    seriesClaims('counters', () => Date.parse('2026-02-07T10:00:00Z') + minute * 60_000);
  const works = async () => true;
  const ended = async () => false;

  test('goes to one of ten simultaneous jobs, also when the one before has ended', async () => {
    const race = (from: number) =>
      Promise.all(
        Array.from({ length: 10 }, (_, index) => at(from).take('race', `job-series-${from}-${index}`, ended)),
      );
    expect((await race(0)).filter(Boolean)).toHaveLength(1);
    expect((await race(1)).filter(Boolean)).toHaveLength(1);
  });

  test('stays with its job while that is at work', async () => {
    expect(await at(0).take('kept', 'job-one', works)).toBe(true);
    expect(await at(1).take('kept', 'job-two', works)).toBe(false);
    expect(await at(2).take('kept', 'job-one', works)).toBe(true);
    expect(await at(3).take('kept', 'job-two', ended)).toBe(true);
    expect(await at(4).take('kept', 'job-one', works)).toBe(false);
  });

  test('is returned by its job only', async () => {
    await at(0).take('returned', 'job-one', works);
    await at(0).release('returned', 'job-two');
    expect(await at(0).take('returned', 'job-two', works)).toBe(false);
    await at(0).release('returned', 'job-one');
    expect(await at(0).take('returned', 'job-two', works)).toBe(true);
  });
});

describe('the chapters table', () => {
  const hour = 3_600_000;
  const start = Date.parse('2026-02-07T10:00:00Z');
  const policy = { attempts: 2 };
  const at = (offset: number) => chapterLedger('chapters', () => start + offset);

  test('gives a chapter to one of many simultaneous callers', async () => {
    const ids = Array.from({ length: 10 }, (_, index) => `job-claimer-${index}`);
    const claims = await Promise.all(ids.map((id) => at(0).claim('race', id, policy)));
    expect(claims.filter(Boolean)).toHaveLength(1);
  });

  test('lets only the holder claim again', async () => {
    expect(await at(0).claim('held', 'job-one', policy)).toBe(true);
    expect(await at(0).claim('held', 'job-one', policy)).toBe(true);
    expect(await at(0).claim('held', 'job-two', policy)).toBe(false);
    expect(await at(0).isHeldBy('held', 'job-one')).toBe(true);
    expect(await at(0).isHeldBy('held', 'job-two')).toBe(false);
    expect(await at(0).isHeldBy('unknown', 'job-one')).toBe(false);
    expect(await at(71 * hour).isClaimedBy('held', 'job-one')).toBe(true);
    expect(await at(73 * hour).isClaimedBy('held', 'job-one')).toBe(false);
    expect(await at(0).isClaimedBy('held', 'job-two')).toBe(false);
  });

  test('never lets a published chapter be claimed again', async () => {
    await at(0).claim('published', 'job-one', policy);
    expect(await at(0).markPublished('published', 'job-two', 'url')).toBe(false);
    expect(await at(0).markPublished('published', 'job-one', 'url')).toBe(true);
    expect(await at(0).markPublished('published', 'job-one', 'url')).toBe(true);
    expect(await at(0).markFailed('published', 'job-one', 0)).toBe(false);
    expect(await at(1000 * hour).claim('published', 'job-two', policy)).toBe(false);
    expect(await at(1000 * hour).claim('published', 'job-one', policy)).toBe(false);
  });

  test('keeps a chapter whose video could be online with its job, whatever fails and however long it takes', async () => {
    await at(0).claim('could-be-out', 'job-one', policy);
    expect(await at(0).beginPublishing('could-be-out', 'job-two')).toBe(false);
    expect(await at(0).beginPublishing('could-be-out', 'job-one')).toBe(true);
    expect(await at(0).beginPublishing('could-be-out', 'job-one')).toBe(true);
    expect(await at(0).markFailed('could-be-out', 'job-one', 0)).toBe(false);
    expect(await at(0).release('could-be-out', 'job-one')).toBe(false);
    expect(await at(1000 * hour).claim('could-be-out', 'job-two', policy)).toBe(false);
    expect(await at(1000 * hour).isHeldBy('could-be-out', 'job-one')).toBe(true);
    expect(await at(1000 * hour).markPublished('could-be-out', 'job-one', 'url')).toBe(true);
  });

  test('does not let a job publish a chapter that it lost', async () => {
    await at(0).claim('given-away', 'job-one', policy);
    await at(0).markFailed('given-away', 'job-one', 0);
    await at(hour).claim('given-away', 'job-two', policy);
    expect(await at(hour).beginPublishing('given-away', 'job-one')).toBe(false);
  });

  test('releases a failed chapter later, and only for a limited number of attempts', async () => {
    await at(0).claim('failing', 'job-one', policy);
    expect(await at(0).markFailed('failing', 'job-one', 20)).toBe(true);
    expect(await at(0).markFailed('failing', 'job-one', 20)).toBe(false);
    expect(await at(19 * hour).claim('failing', 'job-two', policy)).toBe(false);
    expect(await at(21 * hour).claim('failing', 'job-two', policy)).toBe(true);
    await at(21 * hour).markFailed('failing', 'job-two', 20);
    expect(await at(99 * hour).claim('failing', 'job-three', policy)).toBe(false);
  });

  test('releases a chapter immediately, without counting an attempt', async () => {
    for (const job of ['job-one', 'job-two', 'job-three']) {
      expect(await at(0).claim('released', job, policy)).toBe(true);
      expect(await at(0).release('released', 'job-other')).toBe(false);
      expect(await at(0).release('released', job)).toBe(true);
      expect(await at(0).isHeldBy('released', job)).toBe(false);
    }
    await at(0).claim('released', 'job-four', policy);
    await at(0).markFailed('released', 'job-four', 20);
    await at(21 * hour).claim('released', 'job-five', policy);
    await at(21 * hour).release('released', 'job-five');
    expect(await at(21 * hour).claim('released', 'job-six', policy)).toBe(true);
    await at(21 * hour).markFailed('released', 'job-six', 20);
    expect(await at(99 * hour).claim('released', 'job-seven', policy)).toBe(false);
  });

  test('takes a blocked chapter from its job, and never lets it be claimed again', async () => {
    await at(0).claim('taken-down', 'job-one', policy);
    const entries = await Array.fromAsync(at(0).all());
    const seen = entries.find(({ chapter_id }) => chapter_id === 'taken-down');
    if (!seen) throw new Error('the chapter is not in the ledger');
    await at(0).markPublished('taken-down', 'job-one', 'url');
    const published: LedgerEntry = { ...seen, status: 'published', youtube_url: 'url' };
    expect(await at(0).block(seen, 'on request', [])).toBe(false);
    await at(0).markShortPublished('taken-down', 'job-one', 'short');
    expect(await at(0).block(published, 'on request', ['url'])).toBe(false);
    const whole = { ...published, short_url: 'short' };
    expect(await at(0).block(whole, 'on request', ['url', 'short'])).toBe(true);
    expect(await at(0).isHeldBy('taken-down', 'job-one')).toBe(false);
    expect(await at(0).beginPublishing('taken-down', 'job-one')).toBe(false);
    for (const job of ['job-one', 'job-two'])
      expect(await at(9999 * hour).claim('taken-down', job, policy)).toBe(false);
  });

  test('a blocked chapter stays blocked when its upload ends, and has the address', async () => {
    await at(0).claim('late', 'job-one', policy);
    const find = async () =>
      (await Array.fromAsync(at(0).all())).find(({ chapter_id }) => chapter_id === 'late');
    const seen = await find();
    if (!seen) throw new Error('the chapter is not in the ledger');
    expect(await at(0).block(seen, 'on request', [])).toBe(true);
    expect(await at(0).markPublished('late', 'job-one', 'url')).toBe(true);
    expect(await at(0).markPublished('late', 'job-two', 'other')).toBe(false);
    expect(await find()).toMatchObject({ status: 'blocked', youtube_url: 'url', taken_down: [] });
    expect(await at(0).isHeldBy('late', 'job-one')).toBe(false);
  });

  test("returns the chapters that can't be claimed", async () => {
    const others = chapterLedger('others', () => start);
    const jobOf = (id: string) => (id === 'mine' ? 'job-one' : 'job-two');
    for (const id of ['mine', 'theirs', 'published', 'failed', 'again', 'coming'])
      await others.claim(id, jobOf(id), policy);
    await others.markPublished('published', 'job-two', 'https://example.com/v');
    await others.beginPublishing('coming', 'job-two');
    await others.markFailed('failed', 'job-two', 20);
    await others.release('again', 'job-two');
    const taken = await others.taken('job-one', policy);
    expect([...taken.keys()].sort()).toEqual(['coming', 'failed', 'published', 'theirs']);
    const out = [...taken].filter(([, { isOut }]) => isOut);
    expect(out.map(([id]) => id).sort()).toEqual(['coming', 'published']);
    for (const id of ['mine', 'theirs', 'published', 'failed', 'again', 'unknown'])
      expect(await others.claim(id, 'job-one', policy)).toBe(!taken.has(id));
  });

  test('releases a claim whose job has ended long ago', async () => {
    await at(0).claim('abandoned', 'job-one', policy);
    expect(await at(71 * hour).claim('abandoned', 'job-two', policy)).toBe(false);
    expect(await at(73 * hour).claim('abandoned', 'job-two', policy)).toBe(true);
    const reviewed = { ...policy, reviewHours: 100 };
    await at(0).claim('reviewed', 'job-one', reviewed);
    expect(await at(171 * hour).claim('reviewed', 'job-two', reviewed)).toBe(false);
    expect(await at(173 * hour).claim('reviewed', 'job-two', reviewed)).toBe(true);
    expect(await at(73 * hour).isHeldBy('abandoned', 'job-one')).toBe(false);
  });
});

describe('a held chapter', () => {
  const hour = 3_600_000;
  const start = Date.parse('2026-02-07T00:00:00Z');
  const at = (offset: number) => chapterLedger('chapters', () => start + offset);
  const held = heldChapters('chapters', () => start);
  const policy = { attempts: 3 };
  const take = (id: string) => at(0).claim(id, 'job-one', policy);

  test("can't be claimed by any job, however long it waits", async () => {
    await take('doubtful');
    expect(await held.hold('doubtful', 'job-one')).toBe(true);
    expect(await held.hold('doubtful', 'job-one')).toBe(true);
    const later = at(1000 * hour);
    expect(await later.claim('doubtful', 'job-two', policy)).toBe(false);
    expect(await later.claim('doubtful', 'job-one', policy)).toBe(false);
    expect([...(await later.taken('job-two', policy)).keys()]).toContain('doubtful');
    expect(await later.isHeldBy('doubtful', 'job-one')).toBe(false);
  });

  test('can be published by its job once it continues, without expiry', async () => {
    await take('approved');
    await held.hold('approved', 'job-one');
    expect(await held.resume('approved', 'job-two')).toBe(false);
    expect(await held.resume('approved', 'job-one')).toBe(true);
    expect(await held.resume('approved', 'job-one')).toBe(true);
    expect(await at(1000 * hour).isHeldBy('approved', 'job-one')).toBe(true);
    expect(await at(1000 * hour).claim('approved', 'job-two', policy)).toBe(false);
  });

  test('continues even if an operator released it, unless another job was faster', async () => {
    expect(await held.resume('freed', 'job-one')).toBe(true);
    await at(0).claim('faster', 'job-two', policy);
    expect(await held.resume('faster', 'job-one')).toBe(false);
  });

  test('no longer belongs to a job when it is rejected', async () => {
    await take('rejected');
    await held.hold('rejected', 'job-one');
    expect(await held.reject('rejected', 'job-two', 'why')).toBe(false);
    expect(await held.reject('rejected', 'job-one', 'why')).toBe(true);
    expect(await held.reject('rejected', 'job-one', 'why')).toBe(true);
    expect(await at(1000 * hour).claim('rejected', 'job-two', policy)).toBe(false);
  });

  test('keeps the reason of its takedown when it is rejected later', async () => {
    await take('taken down');
    await held.hold('taken down', 'job-one');
    const find = async () =>
      (await Array.fromAsync(at(0).all())).find(({ chapter_id }) => chapter_id === 'taken down');
    const seen = await find();
    if (!seen) throw new Error('the chapter is not in the ledger');
    await at(0).block(seen, 'on request', []);
    expect(await held.reject('taken down', 'job-one', 'why')).toBe(false);
    expect(await find()).toMatchObject({ status: 'blocked', blocked_for: 'on request' });
  });

  test('can be released, and is free immediately', async () => {
    await take('again');
    await held.hold('again', 'job-one');
    expect(await at(0).release('again', 'job-one')).toBe(true);
    expect(await at(0).claim('again', 'job-two', policy)).toBe(true);
  });

  test('is released by a failure of its job', async () => {
    await take('failing-held');
    await held.hold('failing-held', 'job-one');
    expect(await at(0).markFailed('failing-held', 'job-one', 20)).toBe(true);
  });

  test("can't have a video that could be online", async () => {
    await take('out');
    await at(0).beginPublishing('out', 'job-one');
    expect(await held.hold('out', 'job-one')).toBe(false);
    expect(await held.reject('out', 'job-one', 'why')).toBe(false);
  });
});

describe('the times of publication of a series', () => {
  const hour = 3_600_000;
  const start = Date.parse('2026-12-01T00:00:00Z');
  let now = start;
  const slots = publicationSlots('counters', () => now);
  const daily = (taken: Date | undefined) => new Date(Math.max(now, taken?.getTime() ?? 0) + 24 * hour);

  test('a job keeps its time while it is ahead, and the next job gets a later one', async () => {
    const first = await slots.reserve('mèo', 'job-one', daily);
    now += hour;
    expect(await slots.reserve('mèo', 'job-one', daily)).toEqual(first);
    expect(await slots.reserve('mèo', 'job-public', () => undefined)).toBeUndefined();
    const second = await slots.reserve('mèo', 'job-two', daily);
    expect(Number(second) - Number(first)).toBe(24 * hour);
    expect(await slots.reserve('chó', 'job-three', daily)).toEqual(new Date(now + 24 * hour));
    now += 100 * hour;
    expect(await slots.reserve('mèo', 'job-two', daily)).toEqual(new Date(now + 24 * hour));
    now = start;
  });

  test('simultaneous jobs get different times', async () => {
    const jobs = Array.from({ length: 6 }, (_, index) => `job-${index}-at-once` as const);
    const times = await Promise.all(jobs.map((job) => slots.reserve('vịt', job, daily)));
    expect(new Set(times.map(Number)).size).toBe(6);
  });
});

test('a machine whose item cannot be read stands in the way of no other', async () => {
  const machines = machineStore('machines');
  const waiting = { instance_id: 'i-1', worker: 'renderer' as const, kind: 'kind', job_id: 'job-first' };
  await machines.wait({ ...waiting, task_token: 'token', idle_until: '2026-02-07T10:00:00.000Z' });
  await dynamodb.send(new PutCommand({ TableName: 'machines', Item: { instance_id: 'i-odd', kind: 7 } }));
  expect((await machines.all()).map(({ instance_id }) => instance_id)).toEqual(['i-1']);
});
