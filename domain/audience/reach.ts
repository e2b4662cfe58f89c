import * as z from 'zod';

/** How often thumbnails of a video were shown on a day of Los Angeles, and clicked (YouTube's reach report). */
export const DailyReach = z.object({
  day: z.iso.date(),
  impressions: z.int().nonnegative(),
  /** Impressions times the click rate: YouTube reports the rate only. */
  clicks: z.number().nonnegative(),
});
export type DailyReach = z.infer<typeof DailyReach>;
