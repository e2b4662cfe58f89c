import { soundPartSeconds } from '../../../domain/render-time.ts';
import type { Shard } from '../../../domain/worker-task.ts';
import { audioRate, sampleAt, samplesPerFrame, type TimedSegment, type Timeline } from '../timeline.ts';

/** Samples of an AAC frame. */
export const aacFrame = 1024;
/** 3,000 frames of AAC. */
const partSamples = soundPartSeconds * audioRate;
/** 1.6 seconds before a part, in which limiter, encoder and filters settle; whole frames of AAC and tenths of a second. */
const leadIn = 75 * aacFrame;
/** Limiter and encoder look ahead by less. */
const leadOut = 8 * aacFrame;

/** A stretch of the sound, in samples of the video. */
export interface SoundPart {
  index: number;
  from: number;
  to: number;
  /** Range that is made for it: a part is encoded with a little of its neighbours. */
  begin: number;
  end: number;
}

/** Divides the sound of a video into parts on a grid that nothing moves. */
export function planParts({ frames }: Pick<Timeline, 'frames'>): SoundPart[] {
  const samples = frames * samplesPerFrame;
  return Array.from({ length: Math.ceil(samples / partSamples) }, (_, index) => {
    const from = index * partSamples;
    const to = Math.min(samples, from + partSamples);
    return { index, from, to, begin: Math.max(0, from - leadIn), end: Math.min(samples, to + leadOut) };
  });
}

/** Returns the parts that a shard makes, if it can: every n-th. */
export const partsOfShard = (parts: readonly SoundPart[], { number, of }: Shard): SoundPart[] =>
  parts.filter(({ index }) => index % of === number - 1);

/** Returns the segments whose speech is heard in what is made for a part. */
export const heardIn = (
  { begin, end }: Pick<SoundPart, 'begin' | 'end'>,
  segments: readonly TimedSegment[],
): TimedSegment[] =>
  segments.filter(({ start, speechEnd }) => sampleAt(start) < end && sampleAt(speechEnd) > begin);

/** Returns whether a segment begins in a part: each does in one. */
export const beginsIn = ({ from, to }: SoundPart, { start }: TimedSegment): boolean =>
  sampleAt(start) >= from && sampleAt(start) < to;
