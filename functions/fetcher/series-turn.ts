import type { SeriesOwner } from '../../aws/series-claims.ts';
import { chaptersHeldBy, type Job, type JobId, statusesAtWork } from '../../domain/job.ts';

export interface SeriesTurnPorts {
  now(): Date;
  findJob(jobId: JobId): Promise<Job | undefined>;
  /** Returns whether the job's claim of the chapter is valid now. */
  isClaimedBy(chapterId: string, jobId: JobId): Promise<boolean>;
}

/** A call of this function takes 15 minutes at most; after that a job without a record has ended. */
const longestCallMs = 20 * 60_000;

/**
 * Returns whether the job that took a series still works on it, so that no other job can make the next chapter. It does while
 * one of its chapters is claimed; every way in which a job ends gives that claim up, or lets it expire.
 */
export async function isAtWork({ job_id, taken_at }: SeriesOwner, ports: SeriesTurnPorts): Promise<boolean> {
  const job = await ports.findJob(job_id);
  if (job && !statusesAtWork.has(job.status)) return false;
  for (const id of chaptersHeldBy(job)) if (await ports.isClaimedBy(id, job_id)) return true;
  // The job is recorded right after its first chapter is claimed.
  return !job?.chapter_id && ports.now().getTime() - Date.parse(taken_at) < longestCallMs;
}
