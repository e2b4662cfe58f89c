import type { DoubtConsequence } from '../../config/doubt-policy.ts';
import type { Config } from '../../config/settings/index.ts';
import type { Job } from '../../domain/job.ts';
import { type DoubtfulPorts, recordDoubt } from './doubtful.ts';

const input = { outcome: 'ChapterDoubtful', job_id: 'job-abc123', execution_id: 'arn:abc' } as const;
const reasons = ['page 7: 60 % of the lettering could not be read', 'page 9: 1 of 4 panels is never shown'];

/** Tables that keep their content between calls, and the sent notifications. */
function tables(
  over: Partial<Job> = {},
  onDoubt: Config['onDoubt'] = 'hold',
  die?: keyof DoubtfulPorts,
  unused?: DoubtConsequence['unused'],
) {
  const job: Record<string, unknown> = {
    job_id: 'job-abc123',
    status: 'scripting',
    chapter_id: 'meo/1',
    manga_title: 'Mèo Mun',
    counted_on: '2026-02-06',
    doubt_reasons: reasons,
    ...over,
  };
  const held = new Set<string>();
  const released: unknown[][] = [];
  const waiting: unknown[][] = [];
  const told: string[][] = [];
  const lines: Record<string, unknown>[] = [];
  let dies = die;
  const once = (name: keyof DoubtfulPorts) => {
    if (dies !== name) return;
    dies = undefined;
    throw new Error(`died after ${name}`);
  };
  const ports: DoubtfulPorts = {
    now: () => new Date('2026-02-07T10:00:00Z'),
    runbookUrl: 'docs/runbook.md',
    onDoubtIn: async () => ({ onDoubt, from: 'stage', ...(unused && { unused }) }),
    findJob: async () => job as Job,
    async updateJob(_, changes) {
      for (const [name, value] of Object.entries(changes)) {
        if (value === null) delete job[name];
        else job[name] = value;
      }
      once('updateJob');
    },
    async holdChapter(id) {
      held.add(id);
      once('holdChapter');
      return true;
    },
    async countHeld(...counted) {
      waiting.push(counted);
      once('countHeld');
    },
    async releaseSlot(...slot) {
      released.push(slot);
      once('releaseSlot');
    },
    log: (line) => lines.push(line),
    async notify(...message) {
      told.push(message);
    },
  };
  return { job, held, released, waiting, told, lines, ports };
}

test('holds a chapter with its job, frees its slot, and notifies the operator of what to check', async () => {
  const { job, held, released, told, lines, ports } = tables();
  expect(await recordDoubt(input, ports)).toMatchObject({ decision: 'hold' });
  expect(job).toMatchObject({ status: 'needs_review', held_at: '2026-02-07T10:00:00.000Z' });
  expect(job).not.toHaveProperty('counted_on');
  expect([...held]).toEqual(['meo/1']);
  expect(released).toEqual([['job-abc123', '2026-02-06']]);
  const [[subject = '', message = ''] = []] = told;
  expect(subject).toBe('manga-pipeline: a chapter waits for you');
  for (const part of [...reasons, 'make review JOB=job-abc123', 'docs/runbook.md#chapterdoubtful'])
    expect(message).toContain(part);
  expect(lines).toEqual([expect.objectContaining({ event: 'chapter_held', reasons })]);
});

test('holds all chapters of a video', async () => {
  const { held, ports } = tables({ chapter_ids: ['meo/1', 'meo/2'] });
  await recordDoubt(input, ports);
  expect([...held]).toEqual(['meo/1', 'meo/2']);
});

test('a repeated call changes nothing and sends no second notification', async () => {
  const { job, told, lines, ports } = tables();
  const first = await recordDoubt(input, ports);
  const after = { ...job };
  expect(await recordDoubt(input, ports)).toEqual(first);
  expect(job).toEqual(after);
  expect([told.length, lines.length]).toEqual([1, 1]);
});

test.each(['holdChapter', 'releaseSlot', 'updateJob'] as const)(
  'completes a call that died after %s',
  async (step) => {
    const { job, held, told, ports } = tables({}, 'hold', step);
    await expect(recordDoubt(input, ports)).rejects.toThrow('died');
    expect(await recordDoubt(input, ports)).toMatchObject({ decision: 'hold' });
    expect(job).toMatchObject({ status: 'needs_review', doubt_told_at: expect.any(String) });
    expect(held.size).toBe(1);
    expect(told).toHaveLength(1);
  },
);

test('an approved job continues unchanged', async () => {
  const { job, held, told, ports } = tables({ status: 'speaking', review_verdict: 'approve' });
  expect(await recordDoubt(input, ports)).toMatchObject({ decision: 'publish' });
  expect(job.status).toBe('speaking');
  expect([held.size, told.length]).toEqual([0, 0]);
});

test('keeps a rejected job rejected', async () => {
  const { job, ports } = tables({ status: 'failed', review_verdict: 'reject' });
  expect(await recordDoubt(input, ports)).toMatchObject({ decision: 'hold' });
  expect(job.status).toBe('failed');
});

test('onDoubt publish: continues the chapter and notifies the operator of the reasons', async () => {
  const { job, held, told, ports } = tables({}, 'publish');
  expect(await recordDoubt(input, ports)).toMatchObject({ decision: 'publish' });
  expect(await recordDoubt(input, ports)).toMatchObject({ decision: 'publish' });
  expect(job).toMatchObject({ status: 'scripting', counted_on: '2026-02-06', doubt_reasons: reasons });
  expect(held.size).toBe(0);
  expect(told).toEqual([
    ['manga-pipeline: a doubtful chapter is published', expect.stringContaining(reasons[0] ?? '')],
  ]);
});

test('names a file that came with the chapters and says something looser, which is ignored', async () => {
  const unused = { onDoubt: 'publish', from: 'Mèo/manga-pipeline.json' } as const;
  const { told, lines, ports } = tables({}, 'hold', undefined, unused);
  expect(await recordDoubt(input, ports)).toMatchObject({ decision: 'hold' });
  expect(told[0]?.[1]).toContain(
    '- Mèo/manga-pipeline.json says onDoubt publish, which is ignored, because it is less strict than hold (stage)',
  );
  expect(lines).toEqual([
    expect.objectContaining({ on_doubt: 'hold', on_doubt_from: 'stage', unused_on_doubt: unused }),
  ]);
});

test('onDoubt fail: the flow fails the job with the reasons', async () => {
  const { job, told, ports } = tables({}, 'fail');
  expect(await recordDoubt(input, ports)).toMatchObject({ decision: 'fail', reasons: reasons.join('; ') });
  expect(job.status).toBe('scripting');
  expect(told).toEqual([]);
});

test('counts a held chapter on the run of a lane, and no other', async () => {
  const held = tables();
  await recordDoubt({ ...input, run: 'daily' }, held.ports);
  expect(held.waiting).toEqual([['daily', 'job-abc123']]);
  const published = tables({}, 'publish');
  await recordDoubt({ ...input, run: 'daily' }, published.ports);
  await recordDoubt(input, published.ports);
  expect(published.waiting).toEqual([]);
});
