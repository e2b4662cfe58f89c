import * as z from 'zod';
import { ReviewRejected } from '../../domain/errors.ts';
import { chaptersHeldBy, type Job, JobId, ReviewVerdict } from '../../domain/job.ts';
import type { ApprovedNote } from '../../domain/limiting-note.ts';
import type { NotesToTakeBack } from './taking-back-notes.ts';

type Decided = Pick<Job, 'review_verdict' | 'reviewed_by' | 'reviewed_at' | 'review_reason' | 'reviewed_in'>;
type Failed = Pick<Job, 'error_name' | 'error_message' | 'failed_at' | 'failed_state'> & { status: 'failed' };

export interface VerdictPorts {
  now(): Date;
  findJob(jobId: JobId): Promise<Job | undefined>;
  updateJob(jobId: JobId, changes: Decided & Partial<Failed>): Promise<void>;
  /** Returns a held chapter to its job, to be published. False when it belongs to another job. */
  resumeChapter(chapterId: string, jobId: JobId): Promise<boolean>;
  /** Holds a chapter that was returned to its job. */
  holdChapter(chapterId: string, jobId: JobId): Promise<boolean>;
  /** Blocks a held or failed chapter permanently. False when it belongs to another job, or its video could be online. */
  rejectChapter(chapterId: string, jobId: JobId, reason: string): Promise<boolean>;
  /** Releases a held chapter for the next run. */
  releaseChapter(chapterId: string, jobId: JobId): Promise<boolean>;
  /** Releases a failed chapter for the next run, with all of its attempts. False when it belongs to another job. */
  retryChapter(chapterId: string, jobId: JobId): Promise<boolean>;
  /** Stores that a note of a series is approved. False if it was before, or this approval was taken back. */
  approveNote(series: string, note: ApprovedNote): Promise<boolean>;
  takeBackNotes(job: Job, of: NotesToTakeBack): Promise<void>;
  /** Returns the chapters of a job without a record that are not at work, published or about to be. */
  chaptersOf(jobId: JobId): Promise<string[]>;
  /** Returns whether a message was recorded as sent, and records that it was. */
  isTold(message: string): Promise<boolean>;
  markTold(message: string): Promise<void>;
  /** Notifies the operator; absent when no topic is set. */
  notify?: ((subject: string, message: string) => Promise<void>) | undefined;
  log(line: Record<string, unknown>): void;
}

/** A person's decision about a held or failed chapter. */
export const VerdictInput = z.object({
  verdict: ReviewVerdict,
  job_id: JobId,
  by: z.string().min(1),
  reason: z.string(),
  execution_id: z.string(),
});

/**
 * Records a verdict on its job and applies it to the chapter. Until the job continues, the latest verdict counts; later
 * ones are `too_late`, and the operator is told. A repeated call returns the same result.
 */
export async function recordVerdict(input: z.infer<typeof VerdictInput>, ports: VerdictPorts) {
  const { verdict, job_id, execution_id } = input;
  const job = await ports.findJob(job_id);
  const decision = job ? await decide(job, input, ports) : await decideWithoutRecord(input, ports);
  const { by, reason } = input;
  ports.log({
    level: 'INFO',
    event: 'chapter_reviewed',
    job_id,
    verdict,
    by,
    reason,
    decision,
    execution_id,
  });
  if (decision === 'too_late') await tellTooLate(job, input, ports);
  return { job_id, decision };
}

/** Notifies the operator once that a verdict had no effect. */
async function tellTooLate(
  job: Job | undefined,
  { verdict, job_id, by, reason, execution_id }: z.infer<typeof VerdictInput>,
  { notify, isTold, markTold }: VerdictPorts,
): Promise<void> {
  const message = `too-late#${execution_id}`;
  if (!notify || (await isTold(message))) return;
  const { status, manga_title, chapter_id, review_verdict, reviewed_by, reviewed_at } = job ?? {};
  const chapter = [manga_title, chapter_id && `(${chapter_id})`].filter(Boolean).join(' ');
  await notify(
    'manga-pipeline: a decision came too late',
    [
      `Decision: ${verdict} by ${by}${reason && `: ${reason}`}. It had no effect.`,
      `Chapter: ${chapter || 'unknown'}`,
      `Why: ${status ? `the job is ${status}` : 'the job has no record and no chapter'}${review_verdict ? `; ${reviewed_by} decided ${review_verdict} at ${reviewed_at}` : ''}${status === 'needs_review' || status === 'failed' ? ', or a chapter of it is no longer its own: another job has it, or it is blocked' : ''}`,
      'What to do: make review lists what waits; make review WHAT=takedown takes a published video down.',
      `Job: ${job_id}`,
      `Execution: ${execution_id}`,
    ].join('\n'),
  );
  await markTold(message);
}

/** Carries out a verdict about the chapters of a job whose record is deleted; there is nothing to approve. */
async function decideWithoutRecord(
  { verdict, job_id, reason }: z.infer<typeof VerdictInput>,
  ports: VerdictPorts,
): Promise<ReviewVerdict | 'too_late'> {
  if (verdict === 'approve') return 'too_late';
  let isDone = false;
  for (const id of await ports.chaptersOf(job_id))
    isDone =
      (await (verdict === 'reject'
        ? ports.rejectChapter(id, job_id, reason)
        : ports.retryChapter(id, job_id).then((isFailed) => isFailed || ports.releaseChapter(id, job_id)))) ||
      isDone;
  return isDone ? verdict : 'too_late';
}

async function decide(
  job: Job,
  { verdict, by, reason, execution_id }: z.infer<typeof VerdictInput>,
  ports: VerdictPorts,
): Promise<ReviewVerdict | 'too_late'> {
  const decided: Decided = {
    review_verdict: verdict,
    reviewed_by: by,
    reviewed_at: ports.now().toISOString(),
    review_reason: reason,
    reviewed_in: execution_id,
  };
  const waits = job.status === 'needs_review';
  if (verdict === 'approve') {
    if (!waits) return 'too_late';
    if (!(await resumeAll(job, ports))) return 'too_late';
    // The job asks again after each hour without a slot; the approver stays the same.
    const isFirst = job.review_verdict !== 'approve';
    if (isFirst) await ports.updateJob(job.job_id, decided);
    await rememberNotes(isFirst ? { ...job, ...decided } : job, ports);
    return verdict;
  }
  const isRepeated = job.reviewed_in === execution_id && job.review_verdict === verdict;
  if (job.status === 'failed' && !isRepeated) return decideFailed(job, decided, ports);
  if (!waits && !isRepeated) return 'too_late';
  await ports.takeBackNotes(job, { by, at: decided.reviewed_at ?? '', onlyOwn: verdict === 'retry' });
  // Chapters first: if the call dies here, it is repeated and finds the job unchanged.
  for (const id of chaptersHeldBy(job))
    await (verdict === 'reject'
      ? ports.rejectChapter(id, job.job_id, reason)
      : ports.releaseChapter(id, job.job_id));
  if (!isRepeated) {
    const { name } = new ReviewRejected();
    await ports.updateJob(job.job_id, {
      ...decided,
      status: 'failed',
      error_name: name,
      error_message: verdict === 'reject' ? reason : `released to be made again: ${reason}`,
      failed_at: decided.reviewed_at,
      failed_state: 'RecordVerdict',
    });
  }
  return verdict;
}

/**
 * Stores the notes that held an approved job, under the time of its approval: a repeated call, however late, does not store one again that
 * was taken back since.
 */
async function rememberNotes(job: Job, { approveNote, log }: VerdictPorts): Promise<void> {
  const { job_id, manga_id, limiting_notes = [], reviewed_by = '', reviewed_at = '' } = job;
  for (const { text_hash, sentences } of limiting_notes) {
    if (text_hash === null || manga_id === undefined) continue;
    const note = { text_hash, sentences, approved_by: reviewed_by, approved_at: reviewed_at, job_id };
    if (await approveNote(manga_id, note))
      log({ level: 'INFO', event: 'note_approved', ...note, series: manga_id });
  }
}

/** Returns the chapters of a held job to it; all stay held if one no longer belongs to it, as after a takedown. */
async function resumeAll(job: Job, ports: VerdictPorts): Promise<boolean> {
  const resumed: string[] = [];
  for (const id of chaptersHeldBy(job)) {
    if (await ports.resumeChapter(id, job.job_id)) resumed.push(id);
    else {
      for (const one of resumed) await ports.holdChapter(one, job.job_id);
      return false;
    }
  }
  return true;
}

/**
 * Carries out what a person says about the chapters of a failed job, whose series waits for them: they are left out, or made again at
 * once. The job keeps its failure. Chapters that another job has, or whose video could be online, stay as they are.
 */
async function decideFailed(
  job: Job,
  decided: Decided,
  ports: VerdictPorts,
): Promise<ReviewVerdict | 'too_late'> {
  const { review_verdict: verdict, review_reason: reason = '' } = decided;
  const changed: boolean[] = [];
  for (const id of chaptersHeldBy(job))
    changed.push(
      await (verdict === 'reject'
        ? ports.rejectChapter(id, job.job_id, reason)
        : ports.retryChapter(id, job.job_id)),
    );
  if (!verdict || !changed.includes(true)) return 'too_late';
  const { reviewed_by: by = '', reviewed_at: at = '' } = decided;
  if (verdict === 'reject') await ports.takeBackNotes(job, { by, at, onlyOwn: false });
  await ports.updateJob(job.job_id, decided);
  return verdict;
}
