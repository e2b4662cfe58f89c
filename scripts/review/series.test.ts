import type { Job } from '../../domain/job.ts';
import { changeSeries, listSeries, type SeriesPorts, showSeries } from './series.ts';

const key = 'library/series/meo.json';
const jobOf = (job_id: string, status: Job['status'], manga_id = 'meo'): Job => ({
  ...{ job_id, status, manga_id, manga_title: 'Mèo Mun', updated_at: '2026-02-07T10:00:00Z' },
});

function desk(jobs: Job[] = [], files: Record<string, object> = {}) {
  const said: string[] = [];
  const stored = new Map<string, unknown>(Object.entries(files));
  const ports: SeriesPorts = {
    jobs: async () => jobs,
    notes: async () => [],
    withSettings: async () => [...stored.keys()].map((name) => name.slice(15, -5)),
    findFile: async (name) => stored.get(name),
    putFile: async (name, settings) => void stored.set(name, settings),
    channels: ['main', 'ma'],
    musicFiles: async () => ['mưa.mp3'],
    charactersOf: async () => ({ speakers: [{ name: 'Hoàng Tử' }] }),
    lastScheduled: async () => new Date('2026-12-02T12:30:00Z'),
    say: (line) => void said.push(line),
  };
  return { said, stored, ports };
}

test('lists series by their jobs and their settings', async () => {
  const { said, ports } = desk(
    [jobOf('job-a', 'published'), jobOf('job-b', 'needs_review'), jobOf('job-c', 'published')],
    { 'library/series/cho.json': { music: 'calm' } },
  );
  await listSeries(ports);
  expect(said).toEqual(['cho  no job yet', 'meo  “Mèo Mun”  2 published, 1 waiting for you']);
});

test('counts a chapter by its last job, and a finished video that waits for a person as waiting', async () => {
  const made = (job_id: string, status: Job['status'], chapter_id: string) => ({
    ...jobOf(job_id, status),
    ...{ chapter_id, created_at: `2026-02-0${job_id.charCodeAt(4) - 96}T10:00:00Z` },
  });
  const { said, ports } = desk([
    // Its artifacts were deleted last.
    made('job-a', 'failed', 'meo/1'),
    made('job-d', 'awaiting_review', 'meo/3'),
    made('job-c', 'failed', 'meo/2'),
    made('job-b', 'published', 'meo/1'),
  ]);
  await listSeries(ports);
  expect(said).toEqual(['meo  “Mèo Mun”  1 published, 1 waiting for you, 1 failed']);
});

test('a series has the title of the job that changed last', async () => {
  const { said, ports } = desk([
    jobOf('job-b', 'published'),
    { ...jobOf('job-a', 'failed'), manga_title: 'Meo' },
  ]);
  await listSeries(ports);
  expect(said).toEqual(['meo  “Mèo Mun”  1 published, 1 failed']);
});

test('shows what a series sets, and when its last video is scheduled', async () => {
  const { said, ports } = desk([jobOf('job-a', 'failed')], { [key]: { music: 'calm' } });
  await showSeries('meo', ports);
  expect(said.slice(0, 3)).toEqual([
    'meo  “Mèo Mun”  1 failed',
    'last video scheduled for 2026-12-02T12:30:00.000Z',
    `${key}:`,
  ]);
  expect(JSON.parse(said[3] ?? '')).toMatchObject({ music: 'calm' });
});

test('changes a setting and keeps the others, then returns to the stage', async () => {
  const { said, stored, ports } = desk([jobOf('job-a', 'published')], {
    [key]: { cast: { Lan: { gender: 'female' } } },
  });
  await changeSeries('meo', 'youtubePublishAt=19:30', ports);
  expect(stored.get(key)).toEqual({ cast: { Lan: { gender: 'female' } }, youtubePublishAt: '19:30' });
  await changeSeries('meo', 'youtubePublishAt=', ports);
  expect(stored.get(key)).toEqual({ cast: { Lan: { gender: 'female' } } });
  expect(said).toEqual([
    'meo: youtubePublishAt is "19:30" from now on',
    "meo: youtubePublishAt is the one beside its chapters, or the stage's, from now on",
  ]);
});

test('gives characters a voice as JSON', async () => {
  const { stored, ports } = desk();
  await changeSeries('meo', 'cast={"Bà Tư":{"gender":"female","age":"old"}}', ports);
  expect(stored.get(key)).toEqual({ cast: { 'Bà Tư': { gender: 'female', age: 'old' } } });
});

test('names characters that the story does not have, when a cast is changed and when it is shown', async () => {
  const { said, ports } = desk([jobOf('job-a', 'published')]);
  const note = `  (no character of the series so far is called “Hoàng Tửu”, for whom its settings choose a voice; did you mean “Hoàng Tử”?)`;
  await changeSeries('meo', 'cast={"Hoàng Tửu":{"age":"old"},"hoàng tử":{"age":"old"}}', ports);
  expect(said.slice(1)).toEqual([note]);
  await showSeries('meo', ports);
  expect(said.at(-1)).toBe(note);
});

test('names a series that has no job yet: its id can be wrong', async () => {
  const { said, ports } = desk([jobOf('job-a', 'published')]);
  await changeSeries('me0', 'music=calm', ports);
  expect(said.at(-1)).toBe('me0 has no job yet; did you mean “meo”?');
  await changeSeries('ngo-may', 'music=calm', ports);
  expect(said.at(-1)).toBe('ngo-may has no job yet; make series lists the ids of those that have one');
});

test.each([
  ['a value that a setting does not have', 'videoFormat=4:3', 'videoFormat'],
  ['a setting that a series does not have', 'dailyQuota=3', 'dailyQuota is not a setting of a series'],
  ['a misspelt setting without a value', 'musicCredi=', 'did you mean “musicCredit”?'],
  ['a channel that the stage does not have', 'channel=nope', 'nope is not a channel of the stage (main, ma)'],
  ['a cast that is not JSON', 'cast=Lan', 'cast must be JSON, like {"Lan"'],
  ['what is not a change', 'calm', 'write one like SET=youtubePublishAt=19:30'],
])('rejects %s, and stores nothing', async (_, change, message) => {
  const { stored, ports } = desk();
  await expect(changeSeries('meo', change, ports)).rejects.toThrow(message);
  expect(stored.size).toBe(0);
});

test('rejects music that the bucket does not have, also for a mood', async () => {
  const { stored, ports } = desk([], { [key]: { musicCredit: 'Lan, CC BY 4.0' } });
  const missing =
    'the bucket does not have library/music/mua.mp3: upload the music, or choose another one; did you mean “mưa.mp3”?';
  await expect(changeSeries('meo', 'music=mua.mp3', ports)).rejects.toThrow(missing);
  await expect(changeSeries('meo', 'musicByMood={"sad":"mua.mp3"}', ports)).rejects.toThrow(missing);
  await changeSeries('meo', 'music=mưa.mp3', ports);
  expect(stored.get(key)).toMatchObject({ music: 'mưa.mp3' });
});

test('does not write over settings that cannot be used', async () => {
  const { stored, ports } = desk([], { [key]: { musik: 'calm' } });
  await expect(changeSeries('meo', 'music=calm', ports)).rejects.toThrow('musik: unknown setting');
  expect(stored.get(key)).toEqual({ musik: 'calm' });
});

test('a series that is not known is asked about by the nearest id of one that is', async () => {
  const { said, ports } = desk([jobOf('job-a', 'published')], {
    'library/series/cho-con.json': { music: 'calm' },
  });
  await showSeries('cho-co', ports);
  await showSeries('meomun', ports);
  expect(said.filter((line) => line.includes('no job'))).toEqual([
    'cho-co has no job yet; did you mean “cho-con”?',
    'meomun has no job yet; make series lists the ids of those that have one',
  ]);
});
