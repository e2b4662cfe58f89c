import * as z from 'zod';
import { JobId } from './job.ts';

/** Thumbnails that are drawn for a video: YouTube's own tests take up to three (help pages, "A/B test titles and thumbnails"). */
export const mostThumbnails = 3;

/** A thumbnail of a video: the panel that it shows, and how promising it is. */
export const Thumbnail = z.object({
  key: z.string().min(1),
  page: z.int().positive(),
  panel: z.string().min(1),
  /** Shape of the panel times detail and colour of its picture, from 0 to about 2. */
  score: z.number().nonnegative(),
});
export type Thumbnail = z.infer<typeof Thumbnail>;

/** thumbnails.json: the thumbnails of a video, the best first. */
export const Thumbnails = z.object({
  job_id: JobId,
  thumbnails: z.array(Thumbnail).min(1).max(mostThumbnails),
});
export type Thumbnails = z.infer<typeof Thumbnails>;
