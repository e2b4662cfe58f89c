import { createHash } from 'node:crypto';
import { audioRate, samplesPerFrame, type Timeline } from '../timeline.ts';
import type { MusicPart } from './music-by-mood.ts';
import { heardIn, type SoundPart } from './plan-parts.ts';

/** Increased when the same recordings would sound different: levels, mastering, music. */
const soundVersion = 3;
/** Music at a sample depends on voices, on changes of music and on ends of the video that are nearer than this. */
const reach = 5 * audioRate;

export interface Heard {
  timeline: Timeline;
  music: readonly MusicPart[];
  /** Returns what the bucket calls the version of a recording. */
  versionOf: (key: string) => string;
  encoder: string;
}

const around = ({ begin, end }: SoundPart) => ({ begin: begin - reach, end: end + reach });

/** Returns the music that is heard in what is made for a part. */
export function musicIn(part: SoundPart, music: readonly MusicPart[]): MusicPart[] {
  const { begin, end } = around(part);
  return music.filter(({ stretches }) =>
    stretches.some(({ from, to }) => from * audioRate < end && to * audioRate > begin),
  );
}

/** Returns the name of what is made of a part: the hash of everything that is heard in it, and of how it is made. */
export function namePart(
  part: SoundPart,
  { timeline, music, versionOf, encoder }: Heard,
  made: readonly string[],
): string {
  const samples = timeline.frames * samplesPerFrame;
  const heard = {
    version: [soundVersion, encoder],
    part,
    left: Math.min(reach, samples - part.end),
    // Words are not heard, but the recordings are checked against their times.
    segments: heardIn(around(part), timeline.segments).map(({ segment, audio, start, speechEnd, words }) => [
      ...[segment.index, start, speechEnd, words, versionOf(audio)],
    ]),
    music: musicIn(part, music).map(({ source, stretches }) => [
      typeof source === 'object' ? versionOf(source.key) : source,
      // The ends of the video are infinite, which JSON has no number for.
      stretches.map(({ from, to }) => [String(from), String(to)]),
    ]),
    made,
  };
  return createHash('sha256').update(JSON.stringify(heard)).digest('hex').slice(0, 32);
}
