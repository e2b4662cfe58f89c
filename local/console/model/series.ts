/** The series of the library: what became of their chapters, and what the operator set for them. */
import * as z from 'zod';
import { mustHaveChannel, mustHaveMusic, parseSeriesSettings } from '../../../config/settings/series.ts';
import {
  castKey,
  musicPrefix,
  seriesSettingsKey,
  seriesSettingsPrefix,
  storyKey,
} from '../../../domain/artifacts.ts';
import { SeriesCast } from '../../../domain/cast.ts';
import { notesOfCast } from '../../../domain/cast-names.ts';
import { ConfigurationError } from '../../../domain/errors.ts';
import { type SeriesOverview, seriesOverview } from '../../../domain/series-overview.ts';
import { StoryMemory } from '../../../domain/story.ts';
import type { CloudAccess, ShownCloud } from '../../cloud-access.ts';
import { Refusal } from '../responses.ts';
import type { JobsModel } from './jobs.ts';

export interface ShownSeries extends SeriesOverview {
  /** When its last scheduled video becomes public. */
  publish_at?: string;
  /** Its settings as JSON; absent if it has none. */
  settings?: string;
}

const Slot = z.object({ date: z.string(), publish_at: z.string() });

/** @param channels names of the stage's channels */
export function seriesModel(
  cloud: Pick<ShownCloud, 'resources'>,
  access: CloudAccess,
  jobs: JobsModel,
  channels: readonly string[],
) {
  /** Returns what a series keeps; undefined if it keeps nothing yet. Names the file that a person or an accident damaged. */
  async function stored<T>(key: string, schema: z.ZodType<T>): Promise<T | undefined> {
    try {
      return schema.optional().parse(await access.json(key));
    } catch (error) {
      if (!['SyntaxError', 'ZodError'].includes((error as Error).name)) throw error;
      throw new Refusal(
        409,
        `${key} is damaged, so its series can't be shown or changed: correct or delete it`,
      );
    }
  }
  const castOf = (id: string) => stored(castKey(id), SeriesCast);
  const musicFiles = async () =>
    (await access.objects(musicPrefix)).map(({ key }) => key.slice(musicPrefix.length));

  return {
    async list(): Promise<ShownSeries[]> {
      const files = (await access.objects(seriesSettingsPrefix)).filter(({ key }) => key.endsWith('.json'));
      const settings = new Map(
        await Promise.all(
          files.map(async ({ key }) => {
            const id = key.slice(seriesSettingsPrefix.length, -'.json'.length);
            // An operator can have stored anything; the page shows why it is not JSON.
            const content = access.json(key).then((stored) => JSON.stringify(stored, null, 2), String);
            return [id, await content] as const;
          }),
        ),
      );
      const counters = await access.scan(cloud.resources.countersTable);
      const slots = new Map(
        counters
          .flatMap((item) => Slot.safeParse(item).data ?? [])
          .map(({ date, publish_at }) => [date.replace('schedule#', ''), publish_at]),
      );
      return seriesOverview(await jobs.list(), [...settings.keys()]).map((one) => {
        const [publish_at, own] = [slots.get(one.id), settings.get(one.id)];
        return { ...one, ...(publish_at && { publish_at }), ...(own && { settings: own }) };
      });
    },

    /** Returns the voices that the characters of a series have, those who spoke last first. */
    async cast(id: string): Promise<SeriesCast['members']> {
      return (await castOf(id))?.members.toReversed() ?? [];
    },

    /** Stores the settings of a series, unless a step could not use them. Returns notes on what they name and does not exist. */
    async save(id: string, given: unknown): Promise<string[]> {
      const key = seriesSettingsKey(id);
      try {
        const settings = parseSeriesSettings(given, key);
        mustHaveChannel(settings, channels);
        await mustHaveMusic(settings, musicFiles);
        const { story } = (await stored(storyKey(id), StoryMemory)) ?? {};
        const known = { story, cast: await castOf(id) };
        await access.s3('PUT', key, '', JSON.stringify(given));
        return notesOfCast(Object.keys(settings.cast), known);
      } catch (error) {
        throw error instanceof ConfigurationError ? new Refusal(400, error.message) : error;
      }
    },
  };
}
