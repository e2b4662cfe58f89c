import * as z from 'zod';
import type { DoubtConsequence } from '../../config/doubt-policy.ts';
import { chaptersHeldBy, type Job, JobId } from '../../domain/job.ts';
import { anchorOf } from '../../domain/runbook.ts';

export interface DoubtfulPorts {
  now(): Date;
  runbookUrl: string;
  /** Returns what happens to a doubtful chapter of a job's series and channel; of any, if the job names none. */
  onDoubtIn(job: Job | undefined): Promise<DoubtConsequence>;
  findJob(jobId: JobId): Promise<Job | undefined>;
  updateJob(
    jobId: JobId,
    changes: {
      status?: 'needs_review';
      held_at?: string;
      doubt_told_at?: string;
      counted_on?: null;
      progress?: null;
    },
  ): Promise<void>;
  /** Reserves a chapter for the job until a person decides. False when the job no longer has it. */
  holdChapter(chapterId: string, jobId: JobId): Promise<boolean>;
  /** Returns the job's slot of the day; `day` if the job names it. */
  releaseSlot(jobId: JobId, day: string | undefined): Promise<void>;
  /** Counts the held job on the run whose lanes count together. */
  countHeld(run: string, jobId: JobId): Promise<void>;
  log(line: Record<string, unknown>): void;
  notify?: ((subject: string, message: string) => Promise<void>) | undefined;
}

/** The flow's message about a doubtful chapter. */
export const DoubtfulInput = z.object({
  outcome: z.literal('ChapterDoubtful'),
  job_id: JobId,
  execution_id: z.string().nullish(),
  run: z.string().nullish(),
});

/** Joins several causes into one text for an error. */
const inOneText = (reasons: readonly string[]) =>
  reasons.join('; ') || 'scriptgen left no reasons on the job';

/**
 * Decides what happens to a doubtful chapter. A held one is not a failure: its job waits with its script, its chapter is
 * reserved for it, and its slot of the day is free again. A person's approval on the job takes precedence over the
 * setting.
 */
export async function recordDoubt(input: z.infer<typeof DoubtfulInput>, ports: DoubtfulPorts) {
  const { job_id, execution_id, run } = input;
  const job = await ports.findJob(job_id);
  const reasons = job?.doubt_reasons ?? [];
  const answer = (decision: 'hold' | 'publish' | 'fail') => ({
    job_id,
    decision,
    reasons: inOneText(reasons).slice(0, 2000),
  });
  // The call can be repeated after a person has decided: later changes of the job must stay.
  if (job?.review_verdict === 'approve') return answer('publish');
  if (job?.review_verdict && job.status === 'failed') return answer('hold');
  const { onDoubt, from, unused } = await ports.onDoubtIn(job);
  if (onDoubt === 'fail') return answer('fail');

  const held = onDoubt === 'hold';
  const lost: string[] = [];
  if (held) {
    if (run) await ports.countHeld(run, job_id);
    for (const id of chaptersHeldBy(job)) if (!(await ports.holdChapter(id, job_id))) lost.push(id);
    await ports.releaseSlot(job_id, job?.counted_on);
    await ports.updateJob(job_id, {
      status: 'needs_review',
      held_at: job?.held_at ?? ports.now().toISOString(),
      // The job counts toward the day when it continues.
      counted_on: null,
      progress: null,
    });
  }
  if (job?.doubt_told_at) return answer(onDoubt);
  const { chapter_id, manga_title } = job ?? {};
  ports.log({
    level: 'WARN',
    event: held ? 'chapter_held' : 'doubtful_chapter_goes_on',
    ...{ job_id, chapter_id, reasons, execution_id, on_doubt: onDoubt, on_doubt_from: from },
    ...(unused && { unused_on_doubt: unused }),
  });
  await ports.notify?.(
    held ? 'manga-pipeline: a chapter waits for you' : 'manga-pipeline: a doubtful chapter is published',
    [
      `Chapter: ${[manga_title, chapter_id && `(${chapter_id})`].filter(Boolean).join(' ') || 'unknown'}`,
      `What is doubtful:`,
      ...reasons.map((reason) => `- ${reason}`),
      ...(unused
        ? [
            `- ${unused.from} says onDoubt ${unused.onDoubt}, which is ignored, because it is less strict than ${onDoubt} (${from})`,
          ]
        : []),
      ...lost.map((id) => `- ${id} no longer belongs to the job: another job has it, or it was released`),
      '',
      held
        ? `What to do: make review JOB=${job_id} shows it; then APPROVE=1, REJECT='why' or RETRY='what was changed'. ${job?.overtaken_by === undefined ? 'Its series continues after that, and the run with others.' : 'Its series does not wait for it.'}`
        : 'What to do: check the video; with onDoubt: hold it would have waited for you.',
      `Job: ${job_id}`,
      `Execution: ${execution_id ?? 'unknown'}`,
      `Runbook: ${ports.runbookUrl}#${anchorOf('ChapterDoubtful')}`,
    ].join('\n'),
  );
  // If this call dies here, the message is sent twice; in the other order it might never be sent.
  await ports.updateJob(job_id, { doubt_told_at: ports.now().toISOString() });
  return answer(onDoubt);
}
