import * as z from 'zod';
import { JobId } from '../job.ts';
import type { Script } from '../script.ts';
import { type Speech, timed } from '../speech.ts';
import { Thumbnail } from '../thumbnails.ts';
import { RetentionPoint, TimedSegment } from './retention.ts';
import { Trial } from './trial.ts';

/** The audience of a published video; kept after the artifacts of its job. */
export const AudienceRecord = z.object({
  job_id: JobId,
  video_id: z.string().min(1),
  title: z.string().min(1),
  url: z.string(),
  published_at: z.iso.datetime(),
  /** Length in seconds. */
  duration: z.number().nonnegative(),
  segments: z.array(TimedSegment),
  /** Its thumbnails, the best first. */
  thumbnails: z.array(Thumbnail),
  /** Absent if there is nothing to compare. */
  trial: Trial.optional(),
  /** YouTube's latest answer; without points until there are enough views. */
  retention: z.object({ asked_at: z.iso.datetime(), points: z.array(RetentionPoint) }).optional(),
  /** When YouTube did not answer since then, as about a video that was deleted. */
  retention_failed_at: z.iso.datetime().optional(),
});
export type AudienceRecord = z.infer<typeof AudienceRecord>;

/** The outcome of the latest review of a channel's audience. */
export const AudienceReview = z.object({
  /** Quota day. */
  day: z.iso.date(),
  reviewed_at: z.iso.datetime(),
  /** What could not be done or read, in words; absent if there was nothing. */
  problem: z.string().optional(),
});
export type AudienceReview = z.infer<typeof AudienceReview>;

/** Characters of a segment that are kept: enough to recognise it. */
const keptCharacters = 80;

const shortened = (text: string) =>
  text.length > keptCharacters ? `${text.slice(0, keptCharacters - 1)}…` : text;

/** Returns when each segment is told. A pause belongs to the segment before it. */
export function timedSegments(
  script: Pick<Script, 'segments'>,
  speech: Pick<Speech, 'segments'>,
): { segments: TimedSegment[]; duration: number } {
  const { segments, duration } = timed(script.segments, speech);
  return {
    segments: segments.map(({ index, page, start, seconds, text }) => ({
      ...{ index, page, start, seconds },
      text: shortened(text),
    })),
    duration,
  };
}
