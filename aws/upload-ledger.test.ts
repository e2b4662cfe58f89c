import { startTables } from './testing/embedded-cloud.ts';

const endTables = await startTables({ jobs: 'job_id', counters: 'date' });
const { dailyCounter } = await import('./counter.ts');
const { jobStore } = await import('./job-store.ts');
const { uploadLedger } = await import('./upload-ledger.ts');
const { uploadProgress } = await import('./upload-progress.ts');
afterAll(endTables);

describe("YouTube's two allowances in the counters table", () => {
  const ledger = uploadLedger('counters');
  const units = { bucket: 'units' as const, allowance: 1000 };

  test('counts a call once, however often and by how many machines it is recorded', async () => {
    const entry = { ...units, day: '2026-02-07', cost: 50, call: 'job-one thumbnails.set 1' };
    const told = await Promise.all(Array.from({ length: 20 }, () => ledger.spend(entry)));
    expect(told.every(Boolean)).toBe(true);
    expect(await ledger.spent('2026-02-07')).toEqual({ uploads: 0, units: 50 });
  });

  test('keeps a day closed that YouTube closed, with its counts', async () => {
    const day = '2026-02-09';
    await ledger.spend({ ...units, day, cost: 50, call: 'job-one thumbnails.set 2' });
    await ledger.close(day, 'quotaExceeded', 'project');
    expect(await ledger.spent(day)).toEqual({ uploads: 0, units: 50, closed: 'quotaExceeded' });
    expect(await ledger.spent('2026-02-10')).toEqual({ uploads: 0, units: 0 });
  });

  test('never gives parallel calls more than the allowance', async () => {
    const calls = Array.from({ length: 30 }, (_, index) => `job-${index} captions.insert 1`);
    const day = '2026-02-08';
    const told = await Promise.all(calls.map((call) => ledger.spend({ ...units, day, cost: 400, call })));
    expect(told.filter(Boolean)).toHaveLength(2);
    expect(await ledger.spent(day)).toEqual({ uploads: 0, units: 800 });
    expect(await ledger.spend({ ...units, day, cost: 200, call: 'fits' })).toBe(true);
    expect(await ledger.spend({ ...units, day, cost: 1, call: 'does not' })).toBe(false);
  });

  test('has a separate allowance for uploads, and for every day', async () => {
    const upload = { bucket: 'uploads' as const, allowance: 1, cost: 1 };
    expect(await ledger.spend({ ...upload, day: '2026-02-08', call: 'a' })).toBe(true);
    expect(await ledger.spend({ ...upload, day: '2026-02-08', call: 'b' })).toBe(false);
    expect(await ledger.spend({ ...upload, day: '2026-02-09', call: 'b' })).toBe(true);
    expect(await ledger.spend({ ...upload, day: '2026-02-10', call: 'c', allowance: 0 })).toBe(false);
  });

  test('two channels of one Google project share its allowances, and each has its own limits and refusal', async () => {
    const day = '2026-03-01';
    const own = uploadLedger('counters', { channel: 'truyen-ma' });
    const sharing = uploadLedger('counters', { channel: 'cuoi', project: 'main' });
    await sharing.spend({ ...units, day, cost: 50, call: 'job-one thumbnails.set 1' });
    expect(await ledger.spent(day)).toEqual({ uploads: 0, units: 50 });
    expect(await own.spent(day)).toEqual({ uploads: 0, units: 0 });
    await sharing.close(day, 'uploadLimitExceeded', 'channel');
    expect([await sharing.spent(day), await ledger.spent(day)]).toMatchObject([
      { closed: 'uploadLimitExceeded' },
      { units: 50 },
    ]);
    expect(await ledger.spent(day)).not.toHaveProperty('closed');
    await ledger.close(day, 'the limit of the first channel', 'channel');
    expect(await sharing.spent(day)).toMatchObject({ closed: 'uploadLimitExceeded' });
    await ledger.close(day, 'quotaExceeded', 'project');
    expect(await sharing.spent(day)).toMatchObject({ closed: 'quotaExceeded' });
    await own.refuse('the consent is revoked');
    expect([await own.refusal(), await ledger.refusal()]).toEqual([
      { reason: 'the consent is revoked', since: expect.any(String) },
      undefined,
    ]);
    const since = (await own.refusal())?.since;
    await own.refuse('the consent is still revoked');
    expect(await own.refusal()).toEqual({ reason: 'the consent is still revoked', since });
    await own.admit();
    expect(await own.refusal()).toBeUndefined();
  });

  test('does not change the count of videos of the same day', async () => {
    const counter = dailyCounter('counters');
    await counter.countOnce('2026-02-07', 'job-one');
    expect(await counter.count('2026-02-07')).toBe(1);
    expect(await ledger.spent('2026-02-07')).toEqual({ uploads: 0, units: 50 });
  });
});

describe('the upload of a job', () => {
  test('is stored on the job, whose other fields stay unchanged', async () => {
    await jobStore('jobs').update('job-one', { status: 'uploading' });
    const progress = uploadProgress('jobs', 'job-one');
    expect(await progress.load()).toBeUndefined();
    const state = { size: 10, sent: 5, may_be_finished: false, done: [], session: 'https://example.org/s' };
    await progress.save(state);
    expect(await progress.load()).toEqual(state);
    await progress.save({ ...state, session: undefined, video_id: 'v', done: ['captions'] });
    expect(await progress.load()).toEqual({
      ...{ size: 10, sent: 5, may_be_finished: false, video_id: 'v', done: ['captions'] },
    });
    expect(await jobStore('jobs').get('job-one')).toMatchObject({ status: 'uploading' });
  });

  test('does not start for a job without a record', async () => {
    expect(await uploadProgress('jobs', 'job-none').load()).toBeUndefined();
  });
});
