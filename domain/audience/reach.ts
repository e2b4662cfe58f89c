import * as z from 'zod';

/** Impressions and clicks of a video's thumbnails on a day of Los Angeles (YouTube's reach report). */
export const DailyReach = z.object({
  day: z.iso.date(),
  impressions: z.int().nonnegative(),
  /** Impressions times the click rate: YouTube reports the rate only. */
  clicks: z.number().nonnegative(),
});
export type DailyReach = z.infer<typeof DailyReach>;
