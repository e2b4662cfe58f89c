import * as z from 'zod';

/** A cached reply, found by the hash of its request: it costs nothing. */
export const KeptReply = z.object({
  text: z.string(),
  finish: z.string(),
  tokens_in: z.number().int().nonnegative(),
  tokens_out: z.number().int().nonnegative(),
  /** The job that paid. The same job counts the cost again after a restart; another one counts nothing. */
  paid_by: z.string(),
});
export type KeptReply = z.infer<typeof KeptReply>;
