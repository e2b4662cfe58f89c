import { artifactsOf, comparedScriptsKey } from '../domain/artifacts.ts';
import type { JobStatus } from '../domain/job.ts';
import type { KnownVideo } from '../domain/likeness/appearance.ts';
import type { ScriptAtWork } from '../domain/likeness/at-work.ts';
import { startBucket } from './testing/embedded-cloud.ts';

const endBucket = await startBucket('scripts');
const { artifactStore } = await import('./artifact-store.ts');
const { comparedScripts } = await import('./compared-scripts.ts');
afterAll(() => endBucket());

const store = artifactStore('scripts');
const video = (job_id: string, opening = ''): KnownVideo => ({
  ...{ job_id, url: job_id, manga_id: job_id, chapter_ids: [`${job_id}/1`], title: job_id, headline: null },
  ...{ opening, sentences: [], pictures: [] },
});

let channels = 0;
/** A channel without scripts, and the status of its jobs if they are not at work. */
function newChannel() {
  const ended = new Map<string, JobStatus>();
  channels += 1;
  const channel = `channel-${channels}`;
  const scripts = comparedScripts(store, async (id) => ({ status: ended.get(id) ?? 'scripting' }), channel);
  /** Enters a script as scriptgen does; returns the jobs that it was compared with. */
  async function enter(id: string, opening?: string): Promise<string[]> {
    const seen: ScriptAtWork[] = (await scripts.before(id)).scripts;
    for (;;) {
      const missed = await scripts.enter(video(id, opening), seen);
      if (missed.scripts.length === 0) return seen.map((one) => one.video.job_id).sort();
      seen.push(...missed.scripts);
    }
  }
  return { ...scripts, ended, channel, enter };
}

test('of scripts that are entered at the same moment, each pair is compared by exactly one', async () => {
  const { enter } = newChannel();
  const ids = Array.from({ length: 8 }, (_, i) => `job-at-once-${i}`);
  const compared = new Map(await Promise.all(ids.map(async (id) => [id, await enter(id)] as const)));
  for (const one of ids)
    for (const other of ids.filter((id) => id > one)) {
      const byOne = compared.get(one)?.includes(other);
      expect(compared.get(other)?.includes(one)).toBe(!byOne);
    }
});

test('a script that is entered again is compared with the same ones, also after later ones were entered', async () => {
  const { enter } = newChannel();
  await enter('job-first');
  expect(await enter('job-second')).toEqual(['job-first']);
  expect(await enter('job-third')).toEqual(['job-first', 'job-second']);
  expect(await enter('job-second')).toEqual(['job-first']);
  expect(await enter('job-fourth')).toEqual(['job-first', 'job-second', 'job-third']);
});

test('a script that was told otherwise the second time is compared with all others', async () => {
  const { enter } = newChannel();
  await enter('job-first');
  await enter('job-second');
  expect(await enter('job-first', 'Hôm nay')).toEqual(['job-second']);
  expect(await enter('job-second')).toEqual([]);
});

test('scripts of videos that are published, failed or deleted are not compared', async () => {
  const { enter, ended, before } = newChannel();
  for (const id of ['job-published', 'job-failed', 'job-deleted', 'job-held']) await enter(id);
  ended.set('job-published', 'published').set('job-failed', 'failed').set('job-held', 'needs_review');
  await store.deleteAll([artifactsOf('job-deleted').appearance]);
  expect(await enter('job-new')).toEqual(['job-held']);
  expect((await before('job-other')).scripts.map((one) => one.video.job_id)).toEqual(['job-held', 'job-new']);
});

test('another channel has other scripts', async () => {
  await newChannel().enter('job-first');
  expect(await newChannel().enter('job-second')).toEqual([]);
});

test('names scripts of another version, and enters others behind them', async () => {
  const { enter, before, channel } = newChannel();
  await enter('job-odd');
  const { appearance } = artifactsOf('job-odd');
  await store.putJson(appearance, { title: 'of another version' });
  expect(await enter('job-new')).toEqual([]);
  expect((await before('job-other')).unreadable).toEqual([appearance]);
  expect(await store.exists(comparedScriptsKey(channel))).toBe(true);
});
