import type { SeriesSettings, SettingsOrigin } from '../../config/settings/series.ts';
import type { SeriesCast } from '../../domain/cast.ts';
import { notesOfCast } from '../../domain/cast-names.ts';
import type { Log } from '../../domain/log.ts';
import type { Script } from '../../domain/script.ts';
import type { StoryMemory } from '../../domain/story.ts';

export interface SeriesNotesPorts {
  /** Why only the narrator has a voice, whatever a series chooses; undefined if characters have some. */
  withoutCast: string | undefined;
  chapterOf(jobId: string): Promise<SettingsOrigin>;
  seriesSettings(series: SettingsOrigin): Promise<SeriesSettings>;
  findStory(mangaId: string): Promise<StoryMemory | undefined>;
  findCast(mangaId: string): Promise<SeriesCast | undefined>;
  log: Log;
}

/** Returns notes on characters for whom the settings of a series choose a voice that no one gets; logs them. */
export async function notesOfSeries(
  { job_id, speakers }: Pick<Script, 'job_id' | 'speakers'>,
  ports: SeriesNotesPorts,
): Promise<string[]> {
  const series = await ports.chapterOf(job_id);
  const chosen = Object.keys((await ports.seriesSettings(series)).cast);
  if (chosen.length === 0) return [];
  const notes = ports.withoutCast
    ? [
        `the settings of the series choose voices for characters, and only the narrator has one: ${ports.withoutCast}`,
      ]
    : notesOfCast(chosen, {
        story: (await ports.findStory(series.manga_id))?.story,
        cast: await ports.findCast(series.manga_id),
        speakers,
      });
  if (notes.length > 0) ports.log({ level: 'WARN', event: 'series_cast_unmatched', job_id, notes });
  return notes;
}
