import type { Chapter } from '../../domain/chapter.ts';
import { type FetcherPorts, run } from './fetcher.ts';
import { libraryInMemory, listedWith } from './testing/library-in-memory.ts';

describe('a chapter that is added when a later one of its series is out', () => {
  const overtakenBy = async (
    chapterIds: string[],
    published: string[],
    { withoutPlace = [], ...over }: Partial<FetcherPorts> & { withoutPlace?: string[] } = {},
  ) => {
    const made = libraryInMemory(chapterIds, published);
    const ports = listedWith({ ...made.ports, seriesOrder: 'strict', ...over }, (id) =>
      withoutPlace.includes(id) ? {} : { hasPlace: true },
    );
    await run({ job_id: 'job-one' }, ports);
    const chapter = made.stored.get('jobs/job-one/chapter.json') as Chapter;
    return { ...made, ports, chapter };
  };

  test('is marked with it, also by a call that continues after another one died', async () => {
    const { chapter, jobs, stored, ports } = await overtakenBy(['a/1', 'a/3', 'a/4', 'a/5'], ['a/4', 'a/5']);
    expect(chapter).toMatchObject({ chapter_id: 'a/1', overtaken_by: 'a/4' });
    expect(jobs.get('job-one')).toMatchObject({ overtaken_by: 'a/4' });
    stored.delete('jobs/job-one/chapter.json');
    await run({ job_id: 'job-one' }, ports);
    expect(stored.get('jobs/job-one/chapter.json')).toEqual(chapter);
  });

  test('is marked with a later one that a person can still approve', async () => {
    const { chapter } = await overtakenBy(['a/1', 'a/2'], [], {
      taken: async () => new Map([['a/2', { file: undefined, status: 'held', isOut: false }]]),
    });
    expect(chapter).toMatchObject({ chapter_id: 'a/1', overtaken_by: 'a/2' });
  });

  test('is a chapter as any other if only earlier ones or those of another series are out', async () => {
    const { chapter } = await overtakenBy(['a/1', 'a/2', 'b/1'], ['a/1', 'b/1']);
    expect(chapter).toMatchObject({ chapter_id: 'a/2' });
    expect(chapter).not.toHaveProperty('overtaken_by');
  });

  test('is a chapter as any other in a series whose order is free', async () => {
    const { chapter } = await overtakenBy(['a/1', 'a/2'], ['a/2'], { seriesOrder: 'free' });
    expect(chapter).not.toHaveProperty('overtaken_by');
  });

  test('is a chapter as any other if its name does not say where it belongs, or that of the other one', async () => {
    const all: [string[], string[]] = [['a/1', 'a/extra'], ['a/extra']];
    expect((await overtakenBy(...all, { withoutPlace: ['a/extra'] })).chapter).not.toHaveProperty(
      'overtaken_by',
    );
    expect((await overtakenBy(...all, { withoutPlace: ['a/1'] })).chapter).not.toHaveProperty('overtaken_by');
  });

  test('is waited for by those that are late too, and not by those behind the one that is out', async () => {
    const { ports, owners, jobs, lines } = await overtakenBy(['a/1', 'a/2', 'a/3', 'a/4'], ['a/3']);
    owners.set('a/1', 'failed');
    await run({ job_id: 'job-two' }, ports);
    expect(jobs.get('job-two')?.chapter_id).toBe('a/4');
    expect(lines).toContainEqual(
      expect.objectContaining({ event: 'series_waits_for_chapter', chapter_id: 'a/1' }),
    );
  });

  test('shares its video with the chapters before the one that is out', async () => {
    const { chapter } = await overtakenBy(['a/1', 'a/2', 'a/3'], ['a/3'], { chaptersPerVideo: 3 });
    expect(chapter.parts?.map(({ chapter_id }) => chapter_id)).toEqual(['a/1', 'a/2']);
    expect(chapter).toMatchObject({ overtaken_by: 'a/3' });
  });
});
