import * as z from 'zod';
import { JobId } from './job.ts';

/** Characters a second; espeak speaks 13 to 15 of the sample's. */
export const usualRate = 14;

/** Comfortable reading speed of subtitles and cards, in characters a second. */
export const easyReading = 17;

/** A word and its time, in seconds from the start of its segment. */
export const SpokenWord = z.object({
  text: z.string(),
  start: z.number().nonnegative(),
  end: z.number().nonnegative(),
  /** Start times of further spoken words for this one, as for `29A-12345`; absent if it is one word. */
  parts: z.array(z.number().nonnegative()).optional(),
});
export type SpokenWord = z.infer<typeof SpokenWord>;

/** One spoken segment. `duration` is that of the audio, in seconds; `pause_after` is the silence that follows. */
export const SpokenSegment = z.object({
  index: z.number().int().nonnegative(),
  audio: z.string(),
  duration: z.number().positive(),
  pause_after: z.number().nonnegative(),
  words: z.array(SpokenWord),
});
export type SpokenSegment = z.infer<typeof SpokenSegment>;

/** Checkpoint of one segment: `content` is the hash of the text and the voice that made the audio. */
export const SegmentTiming = SpokenSegment.extend({ content: z.string() });
export type SegmentTiming = z.infer<typeof SegmentTiming>;

/** One utterance as it is cached for later jobs, in one object, so that it is complete or absent. */
export const RememberedSpeech = z.object({
  mp3: z.base64(),
  duration: z.number().positive(),
  words: z.array(SpokenWord),
});
export type RememberedSpeech = z.infer<typeof RememberedSpeech>;

/** speech.json. `duration` is the whole programme with its pauses, in seconds. */
export const Speech = z.object({
  job_id: JobId,
  voice: z.string(),
  duration: z.number().positive(),
  /** The characters' voices, if the script has speakers. */
  cast: z.array(z.object({ name: z.string(), sound: z.string() })).optional(),
  segments: z.array(SpokenSegment).min(1),
});
export type Speech = z.infer<typeof Speech>;

/** Returns when each segment of a script is told, in seconds: they follow one another, each with the pause after it. */
export function timed<Told extends { index: number }>(
  segments: readonly Told[],
  speech: Pick<Speech, 'segments'>,
): { segments: (Told & { start: number; seconds: number })[]; duration: number } {
  const spoken = new Map(speech.segments.map((segment) => [segment.index, segment]));
  let start = 0;
  const timedOnes = segments.map((segment) => {
    const { duration, pause_after } = spoken.get(segment.index) ?? { duration: 0, pause_after: 0 };
    const one = { ...segment, start, seconds: duration + pause_after };
    start += one.seconds;
    return one;
  });
  return { segments: timedOnes, duration: start };
}
