import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { artifactsOf } from '../../domain/artifacts.ts';
import { findFfmpeg } from '../../providers/media/find-media-binary.ts';
import type { RendererPorts, RenderOptions } from './ports.ts';
import { renderShard } from './render-shard.ts';
import { renderVideo } from './render-video.ts';
import { folderPorts, jobId, writeTestJob } from './testing/test-job.ts';

const artifacts = artifactsOf(jobId);
let root: string;
let options: RenderOptions;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'shards-test-'));
  const ffmpeg = await findFfmpeg(undefined);
  await writeTestJob(join(root, 'job'), ffmpeg);
  options = {
    ...{ ffmpeg, formats: ['16:9'], burnSubtitles: true, shorts: false, cores: 1 },
    ...{ workDirectory: join(root, 'work'), signal: new AbortController().signal },
  };
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** Returns ports over a new bucket with the artifacts of the earlier steps. */
async function newBucket(name: string) {
  const bucket = join(root, name);
  await cp(join(root, 'job'), bucket, { recursive: true });
  return { bucket, ...folderPorts(bucket) };
}
const shards = [1, 2, 3].map((number) => ({ number, of: 3 }));
const store = (number: number, ports: RendererPorts) =>
  renderShard(jobId, { number, of: 3 }, ports, { ...options, workDirectory: join(root, `work-${number}`) });
const bytesOf = (bucket: string) =>
  Promise.all(
    [artifacts.video, artifacts.captions, artifacts.thumbnail(1), artifacts.thumbnails].map((key) =>
      readFile(join(bucket, key)),
    ),
  );

let whole: Buffer[];
let pieces: number;
/** A bucket in which three shards have stored everything. */
let spread: Awaited<ReturnType<typeof newBucket>>;
let stored: Awaited<ReturnType<typeof store>>[];
beforeAll(async () => {
  const { bucket, ports } = await newBucket('whole');
  ({ pieces } = await renderVideo(jobId, ports, options));
  whole = await bytesOf(bucket);
  spread = await newBucket('spread');
  stored = await Promise.all(shards.map(({ number }) => store(number, spread.ports)));
});

test('three shards in parallel store every piece once, and the video has the bytes of one machine', async () => {
  const { bucket, ports, uploaded } = spread;
  expect(stored.reduce((sum, { rendered }) => sum + rendered, 0)).toBe(pieces);
  expect(stored.filter(({ rendered }) => rendered > 0).length).toBeGreaterThan(1);
  expect(new Set(uploaded).size).toBe(uploaded.length);
  expect(uploaded.every((key) => key.startsWith(artifacts.renderPieces))).toBe(true);
  expect(uploaded.filter((key) => key.endsWith('.aac'))).toHaveLength(1);
  const before = uploaded.length;
  const listed: string[] = [];
  const versionsBelow: RendererPorts['versionsBelow'] = (prefix) => {
    listed.push(prefix);
    return ports.versionsBelow(prefix);
  };
  const video = await renderVideo(jobId, { ...ports, versionsBelow }, options);
  expect(video).toMatchObject({ pieces, reused: pieces });
  // However many pieces there are: once for the sound and once for the pictures.
  expect(listed.filter((prefix) => prefix === artifacts.renderPieces)).toHaveLength(2);
  expect(uploaded.slice(before).some((key) => key.startsWith(artifacts.renderPieces))).toBe(false);
  expect(await bytesOf(bucket)).toEqual(whole);
});

test('a shard that runs again stores nothing', async () => {
  const before = spread.uploaded.length;
  expect(await store(1, spread.ports)).toEqual({ rendered: 0, reused: stored[0]?.rendered });
  expect(spread.uploaded).toHaveLength(before);
});

test('a shard without a piece fetches no page, stores nothing, and ends', async () => {
  const { ports, uploaded } = await newBucket('short');
  const fetched: string[] = [];
  const download: RendererPorts['download'] = (key, file) => {
    fetched.push(key);
    return ports.download(key, file);
  };
  const shard = { number: 40, of: 40 };
  const within = { ...options, workDirectory: join(root, 'work-40') };
  expect(await renderShard(jobId, shard, { ...ports, download }, within)).toEqual({ rendered: 0, reused: 0 });
  expect([...uploaded, ...fetched]).toEqual([]);
});

test('a shard that dies leaves its finished pieces, and the video is made without it', async () => {
  const { bucket, ports } = await newBucket('dead');
  const stop = new AbortController();
  const upload: RendererPorts['upload'] = async (...piece) => {
    await ports.upload(...piece);
    stop.abort(new Error('interrupted'));
  };
  const dying = renderShard(
    jobId,
    { number: 1, of: 3 },
    { ...ports, upload },
    { ...options, signal: stop.signal },
  );
  await expect(dying).rejects.toThrow('interrupted');
  await store(3, ports);
  const video = await renderVideo(jobId, ports, options);
  expect(video.reused).toBeGreaterThan(0);
  expect(video.reused).toBeLessThan(pieces);
  expect(await bytesOf(bucket)).toEqual(whole);
});

test('what shards made with another build of the same FFmpeg is not used', async () => {
  const { bucket, ports } = await newBucket('other-build');
  const other = join(root, 'ffmpeg');
  const script = `#!/bin/sh
"${options.ffmpeg}" "$@" || exit
[ "$1" != -version ] || echo 'configuration: --enable-other'
`;
  await writeFile(other, script, { mode: 0o755 });
  const within = { ...options, workDirectory: join(root, 'work-other'), ffmpeg: other };
  const { rendered } = await renderShard(jobId, { number: 1, of: 2 }, ports, within);
  expect(rendered).toBeGreaterThan(0);
  expect(await renderVideo(jobId, ports, options)).toMatchObject({ pieces, reused: 0 });
  expect(await bytesOf(bucket)).toEqual(whole);
});
