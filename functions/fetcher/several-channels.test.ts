import { type FetcherPorts, run } from './fetcher.ts';
import { libraryInMemory } from './testing/library-in-memory.ts';

describe('a stage with several channels', () => {
  const wishes = (channel: string, order: 'free' | 'strict' = 'free') => ({
    ...{ channel, order, shorts: channel === 'ma' },
    direction: 'rtl' as const,
  });
  /** Series `a` is for the channel `ma`, others are for the first one. */
  function several(chapterIds: string[], slots: [string, string][]) {
    const made = libraryInMemory(chapterIds);
    const returned: [string, string | undefined][] = [];
    const ports: FetcherPorts = {
      ...made.ports,
      severalChannels: true,
      slotDays: async () => new Map(slots),
      releaseSlots: async (id, except) => void returned.push([id, except]),
      findWishes: async ({ series }) => wishes(series === 'a' ? 'ma' : 'main'),
      wishesOf: async () => wishes('ma'),
    };
    return { ...made, ports, returned };
  }

  test('takes a chapter of a channel with room, and returns the slots of the others', async () => {
    const { ports, jobs, stored, returned } = several(
      ['b/1', 'a/1'],
      [
        ['main', '2026-02-06'],
        ['ma', '2026-02-07'],
      ],
    );
    await run({ job_id: 'job-one' }, { ...ports, claim: async (id) => id === 'a/1' });
    expect(jobs.get('job-one')).toMatchObject({
      ...{ chapter_id: 'a/1', channel: 'ma', counted_on: '2026-02-07', shorts: true },
    });
    expect(stored.get('jobs/job-one/chapter.json')).toMatchObject({ channel: 'ma' });
    expect(returned).toEqual([['job-one', 'ma']]);
  });

  test('records the shapes of the videos of a series that chooses them', async () => {
    const { ports, jobs } = several(['a/1'], [['ma', '2026-02-07']]);
    await run(
      { job_id: 'job-one' },
      { ...ports, wishesOf: async () => ({ ...wishes('ma'), videoFormat: 'both' as const }) },
    );
    expect(jobs.get('job-one')).toMatchObject({ video_format: 'both' });
  });

  test('passes over the series of a channel without room, and says so once', async () => {
    const { ports, jobs, lines, returned } = several(['a/1', 'a/2', 'b/1'], [['main', '2026-02-07']]);
    await run({ job_id: 'job-one' }, { ...ports, wishesOf: async () => wishes('main') });
    expect(jobs.get('job-one')).toMatchObject({ chapter_id: 'b/1' });
    expect(jobs.get('job-one')).not.toHaveProperty('channel');
    expect(lines.filter(({ event }) => event === 'series_waits_for_channel')).toEqual([
      expect.objectContaining({ series: 'a', channel: 'ma' }),
    ]);
    expect(await run({ job_id: 'job-two' }, { ...ports, claim: async () => false })).toEqual({
      status: 'no_manga_available',
    });
    expect(returned.at(-1)).toEqual(['job-two', undefined]);
  });

  test('a job keeps its channel when its series gets another one while it is at work', async () => {
    const { ports, jobs, stored } = several(['a/1'], [['ma', '2026-02-07']]);
    const dying = { ...ports, putPage: () => Promise.reject(new Error('gone')) };
    await expect(run({ job_id: 'job-one' }, dying)).rejects.toThrow('gone');
    await run({ job_id: 'job-one' }, { ...ports, wishesOf: async () => wishes('main') });
    expect(jobs.get('job-one')).toMatchObject({ channel: 'ma' });
    expect(stored.get('jobs/job-one/chapter.json')).toMatchObject({ channel: 'ma' });
  });

  test('fails a chapter that turns out to be for a channel without room, before a page is stored', async () => {
    const { ports, stored } = several(['b/1'], [['main', '2026-02-07']]);
    await expect(run({ job_id: 'job-one' }, ports)).rejects.toThrow(
      'The chapter is for the channel ma, and job-one has a slot of main only',
    );
    expect([...stored.keys()]).toEqual([]);
  });

  test('a job that was started by hand, without a slot, takes a chapter of any channel', async () => {
    const { ports, jobs } = several(['a/1'], []);
    await run({ job_id: 'job-one' }, ports);
    expect(jobs.get('job-one')).toMatchObject({ chapter_id: 'a/1', channel: 'ma' });
  });
});
