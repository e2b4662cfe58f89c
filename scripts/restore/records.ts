import type * as z from 'zod';
import { Job } from '../../domain/job.ts';
import { LedgerEntry } from '../../domain/ledger-entry.ts';

/** An item of the chapters table, with every other field that it has. */
export const ChapterRecord = LedgerEntry.loose();
export type ChapterRecord = z.infer<typeof ChapterRecord>;

/** An item of the jobs table, with every other field that it has. */
export const JobRecord = Job.pick({
  ...{
    channel: true,
    job_id: true,
    status: true,
    chapter_id: true,
    chapter_ids: true,
    youtube_url: true,
    short_url: true,
  },
}).loose();
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
