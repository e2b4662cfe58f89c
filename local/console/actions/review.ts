/** The decision of a person about a finished video, or about a chapter that is held because it is doubtful. */

import { WireError } from 'local-aws/client';
import { z } from 'zod';
import {
  type HeldVerdict,
  heldReviewInput,
  heldReviewName,
  mostHeldReviews,
} from '../../../domain/held-review.ts';
import type { Job } from '../../../domain/job.ts';
import type { CloudAccess, ShownCloud } from '../../cloud-access.ts';
import { Refusal } from '../responses.ts';

const reason = z.string().trim().min(1).max(1000);
export const Verdict = z.discriminatedUnion('verdict', [
  z.object({ verdict: z.literal('approve'), reason: reason.optional() }),
  z.object({ verdict: z.literal('reject'), reason }),
  z.object({ verdict: z.literal('retry'), reason }),
]);
export type Verdict = z.infer<typeof Verdict>;

interface Ports {
  cloud: Pick<ShownCloud, 'stateMachineArn'>;
  access: CloudAccess;
}

export async function giveVerdict(job: Job, given: Verdict, ports: Ports): Promise<void> {
  if (job.status === 'needs_review') {
    const { verdict, reason = '' } = given;
    return decideHeld(job, { verdict, by: 'the console', reason }, ports);
  }
  if (given.verdict === 'retry') throw new Refusal(409, `${job.job_id} is not held`);
  const { access } = ports;
  const { review_token: taskToken } = job;
  if (!taskToken || job.status !== 'awaiting_review')
    throw new Refusal(409, `${job.job_id} is not waiting for a review`);
  try {
    if (given.verdict === 'approve')
      await access.states('SendTaskSuccess', { taskToken, output: JSON.stringify({ approved: true }) });
    else await access.states('SendTaskFailure', { taskToken, error: 'ReviewRejected', cause: given.reason });
  } catch (error) {
    if (
      !(error instanceof WireError) ||
      !['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'].includes(error.code)
    )
      throw error;
    throw new Refusal(409, `${job.job_id} was already decided, or its review timed out`);
  }
}

/** Starts the execution that carries out the decision; submitting the same decision twice starts one execution. */
async function decideHeld({ job_id }: Job, verdict: HeldVerdict, { cloud, access }: Ports): Promise<void> {
  const { stateMachineArn } = cloud;
  const input = heldReviewInput(job_id, verdict);
  for (let attempt = 1; attempt <= mostHeldReviews; attempt++) {
    const name = heldReviewName(job_id, verdict.verdict, attempt);
    try {
      await access.states('StartExecution', { stateMachineArn, name, input });
      return;
    } catch (error) {
      // An execution of this name has ended without deciding it.
      if (!(error instanceof WireError) || error.code !== 'ExecutionAlreadyExists') throw error;
    }
  }
  throw new Refusal(409, `${job_id}: ${mostHeldReviews} executions have ended without deciding it`);
}
