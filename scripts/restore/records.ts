import { z } from 'zod';
import { JobId, JobStatus } from '../../domain/job.ts';

const text = z.string().optional();

/** An item of the chapters table, with every other field that it has. */
export const ChapterRecord = z.looseObject({
  chapter_id: z.string(),
  status: z.enum(['claimed', 'held', 'published', 'failed', 'blocked']),
  job_id: z.string(),
  youtube_url: text,
  out_since: text,
});
export type ChapterRecord = z.infer<typeof ChapterRecord>;

/** An item of the jobs table, with every other field that it has. */
export const JobRecord = z.looseObject({
  job_id: JobId,
  status: JobStatus,
  chapter_id: text,
  chapter_ids: z.array(z.string()).optional(),
  youtube_url: text,
});
export type JobRecord = z.infer<typeof JobRecord>;

/** An upload that an execution started: its video could be online, and is at `url` if the upload ended. */
export interface Upload {
  jobId: string;
  url?: string | undefined;
}

/** A table as it is, and its copy of an earlier time. */
export interface Versions<T> {
  live: readonly T[];
  copy: readonly T[];
}
