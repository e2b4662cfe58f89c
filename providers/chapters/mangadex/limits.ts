import type { RateLimiter } from '../../retry/rate-limiter.ts';

/**
 * The two limits of MangaDex, as spacing in ms: 5 requests a second, 40 at-home calls a minute (docs,
 * 2-limitations). A fortieth is left free for requests that overtake each other on their way.
 */
export const mangadexSpacing = { requests: (1000 / 5) * 1.025, atHome: (60_000 / 40) * 1.025 } as const;

/** Both are taken for an at-home call; the first alone for everything else. */
export interface MangaDexLimiters {
  requests: RateLimiter;
  atHome: RateLimiter;
}
