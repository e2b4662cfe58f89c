import type { Chapter } from '../../domain/chapter.ts';
import type { ChapterListing } from '../../providers/chapters/chapter-source.ts';
import { run } from './fetcher.ts';
import { libraryInMemory, listedWith } from './testing/library-in-memory.ts';

describe('the chapter that follows', () => {
  /** Returns what a job records of the chapter behind those that it takes; each chapter has the number of its name. */
  async function followerOf(
    chapterIds: string[],
    published: string[],
    listed: (id: string) => Partial<ChapterListing> = () => ({}),
    chaptersPerVideo = 1,
  ) {
    const { ports, stored, jobs } = libraryInMemory(chapterIds, published, chaptersPerVideo);
    const numbered = listedWith(ports, (id) => {
      const [, number = ''] = id.split('/');
      return { ...(/^\d+$/.test(number) && { number }), ...listed(id) };
    });
    await run({ job_id: 'job-one' }, numbered);
    const followed = () => (stored.get('jobs/job-one/chapter.json') as Chapter).followed_by;
    const first = followed();
    expect(jobs.get('job-one')?.followed_by).toEqual(first);
    stored.delete('jobs/job-one/chapter.json');
    await run({ job_id: 'job-one' }, numbered);
    expect(followed()).toEqual(first);
    return first;
  }

  test('is known by its number, also to a call that continues', async () => {
    expect(await followerOf(['a/1', 'a/2', 'a/3'], [])).toEqual({ number: '2' });
    expect(await followerOf(['a/1', 'a/2', 'a/3'], [], undefined, 2)).toEqual({ number: '3' });
  });

  test('is absent behind the last one of a series', async () => {
    expect(await followerOf(['a/1', 'a/2', 'b/1'], ['a/1'])).toBeUndefined();
  });

  test('has no number that counts if its name gives none, or it begins another season', async () => {
    expect(await followerOf(['a/1', 'a/extra'], [])).toEqual({ number: null });
    const division = (id: string) => ({ division: id === 'a/1' ? 'Mùa 1' : 'Mùa 2' });
    expect(await followerOf(['a/1', 'a/2'], [], division)).toEqual({ number: null });
  });

  test('is not another version of the same chapter', async () => {
    const versions = (id: string) =>
      id === 'a/2' ? {} : { versions: ['a/1', 'a/1 [Chó]'].filter((other) => other !== id) };
    expect(await followerOf(['a/1', 'a/1 [Chó]', 'a/2'], [], versions)).toEqual({ number: '2' });
  });
});
