import type { JobId, JobProgress } from '../domain/job.ts';

export type ReportProgress = (jobId: JobId, progress: JobProgress) => Promise<void>;

const intervalMs = 1000;

/** Passes on the first and the last report, and between them at most one in a second, to limit writes. */
export function throttledProgress(report: ReportProgress): ReportProgress {
  let last = Number.NEGATIVE_INFINITY;
  return async (jobId, progress) => {
    const now = performance.now();
    if (progress.done < progress.total && now - last < intervalMs) return;
    last = now;
    await report(jobId, progress);
  };
}
