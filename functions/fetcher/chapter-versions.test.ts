import type { TakenChapter } from '../../aws/chapter-ledger.ts';
import { run } from './fetcher.ts';
import { libraryInMemory, listedWith } from './testing/library-in-memory.ts';

/** Two files of the same chapter: each is listed with the other as its version. */
const versionsOf = (id: string) =>
  id.startsWith('a/1') ? { versions: ['a/1 [Mèo]', 'a/1 [Chó]'].filter((other) => other !== id) } : {};

test('makes a chapter from one of its versions only, also within a video', async () => {
  const { ports, jobs, lines } = libraryInMemory(['a/1 [Mèo]', 'a/1 [Chó]', 'a/2'], [], 2);
  const twice = listedWith(ports, versionsOf);
  await run({ job_id: 'job-one' }, twice);
  expect(jobs.get('job-one')?.chapter_ids).toEqual(['a/1 [Mèo]', 'a/2']);
  expect(await run({ job_id: 'job-two' }, twice)).toEqual({ status: 'no_manga_available' });
  const made = { event: 'chapter_has_another_version', chapter_id: 'a/1 [Chó]', made_from: 'a/1 [Mèo]' };
  expect(lines.filter(({ event }) => event === made.event)).toEqual([
    expect.objectContaining(made),
    expect.objectContaining(made),
  ]);
});

test('makes a chapter from another version when one failed, and waits for neither', async () => {
  const { ports, owners, jobs } = libraryInMemory(['a/1 [Mèo]', 'a/1 [Chó]', 'a/2']);
  owners.set('a/1 [Mèo]', 'failed');
  const twice = listedWith({ ...ports, seriesOrder: 'strict' }, versionsOf);
  await run({ job_id: 'job-one' }, twice);
  expect(jobs.get('job-one')?.chapter_id).toBe('a/1 [Chó]');
  await run({ job_id: 'job-two' }, twice);
  expect(jobs.get('job-two')?.chapter_id).toBe('a/2');
});

/** Returns what a job makes in a library whose first chapter has two versions, the first of which has this status. */
async function madeBeside(status: TakenChapter['status']): Promise<string | undefined> {
  const { ports, jobs } = libraryInMemory(['a/1 [Mèo]', 'a/1 [Chó]', 'a/2', 'b/1']);
  const taken = new Map([['a/1 [Mèo]', { file: undefined, status, isOut: status === 'published' }]]);
  await run(
    { job_id: 'job-one' },
    listedWith({ ...ports, seriesOrder: 'strict', taken: async () => taken }, versionsOf),
  );
  return jobs.get('job-one')?.chapter_id;
}

test.each([
  ['failed', 'a/1 [Chó]'],
  ['held', 'b/1'],
  ['claimed', 'b/1'],
  ['published', 'a/2'],
  ['blocked', 'a/2'],
] as const)('beside a version that is %s, %s is next', async (status, next) => {
  expect(await madeBeside(status)).toBe(next);
});
