import { ConfigurationError } from '../../domain/errors.ts';
import type { ChapterSource, OpenChapter } from '../../providers/chapters/chapter-source.ts';
import { type FetcherPorts, run } from './fetcher.ts';
import { findWishes as findSeriesWishes } from './series-wishes.ts';
import { libraryInMemory } from './testing/library-in-memory.ts';

test('reads a chapter that does not say from which side as the settings of its series do', async () => {
  const { ports, stored } = libraryInMemory(['a/1', 'a/2']);
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
  const { ports, stored } = libraryInMemory(['a/1']);
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
    const made = libraryInMemory(['a/1']);
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
  const { ports, owners, jobs } = libraryInMemory(['a/1', 'a/2', 'b/1']);
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
