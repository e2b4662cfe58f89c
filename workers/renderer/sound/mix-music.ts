import { open, readFile, rm } from 'node:fs/promises';
import { audioRate } from '../timeline.ts';
import { calmMusic } from './calm-music.ts';
import { levelTo } from './level-speech.ts';
import { type GainAt, musicLevel } from './music-level.ts';
import { decodeMusicArguments } from './sound-arguments.ts';

/** The project's own loop, or an operator's file in the bucket. */
export type MusicSource = 'calm' | { key: string };

const bytesPerSample = 2;
/** Steps of the gain: a ramp of a quarter of a second has 25. */
const stepSamples = audioRate / 100;

interface Sound {
  /** Runs FFmpeg with arguments. */
  run: (args: string[]) => Promise<unknown>;
  download: (key: string, toFile: string) => Promise<void>;
}

/** Returns the music as raw samples at its level; a file that is longer than the limit is cut. */
export async function readMusic(source: MusicSource, folder: string, sound: Sound): Promise<Int16Array> {
  const music = source === 'calm' ? calmMusic() : await decoded(source.key, folder, sound);
  levelTo(musicLevel, music);
  return music;
}

async function decoded(key: string, folder: string, { run, download }: Sound): Promise<Int16Array> {
  const [file, raw] = [`${folder}/music`, `${folder}/music.s16`];
  try {
    await download(key, file);
    await run(decodeMusicArguments(file, raw));
    const bytes = await readFile(raw);
    const samples = new Int16Array(Math.floor(bytes.length / bytesPerSample));
    Buffer.from(samples.buffer).set(bytes.subarray(0, samples.byteLength));
    return samples;
  } finally {
    await Promise.all([rm(file, { force: true }), rm(raw, { force: true })]);
  }
}

/** Mixes music into a raw track, repeated, a second at a time. */
export async function mixMusic(track: string, music: Int16Array, gainAt: GainAt): Promise<void> {
  if (music.length === 0) return;
  const file = await open(track, 'r+');
  try {
    const block = Buffer.alloc(audioRate * bytesPerSample);
    const samples = new Int16Array(block.buffer, block.byteOffset, audioRate);
    for (let first = 0; ; first += audioRate) {
      const { bytesRead } = await file.read(block, 0, block.length, first * bytesPerSample);
      if (bytesRead === 0) return;
      const length = Math.floor(bytesRead / bytesPerSample);
      addMusic(samples.subarray(0, length), first, music, gainAt);
      await file.write(block, 0, length * bytesPerSample, first * bytesPerSample);
    }
  } finally {
    await file.close();
  }
}

function addMusic(track: Int16Array, first: number, music: Int16Array, gainAt: GainAt): void {
  let place = first % music.length;
  for (let begin = 0; begin < track.length; begin += stepSamples) {
    const gain = gainAt((first + begin) / audioRate);
    const end = Math.min(track.length, begin + stepSamples);
    for (let index = begin; index < end; index++) {
      const mixed = (track[index] as number) + gain * (music[place] as number);
      track[index] = Math.max(-32_768, Math.min(32_767, Math.round(mixed)));
      if (++place === music.length) place = 0;
    }
  }
}
