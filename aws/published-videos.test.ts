import type { PublishedVideo } from '../domain/likeness/appearance.ts';
import { startBucket } from './testing/embedded-cloud.ts';

const endBucket = await startBucket('videos');
const { artifactStore } = await import('./artifact-store.ts');
const { publishedVideos } = await import('./published-videos.ts');
afterAll(() => endBucket());

const store = artifactStore('videos');
const videos = publishedVideos(store);
const video = (day: number, title = `Chương ${day}`): PublishedVideo => ({
  ...{ job_id: `job-${day}00`, url: 'file:///v', published_at: new Date(day * 86_400_000).toISOString() },
  ...{ manga_id: 'a', chapter_ids: [`a/${day}`], title, headline: null },
  ...{ opening: '', sentences: [], pictures: [] },
});
const titles = async (most: number, job = 'job-none') =>
  (await videos.latest(most, job)).videos.map(({ title }) => title);

test('returns the latest videos, in whatever order they were written, without the one that asks', async () => {
  await Promise.all([3, 1, 4, 2].map((day) => videos.put(video(day))));
  expect(await titles(3)).toEqual(['Chương 4', 'Chương 3', 'Chương 2']);
  expect(await titles(2, 'job-400')).toEqual(['Chương 3', 'Chương 2']);
  expect(await titles(0)).toEqual([]);
});

test('has one record of a video that was written twice', async () => {
  await videos.put(video(4, 'Chương 4 mới'));
  expect(await titles(9)).toEqual(['Chương 4 mới', 'Chương 3', 'Chương 2', 'Chương 1']);
});

test('names records of another version', async () => {
  const key = 'library-memory/videos/0000000000000-job-odd.json';
  await store.putJson(key, { title: 'of another version' });
  const { videos: found, unreadable } = await videos.latest(2, 'job-none');
  expect(found.map(({ title }) => title)).toEqual(['Chương 4 mới']);
  expect(unreadable).toEqual([key]);
});
