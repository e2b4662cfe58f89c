import * as z from 'zod';
import { thresholdNames } from './limits.ts';

/** A threshold that a chapter was judged by, and where its value comes from. */
export const AppliedThreshold = z.object({
  name: z.enum(thresholdNames),
  value: z.number(),
  /** `default`, `stage`, `channel <name>`, or the file of the series. */
  from: z.string().min(1),
});
export type AppliedThreshold = z.infer<typeof AppliedThreshold>;
