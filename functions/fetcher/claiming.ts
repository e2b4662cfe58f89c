import { ChapterUnreadable } from '../../domain/errors.ts';
import { chaptersHeldBy, type Job, type JobId } from '../../domain/job.ts';
import type { ChapterSource } from '../../providers/chapters/chapter-source.ts';

export interface ClaimingPorts {
  source: Pick<ChapterSource, 'list'>;
  /** Consecutive chapters of one series, as many as go into a video. */
  chaptersPerVideo: number;
  /** Known unavailable chapters; read once, since `claim` decides. */
  taken(jobId: JobId): Promise<ReadonlySet<string>>;
  /** Claims the chapter for the job; false when another job has it, or it is published. */
  claim(chapterId: string, jobId: JobId): Promise<boolean>;
}

/**
 * Claims chapters for a job. A job keeps the chapters that it holds, since pages already stored belong to them. Otherwise it
 * claims the next free one, and those of its series that follow, up to the first that is not available.
 */
export async function claimChapters(
  jobId: JobId,
  job: Job | undefined,
  { source, chaptersPerVideo, taken, claim }: ClaimingPorts,
): Promise<string[]> {
  const held = chaptersHeldBy(job);
  for (const id of held)
    if (!(await claim(id, jobId)))
      throw new ChapterUnreadable(`${id} was taken from ${jobId}: another job has it, or it is published`);
  if (held.length > 0) return held;

  const others = await taken(jobId);
  const claimed: string[] = [];
  let series: string | undefined;
  for await (const next of source.list()) {
    if (claimed.length > 0 && (next.series === undefined || next.series !== series)) break;
    if (!others.has(next.chapter_id) && (await claim(next.chapter_id, jobId))) {
      claimed.push(next.chapter_id);
      series = next.series;
      if (claimed.length >= chaptersPerVideo) break;
    } else if (claimed.length > 0) break;
  }
  return claimed;
}
