import * as z from 'zod';

/**
 * Viewers at a point of a video, relative to its views; above 1 where viewers repeat a part
 * (`audienceWatchRatio` by `elapsedVideoTimeRatio` of YouTube's analytics).
 */
export const RetentionPoint = z.object({
  /** Part of the video that is over, from 0 to 1. */
  at: z.number().min(0).max(1),
  watching: z.number().nonnegative(),
});
export type RetentionPoint = z.infer<typeof RetentionPoint>;

/** A sentence group of a video with its time, in seconds. */
export const TimedSegment = z.object({
  index: z.int().nonnegative(),
  page: z.int().nonnegative(),
  start: z.number().nonnegative(),
  seconds: z.number().nonnegative(),
  text: z.string(),
});
export type TimedSegment = z.infer<typeof TimedSegment>;

export interface WatchedSegment extends TimedSegment {
  /** Viewers who watch at its beginning, relative to views. */
  watching: number;
  /** Viewers who leave during it, relative to views; negative where more begin or repeat. */
  lost: number;
}

/** Joins the retention of a video with what is told: the value between two points is interpolated. */
export function watchedSegments(
  segments: readonly TimedSegment[],
  duration: number,
  points: readonly RetentionPoint[],
): WatchedSegment[] {
  const sorted = points.toSorted((a, b) => a.at - b.at);
  const watchingAt = (time: number) => {
    const at = duration === 0 ? 0 : time / duration;
    const next = sorted.findIndex((point) => point.at >= at);
    const [before, after] = [sorted[next - 1], sorted[next]];
    if (!after) return sorted.at(-1)?.watching ?? 0;
    if (!before) return after.watching;
    const share = (at - before.at) / (after.at - before.at);
    return before.watching + share * (after.watching - before.watching);
  };
  if (sorted.length === 0) return [];
  return segments.map((segment) => {
    const watching = watchingAt(segment.start);
    return { ...segment, watching, lost: watching - watchingAt(segment.start + segment.seconds) };
  });
}
