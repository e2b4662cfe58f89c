import { chaptersHeldBy } from '../../domain/job.ts';
import type { ChapterRecord, JobRecord, Upload, Versions } from './records.ts';

interface Evidence {
  chapters: Versions<ChapterRecord>;
  jobs: Versions<JobRecord>;
  /** Uploads by all executions since the time of the copies. */
  uploads: readonly Upload[];
}

/** Returns how much speaks against publishing a chapter again: blocked, published, could be online, nothing. */
function finality({ status, out_since }: ChapterRecord): number {
  if (status === 'blocked') return 3;
  if (status === 'published') return 2;
  return out_since ? 1 : 0;
}

/** Returns the most final of several records of a chapter; of equal ones the first. */
const mostFinal = (records: readonly ChapterRecord[]) =>
  records.reduce((best, one) => (finality(one) > finality(best) ? one : best));

/** Keeps the address of the Short, by which a takedown finds it, whichever record has it. */
function withShort(
  record: ChapterRecord,
  known: readonly { job_id: string; short_url?: string | undefined }[],
) {
  const short_url =
    record.short_url ?? known.find((one) => one.job_id === record.job_id && one.short_url)?.short_url;
  return short_url ? { ...record, short_url } : record;
}

/** A claim whose execution has ended, and whose video is not online, is released immediately. */
function released({ lease_until: _, ...record }: ChapterRecord, now: string): ChapterRecord {
  if (record.status !== 'claimed' || record.out_since) return record;
  return { attempts: 0, ...record, status: 'failed', retry_at: now, updated_at: now };
}

/**
 * Returns the record that each chapter must have, and the uploads whose chapters are unknown. The copy is right unless
 * anything shows that a chapter was published, or blocked, after it.
 */
export function restoreChapters({ chapters, jobs, uploads }: Evidence, now: string) {
  // The newest record of a job knows best which chapters it kept.
  const chaptersOf = (jobId: string) => {
    const own = (one: { job_id: string }) => one.job_id === jobId;
    const sources = [jobs.live, jobs.copy].map((all) => all.filter(own).flatMap(chaptersHeldBy));
    const claims = [chapters.live, chapters.copy].map((all) => all.filter(own).map((one) => one.chapter_id));
    return [...sources, ...claims].find((ids) => ids.length > 0) ?? [];
  };
  const all = [...jobs.live, ...jobs.copy];
  const published = all
    .filter(({ status }) => status === 'published')
    .map(({ job_id, youtube_url }): Upload => ({ jobId: job_id, url: youtube_url }));
  const unknown = uploads.filter(({ jobId }) => chaptersOf(jobId).length === 0);
  const shown = [...published, ...uploads].flatMap(({ jobId, url }) =>
    chaptersOf(jobId).map((chapter_id): ChapterRecord => {
      const channel = all.find(({ job_id }) => job_id === jobId)?.channel;
      const record = { chapter_id, job_id: jobId, updated_at: now, ...(channel && { channel }) };
      return url
        ? { ...record, status: 'published', youtube_url: url }
        : { ...record, status: 'claimed', out_since: now };
    }),
  );
  const records = new Map<string, ChapterRecord[]>();
  for (const record of [...chapters.copy, ...chapters.live, ...shown])
    records.set(record.chapter_id, [...(records.get(record.chapter_id) ?? []), record]);
  const restored = [...records.values()].map((same) =>
    withShort(released(mostFinal(same), now), [...same, ...all]),
  );
  return { chapters: restored, unknown };
}
