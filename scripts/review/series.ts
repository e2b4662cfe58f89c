import { parseSeriesSettings, type SeriesSettings } from '../../config/settings/series.ts';
import { seriesSettingsKey } from '../../domain/artifacts.ts';
import { ConfigurationError } from '../../domain/errors.ts';
import { type Job, statusesAtWork } from '../../domain/job.ts';

export interface SeriesPorts {
  jobs(): Promise<Job[]>;
  /** Returns the ids of the series that have settings. */
  withSettings(): Promise<string[]>;
  /** Returns the file of a series' settings as it is; undefined if there is none. */
  findFile(key: string): Promise<unknown>;
  putFile(key: string, settings: object): Promise<void>;
  /** Returns the latest time for which a video of the series is scheduled. */
  lastScheduled(series: string): Promise<Date | undefined>;
  say(line: string): void;
}

interface Known {
  title: string;
  jobs: Job[];
}

async function knownSeries(ports: SeriesPorts): Promise<Map<string, Known>> {
  const known = new Map<string, Known>();
  for (const id of await ports.withSettings()) known.set(id, { title: '', jobs: [] });
  for (const job of await ports.jobs()) {
    if (job.manga_id === undefined) continue;
    const { title = '', jobs = [] } = known.get(job.manga_id) ?? {};
    known.set(job.manga_id, { title: job.manga_title ?? title, jobs: [...jobs, job] });
  }
  return known;
}

/** Returns how many of the jobs are in each state that matters to an operator. */
function countsOf(jobs: readonly Job[]): string {
  const counts = [
    ['published', jobs.filter(({ status }) => status === 'published').length],
    ['at work', jobs.filter(({ status }) => statusesAtWork.has(status)).length],
    ['waiting for you', jobs.filter(({ status }) => status === 'needs_review').length],
    ['failed', jobs.filter(({ status }) => status === 'failed').length],
  ] as const;
  return (
    counts.flatMap(([name, count]) => (count > 0 ? [`${count} ${name}`] : [])).join(', ') || 'no job yet'
  );
}

/** Lists the series that have a job or settings, one line each. */
export async function listSeries(ports: SeriesPorts): Promise<void> {
  const known = [...(await knownSeries(ports))].sort(([one], [other]) => one.localeCompare(other));
  if (known.length === 0) ports.say('no series has a job or settings');
  for (const [id, { title, jobs }] of known)
    ports.say([id, title && `“${title}”`, countsOf(jobs)].filter(Boolean).join('  '));
}

/** Shows a series: its jobs, what it sets, and when its last video is scheduled. */
export async function showSeries(id: string, ports: SeriesPorts): Promise<void> {
  const { title = '', jobs = [] } = (await knownSeries(ports)).get(id) ?? {};
  ports.say([id, title && `“${title}”`, countsOf(jobs)].filter(Boolean).join('  '));
  const scheduled = await ports.lastScheduled(id);
  if (scheduled) ports.say(`last video scheduled for ${scheduled.toISOString()}`);
  const key = seriesSettingsKey(id);
  const file = await ports.findFile(key);
  if (file === undefined) return ports.say('it has the settings of the stage');
  ports.say(`${key}:`);
  ports.say(JSON.stringify(parseSeriesSettings(file, key), null, 2));
}

/** Changes one setting of a series, `name=value`; without a value the series has the stage's again. */
export async function changeSeries(id: string, change: string, ports: SeriesPorts): Promise<void> {
  const [, name, value] = /^(\w+)=(.*)$/s.exec(change) ?? [];
  if (name === undefined)
    throw new ConfigurationError(`${change} is no change; give one like SET=youtubePublishAt=19:30`);
  const key = seriesSettingsKey(id);
  const file = await ports.findFile(key);
  // What can't be used is not replaced: somebody wrote it.
  parseSeriesSettings(file, key);
  const { [name]: _, ...others } = (file ?? {}) as Record<string, unknown>;
  const changed = value ? { ...others, [name]: value } : others;
  const settings: SeriesSettings = parseSeriesSettings(changed, key);
  await ports.putFile(key, changed);
  ports.say(
    name in settings
      ? `${id}: ${name} is ${JSON.stringify(settings[name as keyof SeriesSettings])} from now on`
      : `${id}: ${name} is the stage's from now on`,
  );
}
