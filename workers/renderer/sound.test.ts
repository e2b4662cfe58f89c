import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFfmpeg } from '../../providers/media/find-media-binary.ts';
import { runFfmpeg } from '../../providers/media/run-ffmpeg.ts';
import { levelSpeech, speechLevel } from './level-speech.ts';
import { integratedLoudness } from './loudness.ts';
import { masterSound } from './master-sound.ts';
import { measureFileArguments, readMeasured } from './sound-arguments.ts';

const rate = 48_000;
let folder: string;
let run: (args: string[]) => Promise<string>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sound-test-'));
  const binary = await findFfmpeg(undefined);
  run = (args) => runFfmpeg(args, { binary, timeoutMs: 60_000 });
});
afterAll(() => rm(folder, { recursive: true }));

const sine = (seconds: number, amplitude: number, frequency = 997) =>
  Int16Array.from({ length: seconds * rate }, (_, at) =>
    Math.round(32_767 * amplitude * Math.sin((2 * Math.PI * frequency * at) / rate)),
  );

/** Something like speech: syllables of noise that rise and fall, with pauses between its sentences. */
function babble(seconds: number, amplitude: number): Int16Array {
  let seed = 1;
  let dull = 0;
  const noise = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    // Dull, as voices are: encoders leave the highest pitches out.
    dull += 0.2 * ((seed / 2_147_483_647) * 2 - 1 - dull);
    return dull * 3;
  };
  return Int16Array.from({ length: seconds * rate }, (_, at) => {
    const time = at / rate;
    const syllable = Math.max(0, Math.sin(2 * Math.PI * 4 * time)) ** 2;
    const speaks = time % 3 < 2.4 ? 1 : 0;
    const peak = at % 9000 < 40 ? 3 : 1;
    return Math.round(Math.max(-1, Math.min(1, noise() * syllable * speaks * amplitude * peak)) * 32_767);
  });
}

describe('loudness', () => {
  it('of the sine that the standard names is what the standard says', () => {
    expect(integratedLoudness(sine(3, 1))).toBeCloseTo(-3.01, 1);
    expect(integratedLoudness(sine(3, 0.1))).toBeCloseTo(-23.01, 1);
  });

  it('is what FFmpeg measures, pauses left out', async () => {
    const samples = babble(12, 0.3);
    const file = join(folder, 'babble.s16');
    await writeFile(file, Buffer.from(samples.buffer));
    const log = await run([
      ...['-f', 's16le', '-ar', String(rate), '-ac', '1', '-i', file],
      ...['-af', 'ebur128=peak=true:framelog=verbose', '-f', 'null', '-'],
    ]);
    expect(Math.abs((integratedLoudness(samples) ?? 0) - (readMeasured(log)?.loudness ?? 99))).toBeLessThan(
      0.15,
    );
  });

  it('of silence, and of nothing, is none', () => {
    expect(integratedLoudness(new Int16Array(rate))).toBeUndefined();
    expect(integratedLoudness(new Int16Array(0))).toBeUndefined();
  });
});

describe('levelling speech', () => {
  it('brings loud and quiet voices to the same level, short words too', () => {
    for (const samples of [babble(6, 0.08), babble(6, 0.5), sine(0.3, 0.05)]) {
      levelSpeech(samples);
      expect(integratedLoudness(samples)).toBeCloseTo(speechLevel, 0);
    }
  });

  it('cuts no peak off', () => {
    const samples = new Int16Array(rate).fill(20);
    samples[500] = 30_000;
    levelSpeech(samples);
    expect(Math.max(...samples)).toBeLessThan(32_767);
  });

  it('leaves silence as it is', () => {
    const silence = new Int16Array(rate);
    levelSpeech(silence);
    expect(silence.every((sample) => sample === 0)).toBe(true);
  });
});

describe('the sound of a video', () => {
  it.each([
    ['quiet speech', babble(20, 0.05)],
    ['loud speech with sharp peaks', babble(20, 0.9)],
    ['a tone', sine(5, 0.5, 330)],
  ])('has −14 LUFS and peaks below −1 dBTP: %s', async (name, samples) => {
    const [track, output] = [join(folder, `${name}.s16`), join(folder, `${name}.m4a`)];
    await writeFile(track, Buffer.from(samples.buffer));
    await masterSound(track, output, run);
    const made = readMeasured(await run(measureFileArguments(output)));
    expect(Math.abs((made?.loudness ?? 0) + 14)).toBeLessThanOrEqual(0.5);
    expect(made?.peak).toBeLessThanOrEqual(-1);
  });

  it('may be silence', async () => {
    const [track, output] = [join(folder, 'silence.s16'), join(folder, 'silence.m4a')];
    await writeFile(track, new Uint8Array(rate * 4));
    await masterSound(track, output, run);
    expect(readMeasured(await run(measureFileArguments(output)))).toBeUndefined();
  });
});
