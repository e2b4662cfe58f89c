/** The decision of a person about a finished video, or about a chapter that is held because it is doubtful, or failed. */

import { WireError } from 'local-aws/client';
import * as z from 'zod';
import { startHeldReview } from '../../../domain/held-review.ts';
import type { Job } from '../../../domain/job.ts';
import { LedgerEntry } from '../../../domain/ledger-entry.ts';
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
  cloud: Pick<ShownCloud, 'stateMachineArn' | 'resources'>;
  access: CloudAccess;
}

export async function giveVerdict(job: Job, given: Verdict, ports: Ports): Promise<void> {
  if (job.status === 'needs_review') {
    const { verdict, reason = '' } = given;
    return startHeldReview(job.job_id, { verdict, by: 'the console', reason }, startOf(ports));
  }
  if (job.status === 'failed' && given.verdict !== 'approve') {
    await checkIsFailed(job, ports);
    return startHeldReview(job.job_id, { ...given, by: 'the console' }, startOf(ports));
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

/** Refuses a verdict about a chapter that another job has, or that is no longer failed. */
async function checkIsFailed({ job_id, chapter_id }: Job, { cloud, access }: Ports): Promise<void> {
  const item = chapter_id && (await access.item(cloud.resources.chaptersTable, { chapter_id }));
  const entry = LedgerEntry.safeParse(item).data;
  if (entry?.job_id !== job_id || entry.status !== 'failed')
    throw new Refusal(409, `${job_id} no longer has a failed chapter: it was decided, or another job has it`);
}

/** Returns what starts an execution of the flow, and says false when one of that name has ended. */
const startOf =
  ({ cloud: { stateMachineArn }, access }: Ports) =>
  (name: string, input: string): Promise<boolean> =>
    access.states('StartExecution', { stateMachineArn, name, input }).then(
      () => true,
      (error: unknown) => {
        if (error instanceof WireError && error.code === 'ExecutionAlreadyExists') return false;
        throw error;
      },
    );
