import { ChapterUnreadable } from '../../domain/errors.ts';
import type { Job, JobId } from '../../domain/job.ts';
import type { ChapterSource } from '../../providers/chapters/chapter-source.ts';

export interface ClaimingPorts {
  source: Pick<ChapterSource, 'list'>;
  /** Of one series, one after the other, as many as go into a video. */
  chaptersPerVideo: number;
  /** Chapters that are not to be had, as far as is known: asked for once, where `claim` alone decides. */
  taken(jobId: JobId): Promise<ReadonlySet<string>>;
  /** Takes the chapter for the job; false when another has it, or it is published. */
  claim(chapterId: string, jobId: JobId): Promise<boolean>;
}

/** The chapters that a job holds already. */
const heldBy = (job: Job | undefined): string[] =>
  job?.chapter_ids ?? (job?.chapter_id ? [job.chapter_id] : []);

/**
 * Chapters for a job: those that it has, for good, since pages that are stored under its name are of those and no
 * others; else the next that nobody has, with those of its series that follow, up to the first that can't be had.
 */
export async function claimChapters(
  jobId: JobId,
  job: Job | undefined,
  { source, chaptersPerVideo, taken, claim }: ClaimingPorts,
): Promise<string[]> {
  const held = heldBy(job);
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
