import type { Chapter } from '../../domain/chapter.ts';
import { ChapterUnreadable } from '../../domain/errors.ts';
import { type FetcherPorts, run } from './fetcher.ts';
import { libraryInMemory } from './testing/library-in-memory.ts';

test('claims the next unpublished chapter and stores its pages', async () => {
  const { ports, stored, jobs } = libraryInMemory(['a/1', 'a/2'], ['a/1']);
  expect(await run({}, ports)).toEqual({
    status: 'success',
    job_id: 'job-made-1',
    manga_id: 'sample',
    manga_title: 'Sample Manga',
  });
  expect([...stored.keys()]).toEqual([
    'jobs/job-made-1/pages/001.jpg',
    'jobs/job-made-1/pages/002.jpg',
    'jobs/job-made-1/chapter.json',
  ]);
  expect(jobs.get('job-made-1')).toMatchObject({ chapter_id: 'a/2', status: 'fetching', page_count: 2 });
});

test('does not try to claim a chapter that is known to be taken', async () => {
  const { ports, claims } = libraryInMemory(['a/1', 'a/2', 'a/3', 'a/4'], ['a/1', 'a/2', 'a/3']);
  await run({}, ports);
  expect(claims).toEqual(['a/4']);
});

test('reports when no chapter is left', async () => {
  expect(await run({}, libraryInMemory(['a/1'], ['a/1']).ports)).toEqual({ status: 'no_manga_available' });
  expect(await run({}, libraryInMemory([]).ports)).toEqual({ status: 'no_manga_available' });
});

test('counts a job toward the day whose slot it holds', async () => {
  const { ports, jobs } = libraryInMemory(['a/1']);
  await run({ job_id: 'job-one' }, ports);
  await run({ job_id: 'job-one' }, { ...ports, slotDays: async () => new Map([['main', '2026-02-07']]) });
  expect(jobs.get('job-one')?.counted_on).toBe('2026-02-06');
});

test('returns the slot when no chapter is left', async () => {
  const { ports, released } = libraryInMemory([]);
  await run({ job_id: 'job-one' }, ports);
  expect(released).toEqual(['job-one']);
});

test('two fetchers never claim the same chapter', async () => {
  const { ports, jobs } = libraryInMemory(['a/1', 'b/1']);
  await Promise.all([run({ job_id: 'job-one' }, ports), run({ job_id: 'job-two' }, ports)]);
  expect([jobs.get('job-one')?.chapter_id, jobs.get('job-two')?.chapter_id].sort()).toEqual(['a/1', 'b/1']);
});

test('does not read a stored chapter again', async () => {
  const { ports } = libraryInMemory(['a/1']);
  await run({ job_id: 'job-one' }, ports);
  const untouched = {
    ...ports,
    source: { ...ports.source, withChapter: () => Promise.reject(new Error('read again')) },
  };
  expect(await run({ job_id: 'job-one' }, untouched)).toMatchObject({
    status: 'success',
    manga_id: 'sample',
  });
});

test('fails a chapter with an invalid image by name, and writes no chapter.json', async () => {
  const { ports, stored } = libraryInMemory(['a/1']);
  const failing: FetcherPorts = {
    ...ports,
    readyPages: async function* (source) {
      for await (const { name } of source) throw new ChapterUnreadable(`${name} is not a readable image`);
      yield* [];
    },
  };
  await expect(run({ job_id: 'job-one' }, failing)).rejects.toThrow('a/1/1.png is not a readable image');
  expect(stored.has('jobs/job-one/chapter.json')).toBe(false);
});

describe('a strip in two files that makes three pages', () => {
  const stripWorld = () => {
    const made = libraryInMemory(['a/1']);
    const ports: FetcherPorts = {
      ...made.ports,
      readyPages: async function* (source) {
        const names = (await Array.fromAsync(source)).map(({ name }) => name);
        for (const files of [1, 1, 0])
          yield { jpeg: Buffer.from(names.join()), width: 100, height: 800, files };
      },
      findPage: async (key) => (made.stored.has(key) ? { width: 100, height: 800 } : undefined),
    };
    return { ...made, ports };
  };

  test('is stored with the number of files that begin on each page', async () => {
    const { ports, stored, jobs } = stripWorld();
    await run({ job_id: 'job-one' }, ports);
    const { pages } = stored.get('jobs/job-one/chapter.json') as Chapter;
    expect(pages.map(({ number, files = 1 }) => [number, files])).toEqual([
      [1, 1],
      [2, 1],
      [3, 0],
    ]);
    expect(jobs.get('job-one')?.page_count).toBe(3);
  });

  test('is joined from its first file again when a call continues after some of its pages', async () => {
    const { ports, stored } = stripWorld();
    const dying: FetcherPorts = {
      ...ports,
      putPage: (key, jpeg) =>
        key.endsWith('003.jpg') ? Promise.reject(new Error('gone')) : ports.putPage(key, jpeg),
    };
    await expect(run({ job_id: 'job-one' }, dying)).rejects.toThrow('gone');
    await run({ job_id: 'job-one' }, ports);
    expect(String(stored.get('jobs/job-one/pages/003.jpg'))).toBe('a/1/1.png,a/1/2.png');
    expect((stored.get('jobs/job-one/chapter.json') as Chapter).pages).toHaveLength(3);
  });
});
