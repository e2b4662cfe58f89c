import { type Job, statusesAtWork } from './job.ts';

/** What became of the chapters of a series. */
export interface SeriesOverview {
  id: string;
  /** As the last job has it; empty while there is none. */
  title: string;
  published: number;
  at_work: number;
  /** Chapters that wait for a person. */
  held: number;
  failed: number;
}

type Seen = Pick<Job, 'manga_id' | 'manga_title' | 'status'>;

/**
 * Returns every series that has a job or settings, by its id.
 * @param jobs the one that changed last first; those without a series do not count
 */
export function seriesOverview(jobs: readonly Seen[], withSettings: readonly string[]): SeriesOverview[] {
  const bySeries = Map.groupBy(jobs, ({ manga_id }) => manga_id);
  const ids = new Set([...withSettings, ...bySeries.keys()]);
  return [...ids]
    .filter((id) => id !== undefined)
    .map((id) => {
      const own = bySeries.get(id) ?? [];
      const count = (matches: (job: Seen) => boolean) => own.filter(matches).length;
      return {
        id,
        title: own.find(({ manga_title }) => manga_title)?.manga_title ?? '',
        published: count(({ status }) => status === 'published'),
        at_work: count(({ status }) => statusesAtWork.has(status)),
        held: count(({ status }) => status === 'needs_review'),
        failed: count(({ status }) => status === 'failed'),
      };
    })
    .sort((one, other) => one.id.localeCompare(other.id));
}
