import type { TakenChapter } from '../../aws/chapter-ledger.ts';
import type { Chapter, ChapterMetadata } from '../../domain/chapter.ts';
import { ChapterUnreadable, ConfigurationError, ExecutionStopped } from '../../domain/errors.ts';
import type { LogLine } from '../../domain/log.ts';
import type { ChapterListing, ChapterSource, OpenChapter } from '../../providers/chapters/chapter-source.ts';
import { type FetcherPorts, run } from './fetcher.ts';
import { findWishes as findSeriesWishes } from './series-wishes.ts';
import { memoryPorts, memoryStore } from './testing/memory-ports.ts';

const metadataOf = (chapter_id: string): ChapterMetadata => ({
  chapter_id,
  manga_id: 'sample',
  manga_title: 'Sample Manga',
  number: '1',
  title: null,
  summary: null,
  language: 'vi',
  reading_direction: 'rtl',
  credits: [],
  licence: null,
  source: { name: 'library', url: null },
});

/** A chapter that has an owner, in this file: another job has published it. */
const stateOf = (owner: string): Pick<TakenChapter, 'status' | 'isOut'> =>
  owner === 'failed' ? { status: 'failed', isOut: false } : { status: 'published', isOut: true };

/** A library of chapters with two pages each, and tables that persist between calls. */
function fixture(chapterIds: string[], published: string[] = [], chaptersPerVideo = 1) {
  const owners = new Map(published.map((id) => [id, 'published']));
  const store = memoryStore();
  const read: string[] = [];
  const released: string[] = [];
  const claims: string[] = [];
  const lines: LogLine[] = [];
  let made = 0;
  const source: ChapterSource = {
    name: 'library',
    async *list() {
      for (const chapter_id of chapterIds) yield { chapter_id, series: chapter_id.split('/')[0] ?? '' };
    },
    withChapter: (id, use) =>
      use({
        metadata: metadataOf(id),
        pageCount: 2,
        async *pages(from = 1) {
          for (const page of ['1', '2'].slice(from - 1)) {
            read.push(`${id}/${page}`);
            yield { name: `${id}/${page}.png`, image: Buffer.from(page) };
          }
        },
      }),
  };
  const ports: FetcherPorts = {
    ...memoryPorts(source, store),
    newJobId: () => `job-made-${++made}`,
    log: (line) => void lines.push(line),
    slotDays: async () => new Map([['main', '2026-02-06']]),
    releaseSlots: async (id, except) => {
      if (except === undefined) released.push(id);
    },
    chaptersPerVideo,
    release: async (chapterId) => {
      owners.delete(chapterId);
    },
    taken: async (jobId) =>
      new Map(
        [...owners]
          .filter(([, owner]) => owner !== jobId)
          .map(([id, owner]) => [id, { file: undefined, ...stateOf(owner) }]),
      ),
    claim: async (chapterId, jobId) => {
      claims.push(chapterId);
      const owner = owners.get(chapterId) ?? jobId;
      if (owner === jobId) owners.set(chapterId, jobId);
      return owner === jobId;
    },
    readyPages: async function* (source) {
      for await (const { image } of source) yield { jpeg: image, width: 1200, height: 1700, files: 1 };
    },
    findPage: async (key) => (store.stored.has(key) ? { width: 1200, height: 1700 } : undefined),
  };
  return { ...store, owners, read, released, claims, lines, ports };
}

test('claims the next unpublished chapter and stores its pages', async () => {
  const { ports, stored, jobs } = fixture(['a/1', 'a/2'], ['a/1']);
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
  const { ports, claims } = fixture(['a/1', 'a/2', 'a/3', 'a/4'], ['a/1', 'a/2', 'a/3']);
  await run({}, ports);
  expect(claims).toEqual(['a/4']);
});

test('reports when no chapter is left', async () => {
  expect(await run({}, fixture(['a/1'], ['a/1']).ports)).toEqual({ status: 'no_manga_available' });
  expect(await run({}, fixture([]).ports)).toEqual({ status: 'no_manga_available' });
});

test('counts a job toward the day whose slot it holds', async () => {
  const { ports, jobs } = fixture(['a/1']);
  await run({ job_id: 'job-one' }, ports);
  await run({ job_id: 'job-one' }, { ...ports, slotDays: async () => new Map([['main', '2026-02-07']]) });
  expect(jobs.get('job-one')?.counted_on).toBe('2026-02-06');
});

test('returns the slot when no chapter is left', async () => {
  const { ports, released } = fixture([]);
  await run({ job_id: 'job-one' }, ports);
  expect(released).toEqual(['job-one']);
});

test('two fetchers never claim the same chapter', async () => {
  const { ports, jobs } = fixture(['a/1', 'b/1']);
  await Promise.all([run({ job_id: 'job-one' }, ports), run({ job_id: 'job-two' }, ports)]);
  expect([jobs.get('job-one')?.chapter_id, jobs.get('job-two')?.chapter_id].sort()).toEqual(['a/1', 'b/1']);
});

test('with the strict order the later chapters of a series wait for one that failed', async () => {
  const all = ['a/1', 'a/2', 'a/3', 'b/1'];
  const { ports: unordered, owners, jobs, lines } = fixture(all, ['a/1']);
  const ports: FetcherPorts = { ...unordered, seriesOrder: 'strict' };
  owners.set('a/2', 'failed');
  await run({ job_id: 'job-one' }, ports);
  expect(jobs.get('job-one')?.chapter_id).toBe('b/1');
  const waits = { event: 'series_waits_for_chapter', series: 'a', chapter_id: 'a/2' };
  expect(lines.filter(({ event }) => event === waits.event)).toEqual([expect.objectContaining(waits)]);
  // It is published meanwhile.
  owners.set('a/2', 'job-other');
  await run({ job_id: 'job-two' }, ports);
  expect(jobs.get('job-two')?.chapter_id).toBe('a/3');
});

test('the later chapters of a series are made without one that failed', async () => {
  const { ports, owners, jobs } = fixture(['a/1', 'a/2', 'b/1']);
  owners.set('a/1', 'failed');
  await run({ job_id: 'job-one' }, ports);
  expect(jobs.get('job-one')?.chapter_id).toBe('a/2');
});

test('makes a chapter from one of its versions only, also within a video', async () => {
  const { ports, jobs, lines } = fixture(['a/1 [Mèo]', 'a/1 [Chó]', 'a/2'], [], 2);
  const versions: Record<string, string[]> = { 'a/1 [Mèo]': ['a/1 [Chó]'], 'a/1 [Chó]': ['a/1 [Mèo]'] };
  const { source } = ports;
  const twice: FetcherPorts = {
    ...ports,
    source: {
      ...source,
      async *list() {
        for await (const one of source.list()) yield { ...one, versions: versions[one.chapter_id] ?? [] };
      },
    },
  };
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
  const { ports, owners, jobs } = fixture(['a/1 [Mèo]', 'a/1 [Chó]', 'a/2']);
  owners.set('a/1 [Mèo]', 'failed');
  const { source } = ports;
  const twice: FetcherPorts = {
    ...ports,
    seriesOrder: 'strict',
    source: {
      ...source,
      async *list() {
        for await (const one of source.list())
          yield one.chapter_id === 'a/2'
            ? one
            : { ...one, versions: ['a/1 [Mèo]', 'a/1 [Chó]'].filter((id) => id !== one.chapter_id) };
      },
    },
  };
  await run({ job_id: 'job-one' }, twice);
  expect(jobs.get('job-one')?.chapter_id).toBe('a/1 [Chó]');
  await run({ job_id: 'job-two' }, twice);
  expect(jobs.get('job-two')?.chapter_id).toBe('a/2');
});

const otherVersions: Record<string, string[]> = {
  'a/1 [Mèo]': ['a/1 [Chó]'],
  'a/1 [Chó]': ['a/1 [Mèo]'],
};
/** A library whose first chapter has two versions, of which the first one is in the state, and what a job then makes. */
async function madeBeside(status: TakenChapter['status']): Promise<string | undefined> {
  const { ports, jobs } = fixture(['a/1 [Mèo]', 'a/1 [Chó]', 'a/2', 'b/1']);
  const { source } = ports;
  await run(
    { job_id: 'job-one' },
    {
      ...ports,
      seriesOrder: 'strict',
      taken: async () => new Map([['a/1 [Mèo]', { file: undefined, status, isOut: status === 'published' }]]),
      source: {
        ...source,
        async *list() {
          for await (const one of source.list())
            yield { ...one, versions: otherVersions[one.chapter_id] ?? [] };
        },
      },
    },
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

test('the later chapters wait for one that is known by another id, since a file of its name was added', async () => {
  const { ports, jobs } = fixture(['a/1.cbz', 'a/2', 'b/1']);
  const { source } = ports;
  await run(
    { job_id: 'job-one' },
    {
      ...ports,
      seriesOrder: 'strict',
      taken: async () => new Map([['a/1', { file: 'a/1.cbz', ...stateOf('failed') }]]),
      source: {
        ...source,
        async *list() {
          for await (const one of source.list()) yield { ...one, file: one.chapter_id };
        },
      },
    },
  );
  expect(jobs.get('job-one')?.chapter_id).toBe('b/1');
});

test('no chapter waits for one that later chapters have overtaken, as when the order was free', async () => {
  const { ports, owners, jobs } = fixture(['a/1', 'a/2', 'a/3', 'a/4', 'a/5'], ['a/2']);
  owners.set('a/1', 'failed');
  await run({ job_id: 'job-one' }, { ...ports, seriesOrder: 'strict' });
  expect(jobs.get('job-one')?.chapter_id).toBe('a/3');
  owners.set('a/4', 'failed');
  expect(await run({ job_id: 'job-two' }, { ...ports, seriesOrder: 'strict' })).toEqual({
    status: 'no_manga_available',
  });
});

describe('a chapter that is added when a later one of its series is out', () => {
  const overtakenBy = async (
    chapterIds: string[],
    published: string[],
    { withoutPlace = [], ...over }: Partial<FetcherPorts> & { withoutPlace?: string[] } = {},
  ) => {
    const made = fixture(chapterIds, published);
    const { source } = made.ports;
    const ports: FetcherPorts = {
      ...{ ...made.ports, seriesOrder: 'strict', ...over },
      source: {
        ...source,
        async *list() {
          for await (const one of source.list())
            yield { ...one, ...(!withoutPlace.includes(one.chapter_id) && { hasPlace: true as const }) };
        },
      },
    };
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

describe('the chapter that follows', () => {
  /** Facts about the chapter behind those that a job takes; each chapter has the number of its name. */
  async function followerOf(
    chapterIds: string[],
    published: string[],
    listed: (id: string) => Partial<ChapterListing> = () => ({}),
    chaptersPerVideo = 1,
  ) {
    const { ports, stored, jobs } = fixture(chapterIds, published, chaptersPerVideo);
    const { source } = ports;
    const numbered: FetcherPorts = {
      ...ports,
      source: {
        ...source,
        async *list() {
          for await (const one of source.list()) {
            const [, number = ''] = one.chapter_id.split('/');
            yield { ...one, ...(/^\d+$/.test(number) && { number }), ...listed(one.chapter_id) };
          }
        },
      },
    };
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

test('passes over a series that another job works on, and asks for it once', async () => {
  const { ports, jobs, lines } = fixture(['a/1', 'a/2', 'b/1']);
  const asked: string[] = [];
  const takeSeries = async (series: string) => asked.push(series) > 0 && series !== 'a';
  await run({ job_id: 'job-one' }, { ...ports, takeSeries });
  expect(jobs.get('job-one')?.chapter_id).toBe('b/1');
  expect(asked).toEqual(['a', 'b']);
  expect(lines).toContainEqual(expect.objectContaining({ event: 'series_is_at_work', series: 'a' }));
});

test('returns a series whose chapters other jobs have claimed meanwhile', async () => {
  const { ports } = fixture(['a/1', 'a/2', 'b/1']);
  const returned: string[] = [];
  const late: FetcherPorts = {
    ...ports,
    claim: async (id) => id === 'b/1',
    releaseSeries: async (series) => void returned.push(series),
  };
  await run({ job_id: 'job-one' }, late);
  expect(returned).toEqual(['a', 'a']);
  await run({ job_id: 'job-two' }, { ...late, seriesOrder: 'strict' });
  expect(returned).toEqual(['a', 'a', 'a']);
});

test('continues with the same chapter after a call that died after the claim', async () => {
  const { ports, owners } = fixture(['a/1', 'a/2']);
  const dying = { ...ports, putPage: () => Promise.reject(new Error('gone')) };
  await expect(run({ job_id: 'job-one' }, dying)).rejects.toThrow('gone');
  await run({ job_id: 'job-one' }, ports);
  expect([...owners]).toEqual([['a/1', 'job-one']]);
});

test('continues with the missing page after a call that died between pages', async () => {
  const { ports, stored, read } = fixture(['a/1']);
  const dying = {
    ...ports,
    putPage: (key: string, jpeg: Uint8Array) =>
      key.endsWith('002.jpg') ? Promise.reject(new Error('gone')) : ports.putPage(key, jpeg),
  };
  await expect(run({ job_id: 'job-one' }, dying)).rejects.toThrow('gone');
  await run({ job_id: 'job-one' }, ports);
  expect(read).toEqual(['a/1/1', 'a/1/2', 'a/1/2']);
  expect(stored.get('jobs/job-one/chapter.json')).toMatchObject({
    pages: [{ number: 1, width: 1200 }, { number: 2 }],
  });
});

test('a job that lost its chapter does not claim another one, whose pages would mix with the stored ones', async () => {
  const { ports, owners } = fixture(['a/1', 'a/2']);
  const dying = { ...ports, putChapter: () => Promise.reject(new Error('gone')) };
  await expect(run({ job_id: 'job-one' }, dying)).rejects.toThrow('gone');
  owners.set('a/1', 'job-two');
  await expect(run({ job_id: 'job-one' }, ports)).rejects.toMatchObject({ name: 'ChapterUnreadable' });
  expect(owners.has('a/2')).toBe(false);
});

test('claims the same chapter again after a call that died before the claim was recorded', async () => {
  const { ports, owners } = fixture(['a/1', 'a/2']);
  const dying = { ...ports, updateJob: () => Promise.reject(new Error('gone')) };
  await expect(run({ job_id: 'job-one' }, dying)).rejects.toThrow('gone');
  await run({ job_id: 'job-one' }, ports);
  expect([...owners]).toEqual([['a/1', 'job-one']]);
});

test('a call that still runs when its job is stopped returns the chapter that it claimed', async () => {
  const { ports } = fixture(['a/1']);
  const released: string[] = [];
  const stopped: FetcherPorts = {
    ...ports,
    updateJob: () => Promise.reject(new ExecutionStopped('stopped')),
    release: async (id) => released.push(id),
  };
  await expect(run({ job_id: 'job-late' }, stopped)).rejects.toThrow('stopped');
  expect(released).toEqual(['a/1']);
});

test('does not read a stored chapter again', async () => {
  const { ports } = fixture(['a/1']);
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
  const { ports, stored } = fixture(['a/1']);
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

test('reads a chapter that does not say from which side as the settings of its series do', async () => {
  const { ports, stored } = fixture(['a/1', 'a/2']);
  const { source } = ports;
  const unstated: FetcherPorts = {
    ...ports,
    source: {
      ...source,
      withChapter: (id, use) =>
        source.withChapter(id, (chapter) =>
          use({ ...chapter, metadata: { ...chapter.metadata, reading_direction: 'unknown' } }),
        ),
    },
    wishesOf: async ({ manga_id }) => ({
      ...{ channel: 'main', order: 'free' },
      shorts: false,
      direction: manga_id === 'sample' ? 'rtl' : 'unknown',
    }),
  };
  await run({ job_id: 'job-one' }, unstated);
  expect(stored.get('jobs/job-one/chapter.json')).toMatchObject({ reading_direction: 'rtl' });
  const tall: FetcherPorts['readyPages'] = async function* (pages) {
    for await (const { image } of pages) yield { jpeg: image, width: 400, height: 4000, files: 1 };
  };
  await run({ job_id: 'job-two' }, { ...unstated, readyPages: tall });
  expect(stored.get('jobs/job-two/chapter.json')).toMatchObject({ reading_direction: 'unknown' });
});

test('fails a chapter whose series has settings that cannot be used, before a page is stored', async () => {
  const { ports, stored } = fixture(['a/1']);
  const checked: string[] = [];
  const failing: FetcherPorts = {
    ...ports,
    wishesOf({ manga_id }) {
      checked.push(manga_id);
      return Promise.reject(new ConfigurationError('musik: unknown setting'));
    },
  };
  await expect(run({ job_id: 'job-one' }, failing)).rejects.toThrow('musik: unknown setting');
  expect(checked).toHaveLength(1);
  expect([...stored.keys()]).toEqual([]);
});

describe('settings beside the chapters', () => {
  const beside = { file: 'a/manga-pipeline.json', settings: { channel: 'ma' } };
  const withSettings = (readSettings: OpenChapter['readSettings']) => {
    const made = fixture(['a/1']);
    const { source } = made.ports;
    const withChapter: ChapterSource['withChapter'] = (id, use) =>
      source.withChapter(id, (open) => use({ ...open, ...(readSettings && { readSettings }) }));
    return { ...made, ports: { ...made.ports, source: { ...source, withChapter } } };
  };

  test('are kept with the chapter, so that all steps of the job have the same ones', async () => {
    const { ports, stored } = withSettings(async () => beside);
    const asked: unknown[] = [];
    const wishesOf: FetcherPorts['wishesOf'] = (series) => {
      asked.push(series);
      return ports.wishesOf(series);
    };
    await run({ job_id: 'job-one' }, { ...ports, wishesOf });
    expect(asked).toEqual([{ manga_id: 'sample', settings_beside: beside }]);
    expect(stored.get('jobs/job-one/chapter.json')).toMatchObject({ settings_beside: beside });
  });

  test('that cannot be read fail the chapter by the name of the file, before a page is stored', async () => {
    const { ports, stored } = withSettings(() => Promise.reject(new ConfigurationError('a/x is not JSON')));
    await expect(run({ job_id: 'job-one' }, ports)).rejects.toThrow('a/x is not JSON');
    expect([...stored.keys()]).toEqual([]);
  });
});

test('a series whose settings cannot be used fails once in a run, and the day continues with the others', async () => {
  const { ports, owners, jobs } = fixture(['a/1', 'a/2', 'b/1']);
  const findWishes: FetcherPorts['findWishes'] = (listing) =>
    findSeriesWishes(listing, {
      source: ports.source,
      findSeriesId: async (series) => series,
      putSeriesId: async () => undefined,
      wishesOf: () => Promise.reject(new ConfigurationError('the channel x is not one')),
    });
  owners.set('a/1', 'failed');
  await run({ job_id: 'job-one' }, { ...ports, findWishes });
  expect(jobs.get('job-one')?.chapter_id).toBe('b/1');
});

describe('a strip in two files that makes three pages', () => {
  const stripWorld = () => {
    const made = fixture(['a/1']);
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
    const { ports, stored, jobs, owners } = fixture(['a/1', 'a/2', 'a/3', 'b/1'], [], 5);
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
    const { ports, owners } = fixture(['a/1', 'a/2', 'a/3'], [], 5);
    const source: ChapterSource = {
      ...ports.source,
      async *list() {
        for await (const listing of ports.source.list())
          yield { ...listing, division: listing.chapter_id === 'a/3' ? 'Mùa 2' : 'Mùa 1' };
      },
    };
    await run({ job_id: 'job-one' }, { ...ports, source });
    expect([...owners.keys()]).toEqual(['a/1', 'a/2']);
  });

  test('do not exceed the setting, and end before a published one', async () => {
    const two = fixture(['a/1', 'a/2', 'a/3'], [], 2);
    await run({ job_id: 'job-one' }, two.ports);
    expect([...two.owners.keys()]).toEqual(['a/1', 'a/2']);
    const gap = fixture(['a/1', 'a/2', 'a/3'], ['a/2'], 3);
    await run({ job_id: 'job-one' }, gap.ports);
    expect(ofJob(gap.stored).parts).toBeUndefined();
    expect(gap.owners.has('a/3')).toBe(false);
  });

  test('are shared between two parallel fetchers, each chapter once', async () => {
    const { ports, stored, owners } = fixture(['a/1', 'a/2', 'a/3', 'a/4'], [], 2);
    await Promise.all([run({ job_id: 'job-one' }, ports), run({ job_id: 'job-two' }, ports)]);
    const told = ['job-one', 'job-two'].flatMap((job) => {
      const chapter = stored.get(`jobs/${job}/chapter.json`) as Chapter;
      return (chapter.parts ?? [chapter]).map(({ chapter_id }) => [chapter_id, job]);
    });
    expect(told.sort()).toEqual([...owners].sort());
  });

  test('release a chapter if its pages show that it belongs to another series', async () => {
    const { ports, stored, owners, jobs } = fixture(['a/1', 'a/2', 'a/3'], [], 3);
    await run({ job_id: 'job-one' }, amiss(ports, 'a/2', 'other'));
    expect(ofJob(stored).pages).toHaveLength(2);
    expect([...owners.keys()]).toEqual(['a/1']);
    expect(jobs.get('job-one')?.chapter_ids).toEqual(['a/1']);
  });

  test('name no next chapter if they end early, also in a call that continues one that died', async () => {
    const { ports, stored, jobs } = fixture(['a/1', 'a/2', 'a/3', 'a/4'], [], 3);
    const early = amiss(ports, 'a/3');
    await expect(
      run({ job_id: 'job-one' }, { ...early, putChapter: () => Promise.reject(new Error('gone')) }),
    ).rejects.toThrow('gone');
    await run({ job_id: 'job-one' }, early);
    expect(ofJob(stored).parts).toHaveLength(2);
    expect([ofJob(stored).followed_by, jobs.get('job-one')?.followed_by]).toEqual([undefined, undefined]);
  });

  test("end before a chapter that can't be read, and leave it to a separate job, which names it", async () => {
    const { ports, stored, owners, lines } = fixture(['a/1', 'a/2', 'a/3', 'a/4'], [], 4);
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
    const { ports, owners, jobs } = fixture(['a/1', 'a/2', 'a/3'], [], 3);
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
        const { ports, owners, jobs } = fixture(['a/1', 'a/2', 'a/3', 'a/4'], [], 3);
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
      const { ports, stored, read } = fixture(['a/1', 'a/2', 'a/3'], [], 3);
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

describe('a stage with several channels', () => {
  const wishes = (channel: string, order: 'free' | 'strict' = 'free') => ({
    ...{ channel, order, shorts: channel === 'ma' },
    direction: 'rtl' as const,
  });
  /** Series `a` is for the channel `ma`, others are for the first one. */
  function several(chapterIds: string[], slots: [string, string][]) {
    const made = fixture(chapterIds);
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

test('the order is strict for the series that wants it, and only for that', async () => {
  const { ports, owners, jobs } = fixture(['a/1', 'a/2', 'b/1', 'b/2']);
  owners.set('a/1', 'failed').set('b/1', 'failed');
  const findWishes: FetcherPorts['findWishes'] = async ({ series }) => ({
    ...{ channel: 'main', shorts: false, direction: 'rtl', order: series === 'a' ? 'strict' : 'free' },
  });
  await run({ job_id: 'job-one' }, { ...ports, findWishes });
  expect(jobs.get('job-one')?.chapter_id).toBe('b/2');
  expect(await run({ job_id: 'job-two' }, { ...ports, findWishes, seriesOrder: 'strict' })).toEqual({
    status: 'no_manga_available',
  });
});
