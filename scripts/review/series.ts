import {
  mustBeSetting,
  mustHaveChannel,
  mustHaveMusic,
  parseSeriesSettings,
  type SeriesSettings,
} from '../../config/settings/series.ts';
import { seriesSettingsKey } from '../../domain/artifacts.ts';
import { type Known, notesOfCast } from '../../domain/cast-names.ts';
import { ConfigurationError } from '../../domain/errors.ts';
import { didYouMean, nearestName } from '../../domain/nearest-name.ts';
import { type SeriesOverview, seriesOverview } from '../../domain/series-overview.ts';
import { listNotes, type NotesPorts } from './notes.ts';

export interface SeriesPorts extends NotesPorts {
  /** Returns the ids of the series that have settings. */
  withSettings(): Promise<string[]>;
  /** Returns the file of a series' settings as it is; undefined if there is none. */
  findFile(key: string): Promise<unknown>;
  putFile(key: string, settings: object): Promise<void>;
  /** Names of the stage's channels. */
  channels: readonly string[];
  /** Returns the names of the operator's music files. */
  musicFiles(): Promise<readonly string[]>;
  /** Returns the characters that a series has by now. */
  charactersOf(series: string): Promise<Known>;
  /** Returns the latest time for which a video of the series is scheduled. */
  lastScheduled(series: string): Promise<Date | undefined>;
}

const overviewOf = async (ports: SeriesPorts) =>
  seriesOverview(await ports.jobs(), await ports.withSettings());

/** Formats a series as one line. */
function line({ id, title, published, at_work, held, failed }: SeriesOverview): string {
  const counts = Object.entries({ published, 'at work': at_work, 'waiting for you': held, failed });
  const known = counts.flatMap(([name, count]) => (count > 0 ? [`${count} ${name}`] : [])).join(', ');
  return [id, title && `“${title}”`, known || 'no job yet'].filter(Boolean).join('  ');
}

const noJob = (id: string, known: ReadonlySet<string>) =>
  `${id} has no job yet${didYouMean(nearestName(id, known)) || '; make series lists the ids of those that have one'}`;

/** Lists the series that have a job or settings, one line each. */
export async function listSeries(ports: SeriesPorts): Promise<void> {
  const all = await overviewOf(ports);
  if (all.length === 0)
    ports.say(
      'no series has a job or settings; its id, made from its title, is shown once its first job has begun',
    );
  for (const one of all) ports.say(line(one));
}

/** Shows a series: its jobs, what it sets, and when its last video is scheduled. */
export async function showSeries(id: string, ports: SeriesPorts): Promise<void> {
  const all = await overviewOf(ports);
  const overview = all.find((one) => one.id === id);
  ports.say(overview ? line(overview) : noJob(id, new Set(all.map((one) => one.id))));
  const scheduled = await ports.lastScheduled(id);
  if (scheduled) ports.say(`last video scheduled for ${scheduled.toISOString()}`);
  await listNotes(id, ports);
  const key = seriesSettingsKey(id);
  const file = await ports.findFile(key);
  if (file === undefined)
    return ports.say(
      'the bucket sets nothing: it has the settings beside its chapters, or those of the stage',
    );
  ports.say(`${key}:`);
  const settings = parseSeriesSettings(file, key);
  ports.say(JSON.stringify(settings, null, 2));
  await noteCast(id, settings, ports);
}

/** Reports which names of the cast no character has. */
async function noteCast(id: string, { cast }: SeriesSettings, ports: SeriesPorts): Promise<void> {
  for (const note of notesOfCast(Object.keys(cast), await ports.charactersOf(id))) ports.say(`  (${note})`);
}

/** Parses a value as it is in a file: only `cast` has no form as text. */
function storedValue(name: string, text: string): unknown {
  if (name !== 'cast') return text;
  try {
    return JSON.parse(text);
  } catch {
    throw new ConfigurationError('cast must be JSON, like {"Lan":{"gender":"female"}}');
  }
}

/** Changes one setting of a series, `name=value`; without a value the series has the stage's again. */
export async function changeSeries(id: string, change: string, ports: SeriesPorts): Promise<void> {
  const [, name, value] = /^(\w+)=(.*)$/s.exec(change) ?? [];
  if (name === undefined)
    throw new ConfigurationError(`${change} is not a change; write one like SET=youtubePublishAt=19:30`);
  mustBeSetting(name);
  const key = seriesSettingsKey(id);
  const file = await ports.findFile(key);
  // What can't be used is not replaced: somebody wrote it.
  parseSeriesSettings(file, key);
  const { [name]: _, ...others } = (file ?? {}) as Record<string, unknown>;
  const changed = value ? { ...others, [name]: storedValue(name, value) } : others;
  const settings: SeriesSettings = parseSeriesSettings(changed, key);
  mustHaveChannel(settings, ports.channels);
  await mustHaveMusic(settings, ports.musicFiles);
  await ports.putFile(key, changed);
  ports.say(
    name in settings
      ? `${id}: ${name} is ${JSON.stringify(settings[name as keyof SeriesSettings])} from now on`
      : `${id}: ${name} is the one beside its chapters, or the stage's, from now on`,
  );
  if (name === 'cast') await noteCast(id, settings, ports);
  const known = new Set((await ports.jobs()).flatMap(({ manga_id }) => manga_id ?? []));
  if (!known.has(id)) ports.say(noJob(id, known));
}
