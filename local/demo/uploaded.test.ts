import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import type { Job } from '../../domain/job.ts';
import { type FakeYouTube, startFakeYouTube } from '../../fakes/youtube/youtube.ts';
import { type YouTubeJob, youtubeJob } from '../../providers/publishers/testing/youtube-job.ts';
import { keepBesideUpload, keepUpload } from './uploaded.ts';

let out: string;
let youtube: FakeYouTube;
let upload: YouTubeJob;
let job: Job;
const keep = () => keepUpload({ youtube, account: () => '' }, job, out);

beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), 'uploaded-'));
  youtube = await startFakeYouTube();
  upload = await youtubeJob(youtube, { size: 2000 });
  const { url: youtube_url } = await upload.machine().publish(upload.video);
  job = { job_id: 'job-abc123', status: 'published', youtube_url, updated_at: '' };
  jest.spyOn(console, 'log').mockImplementation(() => undefined);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await upload.end();
  await youtube.close();
  await rm(out, { recursive: true });
});

test('keeps the video', async () => {
  await keep();
  expect((await readdir(join(out, job.job_id))).sort()).toEqual([
    ...['captions.vi.srt', 'metadata.json', 'thumbnail.jpg', 'video.mp4'],
  ]);
});

test('keeps the Short beside its video', async () => {
  const metadata = { ...upload.video.metadata, title: 'Ai đó?' };
  const { url: short_url } = await upload.machine().publishShort({ ...upload.video, metadata });
  job = { ...job, short_url };
  await keep();
  const files = await readdir(join(out, job.job_id));
  expect(files).toEqual(expect.arrayContaining(['video.mp4', 'short.mp4', 'short.metadata.json']));
  const text = await readFile(join(out, job.job_id, 'short.metadata.json'), 'utf8');
  expect(JSON.parse(text)).toMatchObject({ snippet: { title: 'Ai đó?' } });
});

test('fails for a video that the job does not name', async () => {
  await upload.machine().publishShort(upload.video);
  await expect(keep()).rejects.toThrow('2 videos of one chapter instead of 1');
});

test('keeps what make review reads, from before the video exists, because the job is cleaned up after it', async () => {
  const bucket = new Map(
    ['shots.json', 'script.json', 'thumbnail-2.jpg'].map((name) => [`jobs/${job.job_id}/${name}`, name]),
  );
  const object = async (key: string) => {
    const found = bucket.get(key);
    return found === undefined ? undefined : Buffer.from(found);
  };
  youtube.sessions.beforeVideo = () => keepBesideUpload(job.job_id, out, { object });
  const { url } = await upload.machine().publishShort(upload.video);
  bucket.clear();
  youtube.channel.videos.shift();
  job = { ...job, youtube_url: url };
  await keep();
  for (const name of ['shots.json', 'script.json', 'thumbnail-2.jpg'])
    expect(await readFile(join(out, job.job_id, name), 'utf8')).toBe(name);
});
