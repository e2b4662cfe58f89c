import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFfmpeg } from '../../../providers/media/find-media-binary.ts';
import { runFfmpeg } from '../../../providers/media/run-ffmpeg.ts';
import type { TimedSegment } from '../timeline.ts';
import { calmMusic } from './calm-music.ts';
import { levelSpeech, levelTo, speechLevel } from './level-speech.ts';
import { integratedLoudness, powersOf } from './loudness.ts';
import { mixMusic, storeMusic } from './mix-music.ts';
import { musicGain, musicLevel } from './music-level.ts';
import { bytesOf } from './raw-samples.ts';

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

/** Speech-like sound: syllables of noise that rise and fall, with pauses between sentences. */
function babble(seconds: number, amplitude: number): Int16Array {
  let seed = 1;
  let dull = 0;
  const noise = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    // Low-pass like voices: encoders leave the highest frequencies out.
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
  test("of the standard's sine has the standard's value", () => {
    expect(integratedLoudness(sine(3, 1))).toBeCloseTo(-3.01, 1);
    expect(integratedLoudness(sine(3, 0.1))).toBeCloseTo(-23.01, 1);
  });

  test("matches FFmpeg's measurement, without pauses", async () => {
    const samples = babble(12, 0.3);
    const file = join(folder, 'babble.s16');
    await writeFile(file, Buffer.from(samples.buffer));
    const log = await run([
      ...['-f', 's16le', '-ar', String(rate), '-ac', '1', '-i', file],
      ...['-af', 'ebur128=peak=true:framelog=verbose', '-f', 'null', '-'],
    ]);
    const [, loudness] = /I:\s+(-?[\d.]+) LUFS/.exec(log) ?? [];
    expect(Math.abs((integratedLoudness(samples) ?? 0) - Number(loudness))).toBeLessThan(0.15);
    // Parts whose filters have settled have the powers of the whole.
    const [whole, part] = [powersOf(samples), powersOf(samples.subarray(3 * rate), 2 * rate)];
    expect(part).toHaveLength(70);
    for (const [index, power] of part.entries())
      expect(power / (whole[50 + index] as number)).toBeCloseTo(1, 6);
  });

  test('is undefined for silence and for no samples', () => {
    expect(integratedLoudness(new Int16Array(rate))).toBeUndefined();
    expect(integratedLoudness(new Int16Array(0))).toBeUndefined();
  });
});

describe('levelling speech', () => {
  test('brings loud and quiet voices to the same level, also short words', () => {
    for (const samples of [babble(6, 0.08), babble(6, 0.5), sine(0.3, 0.05)]) {
      levelSpeech(samples);
      expect(integratedLoudness(samples)).toBeCloseTo(speechLevel, 0);
    }
  });

  test('does not clip peaks', () => {
    const samples = new Int16Array(rate).fill(20);
    samples[500] = 30_000;
    levelSpeech(samples);
    expect(Math.max(...samples)).toBeLessThan(32_767);
  });

  test('keeps silence silent', () => {
    const silence = new Int16Array(rate);
    levelSpeech(silence);
    expect(silence.every((sample) => sample === 0)).toBe(true);
  });
});

describe('music under a voice', () => {
  const voice = (start: number, speechEnd: number) => ({ start, speechEnd }) as TimedSegment;
  const course = (segments: TimedSegment[], seconds: number) => {
    const gainAt = musicGain(segments, seconds);
    return Array.from({ length: seconds * 20 }, (_, at) => gainAt(at / 20));
  };
  const at = (gains: number[], time: number) => gains[Math.round(time * 20)] as number;

  test('is lowered under speech and rises in the pauses, without pumping', () => {
    const gains = course([voice(3, 6), voice(6.3, 9), voice(11, 13)], 20);
    expect(at(gains, 2)).toBe(1);
    for (const time of [3, 4.5, 6.15, 8.9, 11, 12.9])
      expect(at(gains, time)).toBeCloseTo(10 ** (-12 / 20), 5);
    expect(at(gains, 10)).toBe(1);
    expect(at(gains, 15)).toBe(1);
  });

  test.each([0.7, 0.75, 0.84, 2])('changes smoothly, without jumps, in a pause of %d seconds', (pause) => {
    const gains = course([voice(3, 6), voice(6 + pause, 10)], 20);
    expect([at(gains, 0), at(gains, 20 - 0.05)].every((gain) => gain < 0.05)).toBe(true);
    for (const [index, gain] of gains.entries())
      expect(Math.abs(gain - (gains[index - 1] ?? gain))).toBeLessThan(0.3);
  });

  test('repeats our own loop without a seam or a click', () => {
    const loop = calmMusic();
    expect(loop.length).toBe(16 * rate);
    const stepTo = (index: number) => Math.abs((loop[index] as number) - (loop.at(index - 1) as number));
    const largest = loop.reduce((most, _, index) => (index > 0 ? Math.max(most, stepTo(index)) : most), 0);
    expect(stepTo(0)).toBeLessThanOrEqual(largest);
    levelTo(musicLevel, loop);
    expect(integratedLoudness(loop)).toBeCloseTo(musicLevel, 0);
  });

  test('is repeated over the track, at its level', async () => {
    const speech = babble(10, 0.3);
    levelSpeech(speech);
    speech.fill(0, 0, rate);
    speech.fill(0, 4 * rate, 7 * rate);
    const music = await storeMusic('calm', join(folder, 'calm.s16'), { run, fetch: async () => {} });
    await mixMusic(speech, 0, { ...music, samples: 3 * rate }, musicGain([voice(1, 4), voice(7, 10)], 20));
    const levelOf = (from: number, to: number) =>
      integratedLoudness(speech.slice(from * rate, to * rate)) ?? -99;
    expect(Math.abs(levelOf(4.6, 6.4) - musicLevel)).toBeLessThan(4);
    expect(levelOf(7.5, 9.5) - levelOf(4.6, 6.4)).toBeGreaterThan(5);
  });

  test('is the same in a stretch of a video as in the whole', async () => {
    const music = await storeMusic('calm', join(folder, 'loop.s16'), { run, fetch: async () => {} });
    const gainAt = () => musicGain([voice(1, 4), voice(17, 30)], 40);
    const whole = new Int16Array(40 * rate);
    await mixMusic(whole, 0, music, gainAt());
    const stretch = new Int16Array(21 * rate);
    await mixMusic(stretch, 12 * rate, music, gainAt());
    expect(bytesOf(stretch).equals(bytesOf(whole.slice(12 * rate, 33 * rate)))).toBe(true);
  });

  test("can be the operator's file, and leaves only its samples", async () => {
    const fetch = async (_: string, file: string) => {
      await run(['-f', 'lavfi', '-t', '2', '-i', 'sine=frequency=330', '-f', 'mp3', file]);
    };
    const file = join(folder, 'music.s16');
    const music = await storeMusic({ key: 'library/music/a.mp3' }, file, { run, fetch });
    expect(music.samples / rate).toBeCloseTo(2, 0);
    expect((await readdir(folder)).filter((name) => name.startsWith('music'))).toEqual(['music.s16']);
  });
});
