import { open, readFile, rm, writeFile } from 'node:fs/promises';
import { audioRate } from '../timeline.ts';
import { calmMusic } from './calm-music.ts';
import { levelTo } from './level-speech.ts';
import { type GainAt, musicLevel } from './music-level.ts';
import { bytesOf, samplesOf } from './raw-samples.ts';
import { decodeMusicArguments } from './sound-arguments.ts';

/** The project's own loop, or an operator's file in the bucket. */
export type MusicSource = 'calm' | { key: string };

/** Music on disk at its level: raw samples, of which each part of the sound reads a stretch. */
export interface StoredMusic {
  file: string;
  samples: number;
}

const bytesPerSample = 2;
/** Steps of the gain: a ramp of a quarter of a second has 25. */
const stepSamples = audioRate / 100;

interface Sound {
  /** Runs FFmpeg with arguments. */
  run: (args: string[]) => Promise<unknown>;
  fetch: (key: string, toFile: string) => Promise<void>;
}

/** Writes the music to a file as raw samples at its level; a file that is longer than the limit is cut. */
export async function storeMusic(source: MusicSource, file: string, sound: Sound): Promise<StoredMusic> {
  const music = source === 'calm' ? calmMusic() : await decoded(source.key, file, sound);
  levelTo(musicLevel, music);
  await writeFile(file, bytesOf(music));
  return { file, samples: music.length };
}

async function decoded(key: string, file: string, { run, fetch }: Sound): Promise<Int16Array> {
  const encoded = `${file}.encoded`;
  try {
    await fetch(key, encoded);
    await run(decodeMusicArguments(encoded, file));
    return samplesOf(await readFile(file));
  } finally {
    await rm(encoded, { force: true });
  }
}

/**
 * Mixes music into a stretch of the sound, repeated from the beginning of the video.
 * @param first the sample of the video at which the stretch begins
 */
export async function mixMusic(
  mix: Int16Array,
  first: number,
  music: StoredMusic,
  gainAt: GainAt,
): Promise<void> {
  if (music.samples === 0) return;
  const heard = await repeated(music, first, mix.length);
  for (let begin = 0; begin < mix.length; begin += stepSamples) {
    const gain = gainAt((first + begin) / audioRate);
    const end = Math.min(mix.length, begin + stepSamples);
    for (let index = begin; index < end; index++) {
      const mixed = (mix[index] as number) + gain * (heard[index] as number);
      mix[index] = Math.max(-32_768, Math.min(32_767, Math.round(mixed)));
    }
  }
}

/** Reads a stretch of the endlessly repeated music. */
async function repeated({ file, samples }: StoredMusic, first: number, length: number): Promise<Int16Array> {
  const bytes = Buffer.alloc(length * bytesPerSample);
  const handle = await open(file);
  try {
    for (let at = 0; at < length; ) {
      const place = (first + at) % samples;
      const wanted = Math.min(length - at, samples - place) * bytesPerSample;
      const { bytesRead } = await handle.read(bytes, at * bytesPerSample, wanted, place * bytesPerSample);
      if (bytesRead < wanted) throw new Error(`${file} is shorter than it was`);
      at += wanted / bytesPerSample;
    }
  } finally {
    await handle.close();
  }
  return samplesOf(bytes);
}
