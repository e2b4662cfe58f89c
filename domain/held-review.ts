import type { Job, JobId, ReviewVerdict } from './job.ts';

export interface HeldVerdict {
  verdict: ReviewVerdict;
  /** Who decided. */
  by: string;
  /** Why, or what was changed; an approval can do without. */
  reason: string;
}

/** Input of the execution that carries out a person's verdict on a held chapter. */
export const heldReviewInput = (job_id: JobId, { verdict, by, reason }: HeldVerdict): string =>
  JSON.stringify({ reviewed: { job_id, verdict, by, reason } });

/**
 * Name of that execution: the same verdict given twice at once is one execution, since names are unique. `attempt` counts
 * from 1; another is needed where the one before has ended and the job still waits.
 */
export const heldReviewName = (job_id: JobId, verdict: ReviewVerdict, attempt: number): string =>
  `${verdict}-${job_id}${attempt === 1 ? '' : `-${attempt}`}`;

/** Names that are tried before something else must be wrong. */
export const mostHeldReviews = 20;

/** What a held job waits for, in words. */
export const heldFor = ({ review_verdict, reviewed_by }: Job): string =>
  review_verdict === 'approve' ? `approved by ${reviewed_by}, waits for a slot of the day` : 'waits for you';
