import * as z from 'zod';
import { type Job, JobId } from './job.ts';

/** Reasons why viewers want to know what follows the end of a Short. */
export const Cliffhanger = z.enum(['question', 'exclamation', 'pause', 'page turn']);
export type Cliffhanger = z.infer<typeof Cliffhanger>;

/** short.json: the upright excerpt of a video that is published as a separate one. */
export const Short = z.object({
  job_id: JobId,
  /** The segments that are told, in order. */
  segments: z.array(z.number().int().nonnegative()).min(1),
  /** Its beginning in the video, and its length with the last card, in seconds. */
  starts_at: z.number().nonnegative(),
  seconds: z.number().positive(),
  cliffhanger: Cliffhanger,
  /** The text that it ends with. */
  last_words: z.string().min(1),
});
export type Short = z.infer<typeof Short>;

/** YouTube takes an upright video of at most this length for a Short, in seconds. */
export const longestShort = 180;

/** Returns whether a series makes Shorts, as its latest job found its settings, which can be beside the chapters. */
export function hasSeriesWithShorts(
  jobs: readonly Pick<Job, 'manga_id' | 'shorts' | 'updated_at'>[],
): boolean {
  const bySeries = Map.groupBy(jobs, ({ manga_id }) => manga_id);
  const latest = [...bySeries.values()].map((own) =>
    own.reduce((one, other) => (one.updated_at < other.updated_at ? other : one)),
  );
  return latest.some(({ shorts }) => shorts);
}
