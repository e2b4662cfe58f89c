import { startTables } from '../../aws/testing/embedded-cloud.ts';
import type { Job, ReviewVerdict } from '../../domain/job.ts';
import { takingBackNotes } from './taking-back-notes.ts';
import { recordVerdict, type VerdictPorts } from './verdict.ts';

/** Verdicts on the real table of notes, whose calls can die before and behind every change. */
const endTables = await startTables({ counters: 'date' });
const { approvedNotes } = await import('../../aws/approved-notes.ts');
const notes = approvedNotes('counters');
afterAll(endTables);

const text_hash = '0'.repeat(64);
const note = { from: 'Notes', sentences: ['Không đăng lại!'], text_hash };
let series = 0;
let clock = Date.parse('2026-12-01T08:00:00Z');
const tick = () => {
  clock += 60_000;
  return new Date(clock);
};

/** A held chapter of a new series. A call of it dies at its `diesAt`th change of a table, before or behind it. */
function desk(over: Partial<Job> = {}) {
  series += 1;
  const manga_id = `meo-${series}`;
  const job = {
    ...{ job_id: 'job-abc123', status: 'needs_review', chapter_id: 'meo/1', manga_id },
    ...{ limiting_notes: [note], updated_at: '' },
    ...over,
  } as Job;
  const lines: Record<string, unknown>[] = [];
  let isOurs = true;
  let left = Number.POSITIVE_INFINITY;
  let isBehind = false;
  async function change<T>(act: () => Promise<T>): Promise<T> {
    left -= 1;
    if (left === 0 && !isBehind) throw new Error('died');
    const done = await act();
    if (left === 0) throw new Error('died');
    return done;
  }
  const chapter = () => change(async () => isOurs);
  const takeBack: typeof notes.takeBack = (...args) => change(() => notes.takeBack(...args));
  const log = (line: Record<string, unknown>) => void lines.push(line);
  const ports: VerdictPorts = {
    now: tick,
    findJob: async () => ({ ...job }),
    updateJob: (_, changes) => change(async () => void Object.assign(job, changes)),
    ...{ resumeChapter: chapter, holdChapter: chapter, rejectChapter: chapter },
    ...{ releaseChapter: chapter, retryChapter: chapter, chaptersOf: async () => [] },
    ...{ isTold: async () => false, markTold: async () => undefined },
    approveNote: (...args) => change(() => notes.approve(...args)),
    takeBackNotes: takingBackNotes({ takeBack }, log),
    log,
  };
  const decide = (verdict: ReviewVerdict, execution_id: string = verdict) =>
    recordVerdict({ verdict, job_id: job.job_id, by: 'an', reason: 'why', execution_id }, ports);
  return {
    ...{ job, lines, decide, manga_id },
    approved: () => notes.find(manga_id, text_hash),
    takeAway: () => {
      isOurs = false;
    },
    dieAt(place: number, behind: boolean) {
      [left, isBehind] = [place, behind];
    },
  };
}

test('an approval of a held chapter approves its note for the series, with who, when and which job', async () => {
  const { decide, approved, job, lines } = desk();
  await decide('approve');
  expect(await approved()).toEqual({
    ...{ text_hash, sentences: ['Không đăng lại!'], approved_by: 'an' },
    ...{ approved_at: job.reviewed_at, job_id: 'job-abc123' },
  });
  expect(lines.filter(({ event }) => event === 'note_approved')).toHaveLength(1);
  expect(await notes.find('meo-other', text_hash)).toBeUndefined();
});

test.each([false, true])(
  'wherever a call dies, its repeat approves the note once (behind a change: %p)',
  async (behind) => {
    for (let place = 1; ; place++) {
      const { decide, approved, job, dieAt } = desk();
      dieAt(place, behind);
      const died = await decide('approve').then(
        () => false,
        () => true,
      );
      if (!died) return expect(place).toBeGreaterThan(3);
      await decide('approve');
      expect(await approved()).toMatchObject({ approved_at: job.reviewed_at, job_id: 'job-abc123' });
    }
  },
);

test('a job that asks for its slot hour by hour does not approve again what a person took back', async () => {
  const { decide, approved, manga_id } = desk();
  await decide('approve');
  expect(await notes.takeBack(manga_id, text_hash, { by: 'bình', at: tick().toISOString() })).toBe(true);
  await decide('approve', 'arn:again');
  expect(await approved()).toBeUndefined();
});

test('an approval that arrives behind its rejection is not stored', async () => {
  const { decide, approved, dieAt } = desk();
  // It dies before it stores the note; a person rejects the chapter; then the first call is repeated.
  dieAt(3, false);
  await expect(decide('approve')).rejects.toThrow('died');
  await decide('reject');
  await decide('approve');
  expect(await approved()).toBeUndefined();
});

test.each(['reject', 'retry'] as const)(
  'a %s of an approved chapter that has not continued takes its approval back, wherever the call dies',
  async (verdict) => {
    for (let place = 1; ; place++) {
      const { decide, approved, job, dieAt } = desk();
      await decide('approve');
      dieAt(place, place % 2 === 0);
      const died = await decide(verdict).then(
        () => false,
        () => true,
      );
      dieAt(Number.POSITIVE_INFINITY, false);
      if (died) await decide(verdict);
      expect([job.status, await approved()]).toEqual(['failed', undefined]);
      if (!died) return expect(place).toBeGreaterThan(2);
    }
  },
);

test('a rejected chapter takes back also what was approved with an earlier one, and one that is made again does not', async () => {
  const earlier = {
    ...{ text_hash, sentences: note.sentences, approved_by: 'bình' },
    ...{ approved_at: tick().toISOString(), job_id: 'job-earlier' },
  };
  for (const verdict of ['retry', 'reject'] as const) {
    const { decide, approved, manga_id } = desk({ limiting_notes: [], approved_notes: [earlier] });
    await notes.approve(manga_id, earlier);
    await decide(verdict);
    expect(await approved()).toEqual(verdict === 'retry' ? earlier : undefined);
  }
});

test('a failed chapter that is left out takes back its approval, unless another job has it', async () => {
  for (const isLost of [false, true]) {
    const { decide, approved, job, takeAway } = desk();
    await decide('approve');
    job.status = 'failed';
    if (isLost) takeAway();
    expect(await decide('reject')).toMatchObject({ decision: isLost ? 'too_late' : 'reject' });
    expect((await approved()) !== undefined).toBe(isLost);
  }
});

test('the first of two approvals stays, and a later one counts again after it was taken back', async () => {
  const { decide, approved, manga_id, job } = desk();
  await decide('approve');
  const first = await approved();
  const later = { ...first, approved_at: tick().toISOString(), job_id: 'job-second' } as typeof first &
    object;
  expect(await notes.approve(manga_id, later)).toBe(false);
  expect(await approved()).toEqual(first);
  await notes.takeBack(manga_id, text_hash, { by: 'an', at: tick().toISOString() });
  expect(await notes.approve(manga_id, later)).toBe(false);
  const last = { ...later, approved_at: tick().toISOString() };
  expect(await notes.approve(manga_id, last)).toBe(true);
  expect(await notes.all(manga_id)).toEqual([last]);
  expect(job.reviewed_at).not.toBe(last.approved_at);
});

test('a note that is not shown whole, and a chapter that is too late, approve nothing', async () => {
  const unsearched = desk({ limiting_notes: [{ ...note, text_hash: null }] });
  await unsearched.decide('approve');
  expect(await notes.all(unsearched.manga_id)).toEqual([]);
  const lost = desk();
  lost.takeAway();
  expect(await lost.decide('approve')).toMatchObject({ decision: 'too_late' });
  expect(await lost.approved()).toBeUndefined();
});
