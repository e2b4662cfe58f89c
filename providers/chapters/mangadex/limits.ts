import type { RateLimiter } from '../../retry/rate-limiter.ts';

/**
 * MangaDex's two limits, as spacing in ms: 5 requests a second, 40 at-home calls a minute (docs, 2-limitations). A fortieth
 * is left free for requests that overtake each other.
 */
export const mangadexSpacing = { requests: (1000 / 5) * 1.025, atHome: (60_000 / 40) * 1.025 } as const;

/** An at-home call takes a turn of both; everything else only of the first. */
export interface MangaDexLimiters {
  requests: RateLimiter;
  atHome: RateLimiter;
}
