import { chaptersHeldBy, type Job, statusesAtWork } from './job.ts';

/** Results of the chapters of a series. */
export interface SeriesOverview {
  id: string;
  /** As the last job has it; empty while there is none. */
  title: string;
  published: number;
  at_work: number;
  /** Chapters and finished videos that wait for a person. */
  held: number;
  failed: number;
}

type Seen = Pick<
  Job,
  'manga_id' | 'manga_title' | 'status' | 'chapter_id' | 'chapter_ids' | 'created_at' | 'updated_at'
>;

const waitsForPerson = ({ status }: Seen) => status === 'needs_review' || status === 'awaiting_review';

/** Returns the jobs that were the last to make one of their chapters: a chapter that failed and was made again did not fail. */
function latestOf(jobs: readonly Seen[]): Seen[] {
  const made = new Set<string>();
  const begun = ({ created_at, updated_at }: Seen) => created_at ?? updated_at;
  const latestFirst = jobs.toSorted((one, other) => begun(other).localeCompare(begun(one)));
  return latestFirst.filter((job) => {
    const ids = chaptersHeldBy(job);
    const isLatest = ids.length === 0 || ids.some((id) => !made.has(id));
    for (const id of ids) made.add(id);
    return isLatest;
  });
}

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
      const latest = latestOf(own);
      const count = (matches: (job: Seen) => boolean) => latest.filter(matches).length;
      return {
        id,
        title: own.find(({ manga_title }) => manga_title)?.manga_title ?? '',
        published: count(({ status }) => status === 'published'),
        at_work: count((job) => statusesAtWork.has(job.status) && !waitsForPerson(job)),
        held: count(waitsForPerson),
        failed: count(({ status }) => status === 'failed'),
      };
    })
    .sort((one, other) => one.id.localeCompare(other.id));
}
