import type { Chapter } from '../../domain/chapter.ts';
import { ChapterUnreadable } from '../../domain/errors.ts';
import { type FetcherPorts, run } from './fetcher.ts';
import { libraryInMemory, listedWith } from './testing/library-in-memory.ts';

describe('several chapters in one video', () => {
  const ofJob = (stored: Map<string, unknown>) => stored.get('jobs/job-one/chapter.json') as Chapter;
  /** A source with a chapter that belongs to another series, or can't be read. */
  const amiss = (ports: FetcherPorts, wrong: string, series?: string): FetcherPorts => ({
    ...ports,
    source: {
      ...ports.source,
      withChapter: (id, use) =>
        ports.source.withChapter(id, (open) => {
          if (id !== wrong) return use(open);
          if (!series) throw new ChapterUnreadable(`${id} is broken`);
          return use({ ...open, metadata: { ...open.metadata, manga_id: series } });
        }),
    },
  });

  test('are consecutive chapters of one series, with continuous page numbers', async () => {
    const { ports, stored, jobs, owners } = libraryInMemory(['a/1', 'a/2', 'a/3', 'b/1'], [], 5);
    await run({ job_id: 'job-one' }, ports);
    expect([...owners.keys()]).toEqual(['a/1', 'a/2', 'a/3']);
    expect(jobs.get('job-one')).toMatchObject({
      chapter_id: 'a/1',
      chapter_ids: ['a/1', 'a/2', 'a/3'],
      page_count: 6,
    });
    expect(ofJob(stored)).toMatchObject({
      chapter_id: 'a/1',
      pages: [1, 2, 3, 4, 5, 6].map((number) => ({ number, key: `jobs/job-one/pages/00${number}.jpg` })),
      parts: [
        { chapter_id: 'a/1', first_page: 1 },
        { chapter_id: 'a/2', first_page: 3 },
        { chapter_id: 'a/3', first_page: 5 },
      ],
    });
  });

  test('end with a season in which chapters have their own numbers', async () => {
    const { ports, owners } = libraryInMemory(['a/1', 'a/2', 'a/3'], [], 5);
    const seasons = listedWith(ports, (id) => ({ division: id === 'a/3' ? 'Mùa 2' : 'Mùa 1' }));
    await run({ job_id: 'job-one' }, seasons);
    expect([...owners.keys()]).toEqual(['a/1', 'a/2']);
  });

  test('do not exceed the setting, and end before a published one', async () => {
    const two = libraryInMemory(['a/1', 'a/2', 'a/3'], [], 2);
    await run({ job_id: 'job-one' }, two.ports);
    expect([...two.owners.keys()]).toEqual(['a/1', 'a/2']);
    const gap = libraryInMemory(['a/1', 'a/2', 'a/3'], ['a/2'], 3);
    await run({ job_id: 'job-one' }, gap.ports);
    expect(ofJob(gap.stored).parts).toBeUndefined();
    expect(gap.owners.has('a/3')).toBe(false);
  });

  test('are shared between two parallel fetchers, each chapter once', async () => {
    const { ports, stored, owners } = libraryInMemory(['a/1', 'a/2', 'a/3', 'a/4'], [], 2);
    await Promise.all([run({ job_id: 'job-one' }, ports), run({ job_id: 'job-two' }, ports)]);
    const told = ['job-one', 'job-two'].flatMap((job) => {
      const chapter = stored.get(`jobs/${job}/chapter.json`) as Chapter;
      return (chapter.parts ?? [chapter]).map(({ chapter_id }) => [chapter_id, job]);
    });
    expect(told.sort()).toEqual([...owners].sort());
  });

  test('release a chapter if its pages show that it belongs to another series', async () => {
    const { ports, stored, owners, jobs } = libraryInMemory(['a/1', 'a/2', 'a/3'], [], 3);
    await run({ job_id: 'job-one' }, amiss(ports, 'a/2', 'other'));
    expect(ofJob(stored).pages).toHaveLength(2);
    expect([...owners.keys()]).toEqual(['a/1']);
    expect(jobs.get('job-one')?.chapter_ids).toEqual(['a/1']);
  });

  test('name no next chapter if they end early, also in a call that continues one that died', async () => {
    const { ports, stored, jobs } = libraryInMemory(['a/1', 'a/2', 'a/3', 'a/4'], [], 3);
    const early = amiss(ports, 'a/3');
    await expect(
      run({ job_id: 'job-one' }, { ...early, putChapter: () => Promise.reject(new Error('gone')) }),
    ).rejects.toThrow('gone');
    await run({ job_id: 'job-one' }, early);
    expect(ofJob(stored).parts).toHaveLength(2);
    expect([ofJob(stored).followed_by, jobs.get('job-one')?.followed_by]).toEqual([undefined, undefined]);
  });

  test("end before a chapter that can't be read, and leave it to a separate job, which names it", async () => {
    const { ports, stored, owners, lines } = libraryInMemory(['a/1', 'a/2', 'a/3', 'a/4'], [], 4);
    await run({ job_id: 'job-one' }, amiss(ports, 'a/3'));
    expect(ofJob(stored).parts?.map(({ chapter_id }) => chapter_id)).toEqual(['a/1', 'a/2']);
    expect([...owners]).toEqual([
      ['a/1', 'job-one'],
      ['a/2', 'job-one'],
    ]);
    const facts = { job_id: 'job-one', chapter_id: 'a/3', reason: 'a/3 is broken' };
    expect(lines).toEqual([{ level: 'WARN', event: 'video_ends_before_chapter', ...facts }]);
  });

  test("skip the first chapter if only that one can't be read", async () => {
    const { ports, owners, jobs } = libraryInMemory(['a/1', 'a/2', 'a/3'], [], 3);
    await expect(run({ job_id: 'job-one' }, amiss(ports, 'a/1'))).rejects.toMatchObject({
      name: 'ChapterUnreadable',
    });
    expect([...owners.keys()]).toEqual(['a/1']);
    expect(jobs.get('job-one')?.chapter_ids).toEqual(['a/1']);
  });

  test.each(['a/1', 'a/2'])(
    "keep none of the chapters behind one that can't be read, wherever the call dies: %s",
    async (broken) => {
      for (const diesAt of [0, 1, 2, 3]) {
        const { ports, owners, jobs } = libraryInMemory(['a/1', 'a/2', 'a/3', 'a/4'], [], 3);
        let left = diesAt;
        const change = () => {
          if (left-- === 0) throw new Error('gone');
        };
        const dying: FetcherPorts = {
          ...amiss(ports, broken),
          async updateJob(id, changes) {
            if (changes.chapter_ids?.length === 1) change();
            await ports.updateJob(id, changes);
          },
          async release(id, jobId) {
            change();
            await ports.release(id, jobId);
          },
        };
        const call = () => run({ job_id: 'job-one' }, dying).catch((error: Error) => error.message);
        if ((await call()) === 'gone') await call();
        expect([...owners.keys()]).toEqual(['a/1']);
        expect(jobs.get('job-one')?.chapter_ids).toEqual(['a/1']);
      }
    },
  );

  test.each(['002.jpg', '003.jpg', '006.jpg', 'chapter.json'])(
    'continue after a call that was killed at %s',
    async (at) => {
      const { ports, stored, read } = libraryInMemory(['a/1', 'a/2', 'a/3'], [], 3);
      const dying: FetcherPorts = {
        ...ports,
        putPage: (key, jpeg) =>
          key.endsWith(at) ? Promise.reject(new Error('gone')) : ports.putPage(key, jpeg),
        putChapter: (key, chapter) =>
          key.endsWith(at) ? Promise.reject(new Error('gone')) : ports.putChapter(key, chapter),
      };
      await expect(run({ job_id: 'job-one' }, dying)).rejects.toThrow('gone');
      await run({ job_id: 'job-one' }, ports);
      expect(ofJob(stored).pages.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
      expect(new Set(read).size).toBe(6);
      expect(read.length).toBe(at === 'chapter.json' ? 6 : 7);
    },
  );
});
