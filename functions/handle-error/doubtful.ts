import { z } from 'zod';
import type { Config } from '../../config/settings/index.ts';
import { type Job, JobId } from '../../domain/job.ts';
import { anchorOf } from '../../domain/runbook.ts';

export interface DoubtfulPorts {
  now(): Date;
  runbookUrl: string;
  onDoubt: Config['onDoubt'];
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
  /** Keeps a chapter for the job until a person decides. False when the job does not have it any more. */
  holdChapter(chapterId: string, jobId: JobId): Promise<boolean>;
  /** Gives the job's slot of the day back; `day` where the job knows it. */
  releaseSlot(jobId: JobId, day: string | undefined): Promise<void>;
  log(line: Record<string, unknown>): void;
  notify?: ((subject: string, message: string) => Promise<void>) | undefined;
}

/** What the flow says of a chapter that was not read surely. */
export const DoubtfulInput = z.object({
  outcome: z.literal('ChapterDoubtful'),
  job_id: JobId,
  execution_id: z.string().nullish(),
});

/** Several causes in one text, as an error has it. */
const inOneText = (reasons: readonly string[]) =>
  reasons.join('; ') || 'scriptgen left no reasons on the job';

/**
 * Decides what becomes of a doubtful chapter. A held one is no failure: its job waits with its script, its chapter is
 * kept for it, and its slot of the day is free again. A person's approval on the job stands above the setting.
 */
export async function recordDoubt(input: z.infer<typeof DoubtfulInput>, ports: DoubtfulPorts) {
  const { job_id, execution_id } = input;
  const job = await ports.findJob(job_id);
  const reasons = job?.doubt_reasons ?? [];
  const answer = (decision: 'hold' | 'publish' | 'fail') => ({
    job_id,
    decision,
    reasons: inOneText(reasons).slice(0, 2000),
  });
  // The call comes again after a person has decided: what became of the job since then must stay.
  if (job?.review_verdict) return answer(job.review_verdict === 'approve' ? 'publish' : 'hold');
  if (ports.onDoubt === 'fail') return answer('fail');

  const held = ports.onDoubt === 'hold';
  const lost: string[] = [];
  if (held) {
    for (const id of job?.chapter_ids ?? (job?.chapter_id ? [job.chapter_id] : []))
      if (!(await ports.holdChapter(id, job_id))) lost.push(id);
    await ports.releaseSlot(job_id, job?.counted_on);
    await ports.updateJob(job_id, {
      status: 'needs_review',
      held_at: job?.held_at ?? ports.now().toISOString(),
      // It counts on the day on which it goes on.
      counted_on: null,
      progress: null,
    });
  }
  if (job?.doubt_told_at) return answer(ports.onDoubt);
  const { chapter_id, manga_title } = job ?? {};
  ports.log({
    level: 'WARN',
    event: held ? 'chapter_held' : 'doubtful_chapter_goes_on',
    ...{ job_id, chapter_id, reasons, execution_id },
  });
  await ports.notify?.(
    held ? 'manga-pipeline: a chapter waits for you' : 'manga-pipeline: a doubtful chapter is published',
    [
      `Chapter: ${[manga_title, chapter_id && `(${chapter_id})`].filter(Boolean).join(' ') || 'unknown'}`,
      `What is doubtful:`,
      ...reasons.map((reason) => `- ${reason}`),
      ...lost.map((id) => `- ${id} is not the job's any more: another job has it, or it was freed`),
      '',
      held
        ? `What to do: make review JOB=${job_id} shows it; then APPROVE=1, REJECT='why' or RETRY='what was changed'. The day goes on with the next chapter.`
        : 'What to do: look at the video; onDoubt: hold would have kept it for you.',
      `Job: ${job_id}`,
      `Execution: ${execution_id ?? 'unknown'}`,
      `Runbook: ${ports.runbookUrl}#${anchorOf('ChapterDoubtful')}`,
    ].join('\n'),
  );
  // Told twice only if this call dies right here: the other order could tell nobody.
  await ports.updateJob(job_id, { doubt_told_at: ports.now().toISOString() });
  return answer(ports.onDoubt);
}
