import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { artifactsOf } from '../../domain/artifacts.ts';
import { findFfmpeg, findFfprobe } from '../../providers/media/find-media-binary.ts';
import { runFfmpeg } from '../../providers/media/run-ffmpeg.ts';
import { audioStreamOf, probeMedia, videoStreamOf } from '../../providers/media/testing/probe-media.ts';
import { joinPieces } from './pieces/join-pieces.ts';
import type { RendererPorts, RenderOptions } from './ports.ts';
import { renderVideo } from './render-video.ts';
import { folderPorts, jobId, testSpeech, writeTestJob } from './testing/test-job.ts';

const artifacts = artifactsOf(jobId);
let root: string;
let bucket: string;
let ffmpeg: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'render-test-'));
  bucket = join(root, 'bucket');
  ffmpeg = await findFfmpeg(undefined);
  await writeTestJob(bucket, ffmpeg);
});
afterAll(() => rm(root, { recursive: true, force: true }));

const at = (key: string) => join(bucket, key);
const options = (): RenderOptions => ({
  ffmpeg,
  formats: ['16:9'],
  burnSubtitles: false,
  shorts: false,
  workDirectory: join(root, 'work'),
  cores: 2,
  signal: new AbortController().signal,
});
const render = (ports: RendererPorts, changed: Partial<RenderOptions> = {}) =>
  renderVideo(jobId, ports, { ...options(), ...changed });

async function filterLog(filter: string[]): Promise<string> {
  return runFfmpeg(['-i', at(artifacts.video), ...filter, '-f', 'null', '-'], {
    binary: ffmpeg,
    timeoutMs: 60_000,
  });
}

describe('rendering a small chapter', () => {
  test('writes a video, subtitles and a thumbnail', async () => {
    const { ports, uploaded, reported } = folderPorts(bucket);
    const video = await render(ports);
    const frames = Math.round(testSpeech.duration * 30);
    expect(video).toMatchObject({ frames, seconds: frames / 30, reused: 0, undrawnLetters: ['🐱'] });
    expect(uploaded.at(-1)).toBe(artifacts.video);
    expect(uploaded).toEqual(expect.arrayContaining([artifacts.captions, artifacts.thumbnail(1)]));
    expect(reported.at(-1)).toBe(100);
    expect(reported).toEqual([...reported].sort((a, b) => a - b));
    expect(await readdir(join(root, 'work'))).toEqual([]);
  });

  test('signs the finished video, with its mark, before it is uploaded', async () => {
    const { ports, uploaded } = folderPorts(bucket);
    const signed: string[] = [];
    const sign = async (file: string) => {
      expect((await readFile(file)).includes('compositeSynthetic')).toBe(true);
      expect(uploaded).not.toContain(artifacts.video);
      signed.push(basename(file));
    };
    await render(ports, { sign });
    expect(signed).toEqual(['video.mp4']);
  });

  test('ends the file with a mark for machines that a part of it is synthetic', async () => {
    const video = await readFile(at(artifacts.video));
    const boxes: { type: string; content: Buffer }[] = [];
    for (let from = 0; from < video.length; ) {
      const size = video.readUInt32BE(from);
      boxes.push({
        type: video.toString('latin1', from + 4, from + 8),
        content: video.subarray(from + 8, from + size),
      });
      from += size;
    }
    expect(boxes.map(({ type }) => type).slice(0, 2)).toEqual(['ftyp', 'moov']);
    const mark = boxes.at(-1);
    expect(mark?.type).toBe('uuid');
    expect(mark?.content.subarray(0, 16).toString('hex')).toBe('be7acfcb97a942e89c71999491e3afac');
    expect(mark?.content.toString()).toContain('/digitalsourcetype/compositeSynthetic<');
  });

  test('makes 1920×1080 H.264 at 30 frames a second and stereo AAC that end together', async () => {
    const info = await probeMedia(at(artifacts.video), { ffprobe: await findFfprobe(undefined) });
    const picture = videoStreamOf(info);
    const sound = audioStreamOf(info);
    expect(picture).toMatchObject({
      codec_name: 'h264',
      profile: 'High',
      width: 1920,
      height: 1080,
      pix_fmt: 'yuv420p',
      color_space: 'bt709',
      avg_frame_rate: 30,
      nb_frames: Math.round(testSpeech.duration * 30),
    });
    expect(sound).toMatchObject({ codec_name: 'aac', sample_rate: 48_000, channels: 2 });
    const end = (stream: { start_time?: number | undefined; duration?: number | undefined } | undefined) =>
      (stream?.start_time ?? 0) + (stream?.duration ?? 0);
    expect(Math.abs(end(picture) - end(sound))).toBeLessThan(0.04);
    expect(Math.abs(end(picture) - testSpeech.duration)).toBeLessThan(0.04);
  });

  test('is neither black nor silent, and as loud as speech should be', async () => {
    expect(await filterLog(['-an', '-vf', 'blackdetect=d=0.1'])).not.toContain('black_start');
    const loudness = /I:\s+(-?[\d.]+) LUFS/.exec(
      await filterLog(['-vn', '-af', 'ebur128=framelog=verbose']),
    )?.[1];
    expect(Math.abs(Number(loudness) + 14)).toBeLessThanOrEqual(0.5);
  });

  test('is silent in the pauses, exact to the sample', async () => {
    const log = await filterLog(['-vn', '-af', 'silencedetect=noise=-45dB:d=0.1']);
    const starts = Array.from(log.matchAll(/silence_start: ([\d.]+)/g), ([, time]) => Number(time));
    const ends = Array.from(log.matchAll(/silence_end: ([\d.]+)/g), ([, time]) => Number(time));
    expect(starts[0]).toBeCloseTo(0.9137, 1);
    expect(ends[0]).toBeCloseTo(0.9137 + 0.31, 1);
    expect(starts[1]).toBeCloseTo(0.9137 + 0.31 + 2.2018, 1);
  });

  test('has a thumbnail of 1280×720 and a subtitle for each segment', async () => {
    expect(await sharp(at(artifacts.thumbnail(1))).metadata()).toMatchObject({
      width: 1280,
      height: 720,
      format: 'jpeg',
    });
    const captions = await readFile(at(artifacts.captions), 'utf8');
    expect(captions.split('\n\n')).toHaveLength(3);
    expect(captions).toContain('00:00:01,224 --> ');
  });

  test('encodes nothing again and gives the same bytes when the pieces exist', async () => {
    const before = await readFile(at(artifacts.video));
    const { ports, uploaded } = folderPorts(bucket);
    const video = await render(ports);
    expect(video.reused).toBe(video.pieces);
    expect(uploaded.filter((key) => key.includes('/render/'))).toEqual([]);
    expect(before.equals(await readFile(at(artifacts.video)))).toBe(true);
  });

  const storedPieces = async () => {
    const names = await readdir(at(artifacts.renderPieces));
    return names.filter((name) => name.endsWith('.mp4')).map((name) => `${artifacts.renderPieces}${name}`);
  };

  test('makes a stored piece again, once, that is not whole or is another one, and reports it', async () => {
    const before = await readFile(at(artifacts.video));
    const [first = '', second = '', ...others] = await storedPieces();
    const bytes = await readFile(at(first));
    await writeFile(at(first), bytes.subarray(0, bytes.length / 2));
    await writeFile(at(second), bytes);
    const { ports, uploaded, broken } = folderPorts(bucket);
    expect(await render(ports)).toMatchObject({ pieces: others.length + 2, reused: others.length });
    expect(broken.sort()).toEqual([first, second].sort());
    expect(uploaded.filter((key) => key.includes('/render/')).sort()).toEqual(broken);
    expect(before.equals(await readFile(at(artifacts.video)))).toBe(true);

    const again = folderPorts(bucket);
    expect(await render(again.ports)).toMatchObject({ reused: others.length + 2 });
    expect(again.broken).toEqual([]);
    expect(bytes.equals(await readFile(at(first)))).toBe(true);
  });

  test('does not end a video before a broken piece: the join fails', async () => {
    const [first = '', second = ''] = await storedPieces();
    const [sound = ''] = (await readdir(at(artifacts.renderPieces))).filter((name) => name.endsWith('.aac'));
    const half = join(root, 'half.mp4');
    const bytes = await readFile(at(second));
    await writeFile(half, bytes.subarray(0, bytes.length / 2));
    const pieces = [at(first), half].map((file) => ({ file, frames: 30 }));
    const joining = joinPieces({ pieces, reused: 0 }, at(`${artifacts.renderPieces}${sound}`), 60, {
      ...options(),
      workDirectory: root,
    });
    await expect(joining).rejects.toThrow(/half\.mp4/);
  });

  test('names the artifact that is missing or wrong', async () => {
    const { ports } = folderPorts(bucket);
    const broken = {
      ...ports,
      readJson: async (key: string) => (key === artifacts.speech ? {} : ports.readJson(key)),
    };
    await expect(render(broken)).rejects.toMatchObject({
      name: 'ArtifactInvalid',
      message: expect.stringContaining('speech.json does not match its schema'),
    });
  });

  test('names speech that cannot be decoded, and a page that is not a picture', async () => {
    const { ports } = folderPorts(bucket);
    await rm(join(bucket, artifacts.root, 'render'), { recursive: true, force: true });
    const spoiled = (spoilt: string): RendererPorts => ({
      ...ports,
      download: (key, toFile) =>
        key === spoilt ? writeFile(toFile, 'nothing') : ports.download(key, toFile),
      downloadVersion: (key, version, toFile) =>
        key === spoilt ? writeFile(toFile, 'nothing') : ports.downloadVersion(key, version, toFile),
    });
    await expect(render(spoiled(artifacts.speechAudio(0)))).rejects.toMatchObject({
      name: 'RenderError',
      message: expect.stringContaining('speech/0000.mp3'),
    });
    await expect(render(spoiled(artifacts.page(1)))).rejects.toMatchObject({
      name: 'RenderError',
      message: expect.stringContaining("Page 1 can't be drawn"),
    });
  });

  test('gives a shape the same bytes when every piece is made again beside the other, and uploads the published video last', async () => {
    const before = await readFile(at(artifacts.video));
    await rm(join(bucket, artifacts.root, 'render'), { recursive: true, force: true });
    const { ports, uploaded } = folderPorts(bucket);
    expect((await render(ports, { formats: ['16:9', '9:16'] })).reused).toBe(0);
    expect(before.equals(await readFile(at(artifacts.video)))).toBe(true);
    expect(uploaded.slice(uploaded.indexOf(artifacts.uprightVideo) + 1)).toEqual([
      ...[artifacts.thumbnail(1), artifacts.thumbnail(2), artifacts.thumbnails],
      artifacts.video,
    ]);
    const upright = await readFile(at(artifacts.uprightVideo));

    await rm(join(bucket, artifacts.root, 'render'), { recursive: true, force: true });
    await render(folderPorts(bucket).ports, { formats: ['9:16'] });
    expect(upright.equals(await readFile(at(artifacts.video)))).toBe(true);
    const info = await probeMedia(at(artifacts.video), { ffprobe: await findFfprobe(undefined) });
    expect(videoStreamOf(info)).toMatchObject({ width: 1080, height: 1920 });
  });

  test('stops quickly when aborted, with the reason', async () => {
    await rm(join(bucket, artifacts.root, 'render'), { recursive: true, force: true });
    await rm(at(artifacts.video));
    const stop = new AbortController();
    const { ports } = folderPorts(bucket);
    const rendering = render(ports, { signal: stop.signal });
    setTimeout(() => stop.abort(new Error('the machine is taken back')), 700);
    await expect(rendering).rejects.toThrow('the machine is taken back');
    expect(existsSync(at(artifacts.video))).toBe(false);
    expect(await readdir(join(root, 'work'))).toEqual([]);
  });
});
