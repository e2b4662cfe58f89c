import { statusesAtWork } from '../../domain/job.ts';
import type { JobRecord, Upload, Versions } from './records.ts';

/**
 * Returns the record that each job must have: that of the copy, unless the job was published since. A job at work failed,
 * since its execution has ended.
 */
export function restoreJobs({ live, copy }: Versions<JobRecord>, uploads: readonly Upload[], now: string) {
  const urls = new Map(uploads.flatMap(({ jobId, url }) => (url ? [[jobId, url] as const] : [])));
  const jobs = new Map(live.map((job) => [job.job_id, job]));
  for (const job of copy) if (jobs.get(job.job_id)?.status !== 'published') jobs.set(job.job_id, job);
  return [...jobs.values()].map((job): JobRecord => {
    const url = urls.get(job.job_id);
    if (job.status === 'published') return job;
    if (url) return { ...job, status: 'published', youtube_url: url, updated_at: now };
    if (!statusesAtWork.has(job.status)) return job;
    const failure = {
      error_name: 'ExecutionStopped',
      error_message: 'The tables were restored while it was at work',
    };
    return { ...job, ...failure, status: 'failed', failed_at: now, updated_at: now };
  });
}
