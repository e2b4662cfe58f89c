import { z } from 'zod';
import { type Job, JobId } from '../../domain/job.ts';
import type { Log } from '../../domain/log.ts';
import { anchorOf, failedJobLine, runbookEntry } from '../../domain/runbook.ts';
import { type Failure, parseFailure } from './failure.ts';

export interface HandleErrorPorts {
  now(): Date;
  /** Where the runbook is to be read. */
  runbookUrl: string;
  findJob(jobId: JobId): Promise<Job | undefined>;
  markJobFailed(jobId: JobId, failure: Failure & { failed_at: string; failed_state: string }): Promise<void>;
  /** Gives back the slot of the day that the job did not use; `day` where the job knows it. */
  releaseSlot(jobId: JobId, day: string | undefined): Promise<void>;
  /**
   * Gives a chapter back after a failure of its own, to be tried another day. False when it stays with the job, since its
   * video is out, or may be; the same below.
   */
  markChapterFailed(chapterId: string, jobId: JobId): Promise<boolean>;
  /** Gives a chapter back that had no part in the failure: free at once, and no attempt is counted. */
  releaseChapter(chapterId: string, jobId: JobId): Promise<boolean>;
  log: Log;
  /** Tells the operator; absent when no topic is set. */
  notify?: ((subject: string, message: string) => Promise<void>) | undefined;
}

/** A day that is full says nothing about the chapter: some such days in a row must not use up its attempts. */
const faultless: ReadonlySet<string> = new Set(['YouTubeQuotaError']);

/** What is of another kind counts as not given: a failure is recorded with what is known of it. */
const given = z.string().nullish().catch(undefined);
export const Input = z.object({
  job_id: given,
  error: z.unknown().optional(),
  state: given,
  execution_id: given,
});

/** Records a failure on its job and tells of it. A job that nobody knows is no second failure. */
export async function run(input: unknown, ports: HandleErrorPorts) {
  const { job_id: givenId, error, state, execution_id } = Input.parse(input);
  const failure = parseFailure(error);
  const failed_state = state ?? 'unknown';
  const failed_at = ports.now().toISOString();
  const { section, meaning, tried, todo } = runbookEntry(failure.error_name);
  const runbook = `${ports.runbookUrl}#${anchorOf(section)}`;
  const answer = { job_id: givenId ?? null, status: 'failed' as const, error_logged: true };
  ports.log({
    level: 'ERROR',
    event: failedJobLine.event,
    [failedJobLine.field]: section,
    job_id: givenId,
    failed_state,
    execution_id,
    failed_at,
    ...failure,
    runbook,
  });

  const kept: string[] = [];
  const jobId = JobId.safeParse(givenId);
  if (jobId.success) {
    const job = await ports.findJob(jobId.data);
    await ports.markJobFailed(jobId.data, { ...failure, failed_at, failed_state });
    const chapters = job?.chapter_ids ?? (job?.chapter_id ? [job.chapter_id] : []);
    const giveBack = faultless.has(failure.error_name) ? ports.releaseChapter : ports.markChapterFailed;
    for (const id of chapters) if (!(await giveBack(id, jobId.data))) kept.push(id);
    // What failed after the video went out is still a video of the day.
    if (kept.length === 0 && !job?.published_at) await ports.releaseSlot(jobId.data, job?.counted_on);
  }
  const subject = `manga-pipeline: ${failed_state} failed with ${failure.error_name}`;
  const message = [
    `What happened: ${failure.error_message}`,
    `${failure.error_name} in ${failed_state}: ${meaning}`,
    `What was tried: ${tried}`,
    `What to do: ${todo}`,
    '',
    ...kept.map((id) => `Chapter: ${id} stays with this job, since its video is out, or may be`),
    `Job: ${givenId ?? 'none'}`,
    `Execution: ${execution_id ?? 'unknown'}`,
    `Runbook: ${runbook}`,
  ];
  await ports.notify?.(subject, message.join('\n'));
  return answer;
}
