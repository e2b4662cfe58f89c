import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { artifactsOf } from '../../../domain/artifacts.ts';
import { Short } from '../../../domain/short.ts';
import { findFfmpeg, findFfprobe } from '../../../providers/media/find-media-binary.ts';
import { audioStreamOf, probeMedia, videoStreamOf } from '../../../providers/media/testing/probe-media.ts';
import { atWork } from '../at-work.ts';
import { fetchPages } from '../fetch-pages.ts';
import { planVideo } from '../plan-video.ts';
import type { RendererPorts } from '../ports.ts';
import { Progress } from '../progress.ts';
import { folderPorts, jobId, testSpeech, writeTestJob } from '../testing/test-job.ts';
import { renderShort } from './render-short.ts';

const artifacts = artifactsOf(jobId);
let bucket: string;
beforeAll(async () => {
  bucket = await mkdtemp(join(tmpdir(), 'short-test-'));
  await writeTestJob(bucket, await findFfmpeg(undefined));
});
afterAll(() => rm(bucket, { recursive: true }));

/** Renders the whole of the small test job as a Short; `over` replaces ports. */
async function render(over: Partial<RendererPorts> = {}) {
  const { ports: usual, uploaded, reported } = folderPorts(bucket);
  const ports = { ...usual, ...over };
  const given = {
    ...{ formats: ['9:16' as const], burnSubtitles: false, shorts: true, cores: 1 },
    ...{ ffmpeg: await findFfmpeg(undefined), workDirectory: join(bucket, 'work') },
    signal: new AbortController().signal,
  };
  const short = await atWork(jobId, given, async (workers, options) => {
    const { chapter, timeline, shots } = await planVideo(artifacts, ports, options);
    const pages = await fetchPages(chapter, [1], ports, options);
    const about = {
      ...{ job_id: jobId, segments: [0, 1, 2], starts_at: 0, seconds: timeline.frames / 30 },
      ...{ cliffhanger: 'question' as const, last_words: 'Ai đó?' },
    };
    const progress = new Progress(timeline.frames, ports.reportProgress);
    const rendering = { workers, artifacts, ports, progress, options };
    const made = await renderShort({ timeline, shots, about }, pages, rendering);
    await progress.finish();
    return made;
  });
  return { short, uploaded, reported };
}

test('is an upright video with sound and subtitles in the picture, recorded after it', async () => {
  const { uploaded, reported } = await render();
  expect(uploaded.slice(-2)).toEqual([artifacts.shortVideo, artifacts.short]);
  expect(reported.at(-1)).toBe(100);
  Short.parse(JSON.parse(await readFile(join(bucket, artifacts.short), 'utf8')));
  const info = await probeMedia(join(bucket, artifacts.shortVideo), {
    ffprobe: await findFfprobe(undefined),
  });
  const frames = Math.round(testSpeech.duration * 30);
  expect(videoStreamOf(info)).toMatchObject({ width: 1080, height: 1920, nb_frames: frames });
  expect(Math.abs((audioStreamOf(info)?.duration ?? 0) - frames / 30)).toBeLessThan(0.04);
});

test('is made again from its stored pieces and sound, with the same bytes', async () => {
  const before = await readFile(join(bucket, artifacts.shortVideo));
  expect((await render()).uploaded).toEqual([artifacts.shortVideo, artifacts.short]);
  expect(before.equals(await readFile(join(bucket, artifacts.shortVideo)))).toBe(true);
});

test('that cannot be made is a reason, and not the failure of its video', async () => {
  const upload: RendererPorts['upload'] = () => Promise.reject(new Error('the bucket is full'));
  expect((await render({ upload })).short).toEqual({ missing: "it can't be made: the bucket is full" });
});
