import type { Job, JobId, ReviewVerdict } from './job.ts';

export interface HeldVerdict {
  verdict: ReviewVerdict;
  /** Name of the person who decided. */
  by: string;
  /** The reason, or what was changed; optional for an approval. */
  reason: string;
}

/** Input of the execution that carries out a person's verdict on a held chapter. */
export const heldReviewInput = (job_id: JobId, { verdict, by, reason }: HeldVerdict): string =>
  JSON.stringify({ reviewed: { job_id, verdict, by, reason } });

/**
 * Returns the name of that execution. Names are unique, so the same verdict given twice in parallel is one execution.
 * `attempt` counts from 1; another one is needed if the previous one ended and the job still waits.
 */
export const heldReviewName = (job_id: JobId, verdict: ReviewVerdict, attempt: number): string =>
  `${verdict}-${job_id}${attempt === 1 ? '' : `-${attempt}`}`;

/** Number of names that are tried before it is an error. */
export const mostHeldReviews = 20;

/** Returns a description of what a held job waits for. */
export const heldFor = ({ review_verdict, reviewed_by }: Job): string =>
  review_verdict === 'approve' ? `approved by ${reviewed_by}, waits for a slot of the day` : 'waits for you';
