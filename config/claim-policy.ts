import type { Environment } from './variables.ts';

/** Returns how many attempts a chapter has, and how long a person's review can prolong the claim of a job. */
export const claimPolicyOf = (env: Environment<'CHAPTER_ATTEMPTS' | 'REVIEW' | 'REVIEW_HOURS'>) => ({
  attempts: env.CHAPTER_ATTEMPTS,
  reviewHours: env.REVIEW === 'manual' ? env.REVIEW_HOURS : undefined,
});
