import {
  ArtifactInvalid,
  ChapterUnreadable,
  ConfigurationError,
  SourceUnavailable,
} from '../../domain/errors.ts';
import type { OpenChapter } from '../../providers/chapters/chapter-source.ts';
import type { SeriesWishes } from './claiming.ts';
import { findWishes, type SeriesWishesPorts } from './series-wishes.ts';

function source(error?: Error) {
  const known = new Map<string, string>();
  const opened: string[] = [];
  const ports: SeriesWishesPorts = {
    source: {
      async withChapter(id, use) {
        opened.push(id);
        if (error) throw error;
        return use({ metadata: { manga_id: 'ke-trom-o' } } as OpenChapter);
      },
    },
    findSeriesId: async (series) => known.get(series),
    putSeriesId: async (series, id) => void known.set(series, id),
    wishesOf: async ({ manga_id }): Promise<SeriesWishes> => ({
      ...{ channel: manga_id, shorts: false, order: 'free', direction: 'unknown' },
    }),
  };
  return { ports, opened, known };
}
const chapter = { chapter_id: 'Kẻ trộm ổ/1', series: 'Kẻ trộm ổ' };

test('opens a chapter once to find the id of its series', async () => {
  const { ports, opened } = source();
  expect(await findWishes(chapter, ports)).toMatchObject({ channel: 'ke-trom-o' });
  expect(await findWishes({ ...chapter, chapter_id: 'Kẻ trộm ổ/2' }, ports)).toMatchObject({
    channel: 'ke-trom-o',
  });
  expect(opened).toEqual(['Kẻ trộm ổ/1']);
});

test('opens none if the source names the series', async () => {
  const { ports, opened } = source();
  expect(await findWishes({ ...chapter, manga_id: 'mangadex-1' }, ports)).toMatchObject({
    channel: 'mangadex-1',
  });
  expect(opened).toEqual([]);
});

test('leaves a chapter that cannot be read to its job', async () => {
  expect(await findWishes(chapter, source(new ChapterUnreadable('no archive')).ports)).toBeUndefined();
  await expect(findWishes(chapter, source(new SourceUnavailable('busy')).ports)).rejects.toThrow('busy');
});

test.each([
  ['name a channel that the stage does not have', new ConfigurationError('the channel x is not one')],
  ['are not JSON', new ArtifactInvalid('does not match its schema')],
])('lets the first chapter of a series fail whose settings %s, and the others wait', async (_, error) => {
  const wishesOf = () => Promise.reject(error);
  expect(await findWishes(chapter, { ...source().ports, wishesOf })).toEqual({ order: 'strict' });
});

test('knows the settings beside the chapters without opening one of a known series', async () => {
  const { ports, known, opened } = source();
  known.set('Kẻ trộm ổ', 'ke-trom-o');
  const beside = { file: 'Kẻ trộm ổ/manga-pipeline.json', settings: { channel: 'ma' } };
  const asked: unknown[] = [];
  const wishesOf: SeriesWishesPorts['wishesOf'] = (series) => {
    asked.push(series);
    return ports.wishesOf(series);
  };
  await findWishes({ ...chapter, readSettings: async () => beside }, { ...ports, wishesOf });
  expect(asked).toEqual([{ manga_id: 'ke-trom-o', settings_beside: beside }]);
  expect(opened).toEqual([]);
});

test('lets the first chapter of a series fail whose settings beside the chapters cannot be read', async () => {
  const readSettings = () => Promise.reject(new ConfigurationError('a/manga-pipeline.json is not JSON'));
  expect(await findWishes({ ...chapter, readSettings }, source().ports)).toEqual({ order: 'strict' });
});
