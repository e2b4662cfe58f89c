/** `make series`: lists series, shows one, and changes its settings. */
import * as z from 'zod';
import { approvedNotes } from '../aws/approved-notes.ts';
import { artifactStore } from '../aws/artifact-store.ts';
import { requiredFunction } from '../aws/deployed-functions.ts';
import { allJobs } from '../aws/job-list.ts';
import { publicationSlots } from '../aws/publication-slots.ts';
import { channelNames } from '../config/channels.ts';
import type { OptionsOf } from '../config/commands/command.ts';
import type { series } from '../config/commands/operate.ts';
import { functions } from '../config/functions.ts';
import { readVariables } from '../config/variables.ts';
import { castKey, musicPrefix, seriesSettingsPrefix, storyKey } from '../domain/artifacts.ts';
import { SeriesCast } from '../domain/cast.ts';
import { ConfigurationError } from '../domain/errors.ts';
import { StoryMemory } from '../domain/story.ts';
import { namesOf } from '../stacks/names.ts';
import { enterCloud } from './cloud.ts';
import { revokeNotes } from './review/notes.ts';
import { changeSeries, listSeries, type SeriesPorts, showSeries } from './review/series.ts';
import { takingBack } from './review/taking-back.ts';

export async function run({ series: id, set, revoke }: OptionsOf<typeof series>): Promise<void> {
  if ((set || revoke) && !id) throw new ConfigurationError('name the series to change: SERIES=…');
  // It is a part of keys.
  if (id && /[/\\]|^\.+$/.test(id))
    throw new ConfigurationError(`SERIES=${id} is not the id of a series; make series lists them`);
  if (set && revoke) throw new ConfigurationError('choose one of SET and REVOKE');
  const { stage } = await enterCloud();
  const names = namesOf(stage);
  const { environment } = await requiredFunction(names.functions.cleanup);
  const bucket = artifactStore(environment.S3_BUCKET ?? '');
  const { environment: quota } = await requiredFunction(names.functions['check-quota']);
  const env = readVariables('check-quota', functions['check-quota'].environment, quota);
  const notes = approvedNotes(names.countersTable);
  const ports: SeriesPorts = {
    notes: notes.all,
    channels: channelNames(env),
    musicFiles: () => Array.fromAsync(bucket.list(musicPrefix), ({ key }) => key.slice(musicPrefix.length)),
    charactersOf: async (series) => ({
      story: (await bucket.findJson(storyKey(series), StoryMemory))?.story,
      cast: await bucket.findJson(castKey(series), SeriesCast),
    }),
    jobs: () => allJobs(names.jobsTable),
    withSettings: () =>
      Array.fromAsync(bucket.list(seriesSettingsPrefix), ({ key }) =>
        key.slice(seriesSettingsPrefix.length).replace(/\.json$/, ''),
      ),
    findFile: (key) => bucket.findJson(key, z.unknown()),
    putFile: bucket.putJson,
    lastScheduled: publicationSlots(names.countersTable).latest,
    say: console.log,
  };
  if (!id) return listSeries(ports);
  if (revoke) {
    const takeBack = takingBack(notes, environment.S3_BUCKET ?? '', (user) => user);
    return revokeNotes(id, revoke, { ...ports, takeBack });
  }
  return set ? changeSeries(id, set, ports) : showSeries(id, ports);
}
