import { z } from 'zod';
import { JobId } from './job.ts';

/** Why viewers want to know what follows the end of a Short. */
export const Cliffhanger = z.enum(['question', 'exclamation', 'pause', 'page turn']);
export type Cliffhanger = z.infer<typeof Cliffhanger>;

/** short.json: the upright excerpt of a video that is published as a separate one. */
export const Short = z.object({
  job_id: JobId,
  /** The segments that are told, in order. */
  segments: z.array(z.number().int().nonnegative()).min(1),
  /** Where it begins in the video, and its length with the last card, in seconds. */
  starts_at: z.number().nonnegative(),
  seconds: z.number().positive(),
  cliffhanger: Cliffhanger,
  /** The text that it ends with. */
  last_words: z.string().min(1),
});
export type Short = z.infer<typeof Short>;

/** YouTube takes an upright video of at most this length for a Short, in seconds. */
export const longestShort = 180;
