import { type DeploymentRecord, isSame, type Versions } from '../../domain/deployment-record.ts';
import type { Job } from '../../domain/job.ts';

/** A recorded deployment, and what is known of it today. */
export interface Past {
  record: DeploymentRecord;
  /** Videos that it made from their first step to their publication. */
  videos: number;
  /** A rollback left it, or skipped it on its way back. */
  undone: boolean;
}

type Published = Pick<Job, 'created_at' | 'published_at'>;

/** Returns the deployments, the newest first. A job counts for the one under which it began and was published. */
export function historyOf(records: readonly DeploymentRecord[], jobs: readonly Published[]): Past[] {
  const inOrder = [...records].sort((one, other) => one.at.localeCompare(other.at));
  return inOrder
    .map((record, index) => {
      const end = inOrder[index + 1]?.at ?? '9999';
      const made = jobs.filter(
        ({ created_at, published_at }) =>
          created_at !== undefined &&
          created_at >= record.at &&
          published_at !== undefined &&
          published_at < end,
      );
      const undone = inOrder.some(
        ({ at, returned_to }) => returned_to !== undefined && returned_to < record.at && record.at < at,
      );
      return { record, videos: made.length, undone };
    })
    .reverse();
}

/**
 * Returns the last good deployment: the newest one that published a video, was not undone, and differs from what is live.
 */
export const lastGood = (history: readonly Past[], live: Versions): Past | undefined =>
  history.find(({ record, videos, undone }) => videos > 0 && !undone && !isSame(record, live));
