import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFfmpeg } from '../media/find-media-binary.ts';
import { runFfmpeg } from '../media/run-ffmpeg.ts';
import { cutRecording, readRecording, recordedSeconds } from './cut-recording.ts';

let ffmpeg: string;
let folder: string;
beforeAll(async () => {
  ffmpeg = await findFfmpeg(undefined);
  folder = await mkdtemp(join(tmpdir(), 'cut-recording-'));
});
afterAll(() => rm(folder, { recursive: true }));

const run = (args: string[]) => runFfmpeg(args, { binary: ffmpeg, timeoutMs: 20_000 });

/** Records a tone from 0.1 to 1.1 s, in silence; with a bit reservoir, as encoders do. */
async function record({ rate = 24_000, kbit = 96, tag = false } = {}): Promise<Buffer> {
  const output = join(folder, 'recorded.mp3');
  const tone = `aevalsrc='if(between(t,0.1,1.1),0.2*sin(2764.6*t),0)':s=${rate}:d=1.6`;
  const format = ['-ac', '1', '-c:a', 'libmp3lame', '-b:a', `${kbit}k`, '-write_xing', tag ? '1' : '0'];
  await run(['-f', 'lavfi', '-i', tone, ...format, '-id3v2_version', tag ? '3' : '0', '-y', output]);
  return readFile(output);
}

async function decode(mp3: Uint8Array, rate: number): Promise<Int16Array> {
  const [input, output] = [join(folder, 'cut.mp3'), join(folder, 'cut.pcm')];
  await writeFile(input, mp3);
  await run(['-i', input, '-f', 's16le', '-ar', String(rate), '-y', output]);
  const bytes = await readFile(output);
  return new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
}

const loudness = (samples: Int16Array) =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);

describe.each([
  { rate: 24_000, kbit: 96 },
  { rate: 24_000, kbit: 48 },
  { rate: 16_000, kbit: 32 },
  { rate: 48_000, kbit: 96 },
])('a recording at $rate Hz and $kbit kbit/s', ({ rate, kbit }) => {
  test('lasts as long as FFmpeg decodes, to the sample', async () => {
    const recording = readRecording(await record({ rate, kbit }));
    for (const sounding of [
      undefined,
      { from: 0.1, to: 1.1 },
      { from: 0.1234, to: 0.777 },
      { from: 0, to: 9 },
    ]) {
      const { mp3, duration } = cutRecording(recording, sounding);
      expect((await decode(mp3, rate)).length).toBe(Math.round(duration * rate));
    }
  });

  test('keeps the sound, and removes the silence around it', async () => {
    const { mp3, duration, offset } = cutRecording(readRecording(await record({ rate, kbit })), {
      from: 0.1,
      to: 1.1,
    });
    expect(offset).toBeCloseTo(0.08, 2);
    expect(duration).toBeCloseTo(1.15, 2);
    const samples = await decode(mp3, rate);
    const part = (from: number, to: number) => loudness(samples.subarray(from * rate, to * rate));
    const tone = part(0.3, 0.8);
    expect(tone).toBeGreaterThan(1000);
    // The encoder's own delay (up to 0.05 s) comes before the first sound.
    expect(part(0.09, 0.12)).toBeGreaterThan(tone * 0.9);
    expect(part(0.97, 1)).toBeGreaterThan(tone * 0.9);
    expect(part(0, 0.01)).toBeLessThan(tone / 20);
    expect(part(1.14, 1.15)).toBeLessThan(tone / 20);
  });
});

test('ignores the tags of an encoder', async () => {
  const [plain, tagged] = [await record(), await record({ tag: true })];
  expect(tagged.toString('latin1', 0, 3)).toBe('ID3');
  expect(recordedSeconds(readRecording(tagged))).toBe(recordedSeconds(readRecording(plain)));
});

describe('rejects incomplete audio', () => {
  test.each([
    ['nothing', (_: Buffer) => Buffer.alloc(0), 'does not begin with an MP3 frame'],
    ['no sound', () => Buffer.from('<html>no</html>'), 'does not begin with an MP3 frame'],
    ['the last frame cut', (mp3: Buffer) => mp3.subarray(0, -1), 'last frame is cut'],
    [
      'bytes missing in the middle',
      (mp3: Buffer) => Buffer.concat([mp3.subarray(0, 1000), mp3.subarray(1500)]),
      'no MP3 frame at byte',
    ],
    [
      'another kind of frame',
      (mp3: Buffer) => Buffer.concat([mp3, Buffer.from([0xff, 0xfb, 0x94, 0xc4])]),
      'no MP3 frame at byte',
    ],
  ])('%s', async (_, spoil, reason) => {
    const mp3 = await record();
    expect(() => readRecording(spoil(mp3))).toThrow(reason);
  });
});
