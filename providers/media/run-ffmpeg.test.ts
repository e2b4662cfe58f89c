import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFfmpeg, findFfprobe } from './find-media-binary.ts';
import { globalArguments, runFfmpeg } from './run-ffmpeg.ts';
import { audioStreamOf, probeArguments, probeMedia, videoStreamOf } from './testing/probe-media.ts';

let folder: string;
let binary: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'run-ffmpeg-'));
  binary = await findFfmpeg(undefined);
});
afterAll(() => rm(folder, { recursive: true }));

const silence = ['-f', 's16le', '-ar', '8000', '-ac', '1', '-i', 'pipe:0'];

describe('running FFmpeg', () => {
  test('starts every run bounded and non-interactive', () => {
    expect(globalArguments({ readsStdin: false })).toMatchInlineSnapshot(`
[
  "-hide_banner",
  "-nostats",
  "-y",
  "-nostdin",
  "-max_alloc",
  "268435456",
]
`);
  });

  test('rejects with the end of the log when FFmpeg fails', async () => {
    const missing = join(folder, 'missing.mp3');
    await expect(
      runFfmpeg(['-i', missing, '-f', 'null', '-'], { binary, timeoutMs: 10_000 }),
    ).rejects.toMatchObject({ name: 'ProcessFailed', message: expect.stringContaining('No such file') });
  });

  test("rejects with the program's name when it does not exist", async () => {
    const run = runFfmpeg([], { binary: join(folder, 'nothing'), timeoutMs: 1000 });
    await expect(run).rejects.toThrow("can't be run");
  });

  test('ends a run that takes too long', async () => {
    const endless = ['-re', '-f', 'lavfi', '-i', 'anullsrc', '-t', '60', '-f', 'null', '-'];
    const started = Date.now();
    await expect(runFfmpeg(endless, { binary, timeoutMs: 300 })).rejects.toThrow('did not end within 0.3 s');
    expect(Date.now() - started).toBeLessThan(4000);
  });

  test('stops with the reason of an abort', async () => {
    const endless = ['-re', '-f', 'lavfi', '-i', 'anullsrc', '-t', '60', '-f', 'null', '-'];
    const signal = AbortSignal.timeout(200);
    await expect(runFfmpeg(endless, { binary, timeoutMs: 30_000, signal })).rejects.toMatchObject({
      name: 'TimeoutError',
    });
  });

  test('requests the next chunk only after the last one was consumed', async () => {
    const chunk = new Uint8Array(1_000_000);
    let asked = 0;
    async function* input() {
      for (; asked < 5; asked++) yield chunk.fill(asked);
    }
    const output = join(folder, 'five.wav');
    await runFfmpeg([...silence, output], { binary, timeoutMs: 20_000, input: input() });
    const info = await probeMedia(output, { ffprobe: await findFfprobe(undefined) });
    expect(info.format.duration).toBeCloseTo(5_000_000 / 16_000, 5);
    expect(audioStreamOf(info)).toMatchObject({ sample_rate: 8000, channels: 1 });
    expect(videoStreamOf(info)).toBeUndefined();
  });

  test('passes on the error of the input', async () => {
    // biome-ignore lint/correctness/useYield: a source that fails before its first chunk.
    async function* input(): AsyncGenerator<Uint8Array> {
      throw new Error('the disk is gone');
    }
    const run = runFfmpeg([...silence, '-f', 'null', '-'], { binary, timeoutMs: 20_000, input: input() });
    await expect(run).rejects.toThrow('the disk is gone');
  });

  test('asks ffprobe for JSON', () => {
    expect(probeArguments('a.mp4').join(' ')).toBe('-v error -show_format -show_streams -of json a.mp4');
  });

  test("reports a file that ffprobe can't read", async () => {
    const ffprobe = await findFfprobe(undefined);
    await expect(probeMedia(join(folder, 'none.mp4'), { ffprobe })).rejects.toThrow('No such file');
  });
});
