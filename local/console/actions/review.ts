/** The verdict of the person who looks at a video before it is published. */
import { z } from 'zod';
import type { Job } from '../../../domain/job.ts';
import { WireError } from '../../wire.ts';
import { Refusal } from '../answers.ts';
import type { CloudAccess } from '../cloud-access.ts';

export const Verdict = z.discriminatedUnion('verdict', [
  z.object({ verdict: z.literal('approve') }),
  z.object({ verdict: z.literal('reject'), reason: z.string().trim().min(1).max(1000) }),
]);

export async function giveVerdict(
  job: Job,
  given: z.infer<typeof Verdict>,
  access: CloudAccess,
): Promise<void> {
  const { review_token: taskToken } = job;
  if (!taskToken || job.status !== 'awaiting_review')
    throw new Refusal(409, `${job.job_id} does not wait for a review`);
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
    throw new Refusal(409, `${job.job_id} was decided already, or its time was over`);
  }
}
