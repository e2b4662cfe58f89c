import { parseSeriesSettings } from '../../config/settings/series.ts';
import type { LogLine } from '../../domain/log.ts';
import { type Character, emptyStory } from '../../domain/story.ts';
import { notesOfSeries, type SeriesNotesPorts } from './series-notes.ts';

const script = { job_id: 'job-abc123', speakers: [] };

function fixture(cast: object) {
  const lines: LogLine[] = [];
  const prince: Character = {
    ...{ name: 'Hoàng Tử', original: 'Prince', address: '', about: '' },
    ...({ gender: 'male', age: 'young', manner: 'unknown' } as const),
  };
  const ports: SeriesNotesPorts = {
    withoutCast: undefined,
    chapterOf: async () => ({ manga_id: 'meo', settings_beside: undefined }),
    seriesSettings: async () => parseSeriesSettings({ cast }, 'library/series/meo.json'),
    findStory: async (manga_id) => ({
      manga_id,
      story: { ...emptyStory(), characters: [prince] },
      told: null,
    }),
    findCast: async (manga_id) => ({ manga_id, members: [{ name: 'Bà Tư', voices: {} }] }),
    log: (line) => void lines.push(line),
  };
  return { ports, lines };
}

test('a series whose cast has characters of the story, of an earlier chapter and of this one has no notes', async () => {
  const { ports, lines } = fixture({ 'Hoàng Tử': {}, 'Bà Tư': {}, Lan: {} });
  const told = {
    ...script,
    speakers: [{ name: 'Lan', gender: 'female', age: 'adult', manner: 'calm' } as const],
  };
  expect(await notesOfSeries(told, ports)).toEqual([]);
  expect(lines).toEqual([]);
});

test('a misspelt character is noted and logged', async () => {
  const { ports, lines } = fixture({ 'Hoàng Tửu': { age: 'old' } });
  const notes = await notesOfSeries(script, ports);
  expect(notes).toEqual([expect.stringMatching(/“Hoàng Tửu”.*did you mean “Hoàng Tử”\?$/)]);
  expect(lines).toEqual([{ level: 'WARN', event: 'series_cast_unmatched', job_id: 'job-abc123', notes }]);
});

test('a cast for which the stage has no voices is one note', async () => {
  const { ports } = fixture({ 'Hoàng Tử': { age: 'old' }, 'Bà Tư': {} });
  const withoutCast = 'the narrator ocr does not know who speaks';
  expect(await notesOfSeries(script, { ...ports, withoutCast })).toEqual([
    `the settings of the series choose voices for characters, and only the narrator has one: ${withoutCast}`,
  ]);
  expect(await notesOfSeries(script, { ...fixture({}).ports, withoutCast })).toEqual([]);
});
