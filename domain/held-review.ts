import { ConfigurationError } from './errors.ts';
import type { Job, JobId, ReviewVerdict } from './job.ts';

export interface HeldVerdict {
  verdict: ReviewVerdict;
  /** Name of the person who decided. */
  by: string;
  /** The reason, or what was changed; optional for an approval. */
  reason: string;
}

/** Number of names that are tried before it is an error. */
const mostHeldReviews = 20;

/** Input of the execution that carries out a person's verdict on a held chapter. */
const heldReviewInput = (job_id: JobId, { verdict, by, reason }: HeldVerdict): string =>
  JSON.stringify({ reviewed: { job_id, verdict, by, reason } });

/**
 * Returns the name of that execution. Names are unique, so the same verdict given twice in parallel is one execution.
 * `attempt` counts from 1; another one is needed if the previous one ended and the job still waits.
 */
const heldReviewName = (job_id: JobId, verdict: ReviewVerdict, attempt: number): string =>
  `${verdict}-${job_id}${attempt === 1 ? '' : `-${attempt}`}`;

/**
 * Starts the execution that carries out a verdict; the same verdict given twice starts one.
 * @param start starts an execution; returns false when one with this name has ended
 * @throws when executions under all names have ended without deciding the job
 */
export async function startHeldReview(
  job_id: JobId,
  verdict: HeldVerdict,
  start: (name: string, input: string) => Promise<boolean>,
): Promise<void> {
  for (let attempt = 1; attempt <= mostHeldReviews; attempt++)
    if (await start(heldReviewName(job_id, verdict.verdict, attempt), heldReviewInput(job_id, verdict)))
      return;
  throw new ConfigurationError(`${job_id}: ${mostHeldReviews} executions have ended without deciding it`);
}

/** Returns a description of what a held job waits for. */
export const heldFor = ({ review_verdict, reviewed_by }: Job): string =>
  review_verdict === 'approve' ? `approved by ${reviewed_by}, waits for a slot of the day` : 'waits for you';
