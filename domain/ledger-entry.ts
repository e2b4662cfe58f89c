import * as z from 'zod';

/** An item of the chapters table: which job has a chapter, and what became of it. Times are ISO 8601. */
export const LedgerEntry = z.object({
  chapter_id: z.string(),
  /** `held` until a person decides; `blocked` by a takedown or a reviewer: never claimed again. */
  status: z.enum(['claimed', 'held', 'published', 'failed', 'blocked']),
  job_id: z.string(),
  /** The file that the chapter was read from, where known. */
  source_file: z.string().optional(),
  /** The channel of its videos, unless that is the first one. */
  channel: z.string().optional(),
  youtube_url: z.string().optional(),
  short_url: z.string().optional(),
  /** Why it is blocked. */
  blocked_for: z.string().optional(),
  /** The addresses of a blocked chapter that a takedown has dealt with; another one came up later. */
  taken_down: z.array(z.string()).optional(),
  claimed_at: z.string().optional(),
  updated_at: z.string().optional(),
  /** When the claim expires; absent once its video could be online. */
  lease_until: z.string().optional(),
  /** Since when its video could be online; only a person can release such a chapter. */
  out_since: z.string().optional(),
  /** When a failed chapter can be tried again. */
  retry_at: z.string().optional(),
  /** Number of attempts that failed. */
  attempts: z.number().optional(),
});
export type LedgerEntry = z.infer<typeof LedgerEntry>;

/**
 * Returns whether a chapter waits for a person, a slot or its next attempt, so that the later ones of its series wait for it. One whose
 * video could be online stays with its job, also when that has ended (`isAtWork`), and so does one that was approved. One without a failed
 * attempt was released, and is made by the next run.
 */
export const isUnfinished = (
  { status, attempts = 0, lease_until }: LedgerEntry,
  isAtWork: boolean,
): boolean =>
  status === 'held' ||
  (status === 'failed' && attempts > 0) ||
  (status === 'claimed' && lease_until === undefined && !isAtWork);
