import { z } from 'zod';

/** A reply as it is kept: found again by the hash of its request, it costs nothing. */
export const KeptReply = z.object({
  text: z.string(),
  finish: z.string(),
  tokens_in: z.number().int().nonnegative(),
  tokens_out: z.number().int().nonnegative(),
  /** The job that paid; the same job counts it again after a restart, another one counts nothing. */
  paid_by: z.string(),
});
export type KeptReply = z.infer<typeof KeptReply>;
