import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refusal } from '../../fakes/youtube/response.ts';
import { startFakeYouTube } from '../../fakes/youtube/youtube.ts';
import { folderPublisher } from './folder.ts';
import { moveAside } from './folder-takedown.ts';
import { youtubeJob } from './testing/youtube-job.ts';
import { makePrivate, videoIdOf } from './youtube/unpublish.ts';

describe('a video on YouTube', () => {
  /** Starts a fake with one published video, and returns what a takedown needs. */
  async function published(settings: { privacy: 'public' | 'private'; publishAfterHours?: number }) {
    const fake = await startFakeYouTube();
    const job = await youtubeJob(fake);
    Object.assign(job.settings, settings);
    const { url } = await job.machine().publish(job.video);
    const calls: string[] = [];
    const takeDown = (id = videoIdOf(url) ?? '') =>
      makePrivate(id, job.settings, {
        credentials: async () => fake.secret,
        ledger: {
          spent: async () => ({ uploads: 0, units: 0 }),
          close: async () => undefined,
          refuse: async () => undefined,
          admit: async () => undefined,
          own: async () => undefined,
          refusal: async () => undefined,
          spend: async ({ call }) => calls.push(call) > 0,
        },
        now: () => new Date(),
        wait: async () => undefined,
        log: () => undefined,
        signal: new AbortController().signal,
      });
    const end = async () => {
      await job.end();
      await fake.close();
    };
    return { fake, takeDown, calls, end, status: () => fake.channel.videos[0]?.status };
  }

  test('becomes private and keeps its other properties; a second takedown costs one look-up', async () => {
    const { takeDown, status, calls, end } = await published({ privacy: 'public' });
    expect(await takeDown()).toBe(true);
    expect(status()).toEqual({
      privacyStatus: 'private',
      selfDeclaredMadeForKids: false,
      containsSyntheticMedia: true,
    });
    expect(await takeDown()).toBe(true);
    expect(calls.map((call) => call.split(' ')[1])).toEqual(['videos.list', 'videos.update', 'videos.list']);
    await end();
  });

  test('never becomes public if that was scheduled', async () => {
    const { takeDown, status, end } = await published({ privacy: 'private', publishAfterHours: 5 });
    expect(status()).toHaveProperty('publishAt');
    await takeDown();
    expect(status()).not.toHaveProperty('publishAt');
    await end();
  });

  test('is reported as gone if somebody deleted it, and calls are retried while YouTube is busy', async () => {
    const { fake, takeDown, status, end } = await published({ privacy: 'public' });
    fake.refusals.push({ call: 'videos.update', refusal: new Refusal(503, 'backendError', 'later') });
    expect(await takeDown()).toBe(true);
    expect(status()?.privacyStatus).toBe('private');
    expect(await takeDown('gone')).toBe(false);
    await end();
  });

  test.each(['https://example.org/watch?v=abc', 'file:///out/job-abc123/video.mp4'])(
    'does not have the address %s',
    (url) => {
      expect(videoIdOf(url)).toBeUndefined();
    },
  );
});

test('moves a video in a folder out of sight, once, without losing it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'taken down ü-'));
  for (const name of ['v', 'c', 't']) await writeFile(join(folder, name), name);
  const out = join(folder, 'out');
  const [video, captions, thumbnail] = ['v', 'c', 't'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const metadata = { title: 'Mèo', description: '', tags: [], language: 'vi' as const };
  const { url } = await folderPublisher(out).publish({
    jobId: 'job-abc123',
    video,
    captions,
    thumbnail,
    metadata,
    beforeOut: async () => undefined,
  });
  expect(await moveAside(url)).toBe(true);
  expect(await readdir(out)).toEqual(['.taken-down']);
  expect(await readFile(join(out, '.taken-down/job-abc123/video.mp4'), 'utf8')).toBe('v');
  expect(await moveAside(url)).toBe(true);
  expect(await moveAside(url.replace('job-abc123', 'job-other'))).toBe(false);
  await rm(folder, { recursive: true });
});
