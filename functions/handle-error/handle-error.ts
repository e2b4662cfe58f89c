import * as z from 'zod';
import { channelOf } from '../../domain/channel.ts';
import { chaptersHeldBy, type Job, JobId } from '../../domain/job.ts';
import type { Log } from '../../domain/log.ts';
import { anchorOf, failedJobLine, runbookEntry } from '../../domain/runbook.ts';
import { type Failure, parseFailure } from './failure.ts';
import type { NotesToTakeBack } from './taking-back-notes.ts';

export interface HandleErrorPorts {
  now(): Date;
  /** Address of the runbook. */
  runbookUrl: string;
  findJob(jobId: JobId): Promise<Job | undefined>;
  /** Returns false if the job does not fail because it has ended meanwhile. */
  markJobFailed(
    jobId: JobId,
    failure: Failure & { failed_at: string; failed_state: string },
  ): Promise<boolean>;
  /** Returns the slot of the day that the job did not use; `day` is set if the job names it. */
  releaseSlot(jobId: JobId, day: string | undefined): Promise<void>;
  /**
   * Releases a chapter after its own failure, to be tried on another day. Returns false if it stays with the job because its
   * video is or could be online; the same below.
   */
  markChapterFailed(chapterId: string, jobId: JobId): Promise<boolean>;
  /** Takes back the approvals of notes that came with a job. */
  takeBackNotes(job: Job, of: NotesToTakeBack): Promise<void>;
  /** Counts the failed job on the run whose lanes count together. */
  countFailure(run: string, jobId: JobId): Promise<void>;
  /** Releases a chapter that did not cause the failure: immediately, and without counting an attempt. */
  releaseChapter(chapterId: string, jobId: JobId): Promise<boolean>;
  /** Returns how a chapter that failed is tried again, and whether the later ones of its series wait for it. */
  attemptsOf(job: Job): Promise<{ attempts: number; retryHours: number; seriesWaits: boolean }>;
  /** Returns since when YouTube refuses a channel; undefined if it does not. */
  refusedSince(channel: string): Promise<string | undefined>;
  /** Returns whether a message was recorded as sent, and records that it was. */
  isTold(message: string): Promise<boolean>;
  markTold(message: string): Promise<void>;
  log: Log;
  /** Notifies the operator; absent when no topic is set. */
  notify?: ((subject: string, message: string) => Promise<void>) | undefined;
}

/** Neither a full day nor a refused channel nor a stop is the chapter's fault: several in a row must not use up its attempts. */
const faultless: ReadonlySet<string> = new Set(['YouTubeQuotaError', 'ChannelRefused', 'ExecutionStopped']);

/** A field of another type counts as absent: a failure is recorded with whatever is known about it. */
const given = z.string().nullish().catch(undefined);
export const Input = z.object({
  job_id: given,
  error: z.unknown().optional(),
  state: given,
  execution_id: given,
  /** The run whose lanes count together, if the job belongs to a lane. */
  run: given,
});

/** Records a failure on its job and reports it. An unknown job is not a second failure. */
export async function run(input: unknown, ports: HandleErrorPorts) {
  const { job_id: givenId, error, state, execution_id, run: runName } = Input.parse(input);
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
    error_name: failure.error_name,
    error_message: failure.error_message,
    runbook,
  });

  const kept: string[] = [];
  const next: string[] = [];
  let refusal: string | undefined;
  const jobId = JobId.safeParse(givenId);
  if (jobId.success) {
    const job = await ports.findJob(jobId.data);
    if (failure.error_name === 'ChannelRefused') refusal = await refusalOf(channelOf(job), ports);
    const giveBack = faultless.has(failure.error_name) ? ports.releaseChapter : ports.markChapterFailed;
    for (const id of chaptersHeldBy(job)) if (!(await giveBack(id, jobId.data))) kept.push(id);
    // A failure after the video went online still counts as a video of the day.
    if (kept.length === 0 && !job?.published_at) await ports.releaseSlot(jobId.data, job?.counted_on);
    // Who rejects a finished video decides about its chapter again, with its notes.
    if (job && failure.error_name === 'ReviewRejected')
      await ports.takeBackNotes(job, { by: 'the review of the video', at: failed_at, onlyOwn: true });
    if (runName) await ports.countFailure(runName, jobId.data);
    const isOut = kept.length > 0;
    if (job && chaptersHeldBy(job).length > 0 && (isOut || giveBack === ports.markChapterFailed))
      next.push(...nextLines(job, isOut, await ports.attemptsOf(job)));
    // The job last: a call that dies before is repeated, and finds the job as it was.
    if (!(await ports.markJobFailed(jobId.data, { ...failure, failed_at, failed_state }))) return answer;
  }
  // Jobs that were at work for the channel fail as well, and are in the day's summary.
  if (refusal !== undefined && (await ports.isTold(refusal))) return answer;
  const subject = `manga-pipeline: ${failed_state} failed with ${failure.error_name}`;
  const message = [
    `What happened: ${failure.error_message}`,
    `${failure.error_name} in ${failed_state}: ${meaning}`,
    `What was tried: ${tried}`,
    `What to do: ${todo}`,
    '',
    ...next,
    ...kept.map((id) => `Chapter: ${id} stays with this job, because its video is or could be online`),
    `Job: ${givenId ?? 'none'}`,
    `Execution: ${execution_id ?? 'unknown'}`,
    `Runbook: ${runbook}`,
    ...(failure.error_log ? ['', 'Last lines of the worker:', failure.error_log] : []),
  ];
  await ports.notify?.(subject, message.join('\n'));
  if (refusal !== undefined) await ports.markTold(refusal);
  return answer;
}

/** Returns what becomes of the chapter of a failed job, and how a person decides otherwise. */
const nextLines = (
  { job_id }: Job,
  isOut: boolean,
  { attempts, retryHours, seriesWaits }: { attempts: number; retryHours: number; seriesWaits: boolean },
): string[] => [
  ...(isOut
    ? []
    : [
        `Chapter: it is tried again after ${retryHours} hours, ${attempts} times in all. make review JOB=${job_id} RETRY='what was changed' tries it at once, REJECT='why' leaves it out`,
      ]),
  ...(seriesWaits ? ['Series: its later chapters wait until this one is published or left out'] : []),
];

/** Returns the name of the message that YouTube refuses a channel, by which it is told once; undefined if it no longer does. */
async function refusalOf(channel: string, ports: HandleErrorPorts): Promise<string | undefined> {
  const since = await ports.refusedSince(channel);
  return since && `refused#${channel}#${since}`;
}
