import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderPublisher } from './folder.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'publisher-test-'));
  for (const name of ['video.mp4', 'captions.srt', 'thumbnail.jpg'])
    await writeFile(join(folder, name), name);
});
afterEach(() => rm(folder, { recursive: true }));

const videoIn = () => ({
  jobId: 'job-abc123',
  video: join(folder, 'video.mp4'),
  captions: join(folder, 'captions.srt'),
  thumbnail: join(folder, 'thumbnail.jpg'),
  metadata: { title: 'Mèo', description: '', tags: [], language: 'vi' as const },
  beforeOut: async () => undefined,
});

test('puts video, captions, thumbnail and metadata into the folder of the job', async () => {
  const out = join(folder, 'out');
  const { url } = await folderPublisher(out).publish(videoIn());
  expect(url).toBe(`file://${out}/job-abc123/video.mp4`);
  expect((await readdir(join(out, 'job-abc123'))).sort()).toEqual([
    'captions.vi.srt',
    'metadata.json',
    'thumbnail.jpg',
    'video.mp4',
  ]);
  expect(JSON.parse(await readFile(join(out, 'job-abc123/metadata.json'), 'utf8'))).toMatchObject({
    title: 'Mèo',
  });
});

test('publishing again returns the same video, unchanged', async () => {
  const publisher = folderPublisher(join(folder, 'out'));
  const first = await publisher.publish(videoIn());
  await writeFile(join(folder, 'video.mp4'), 'another');
  expect(await publisher.publish(videoIn())).toEqual(first);
  expect(await readFile(join(folder, 'out/job-abc123/video.mp4'), 'utf8')).toBe('video.mp4');
});

test('puts a Short beside its video, once', async () => {
  const out = join(folder, 'out');
  const publisher = folderPublisher(out);
  await publisher.publish(videoIn());
  await writeFile(join(folder, 'short.mp4'), 'short');
  const short = { ...videoIn(), video: join(folder, 'short.mp4') };
  const { url } = await publisher.publishShort(short);
  expect(url).toBe(`file://${out}/job-abc123/short.mp4`);
  await writeFile(join(folder, 'short.mp4'), 'another');
  expect(await publisher.publishShort(short)).toEqual({ url });
  expect(await readFile(join(out, 'job-abc123/short.mp4'), 'utf8')).toBe('short');
  expect(await readdir(join(out, 'job-abc123'))).not.toContain('.short.part');
});

test('does not mistake the remains of a killed run for a publication', async () => {
  const out = join(folder, 'out');
  await mkdir(join(out, '.job-abc123.part'), { recursive: true });
  await writeFile(join(out, '.job-abc123.part/video.mp4'), 'half');
  await folderPublisher(out).publish(videoIn());
  expect(await readFile(join(out, 'job-abc123/video.mp4'), 'utf8')).toBe('video.mp4');
  expect(await readdir(out)).toEqual(['job-abc123']);
});

test('does not publish a video that must no longer be published', async () => {
  const out = join(folder, 'out');
  const beforeOut = () => Promise.reject(new Error('the chapter belongs to another job'));
  await expect(folderPublisher(out).publish({ ...videoIn(), beforeOut })).rejects.toThrow('another job');
  expect(await readdir(out)).toEqual(['.job-abc123.part']);
});
