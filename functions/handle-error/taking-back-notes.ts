import type { ApprovedNotes } from '../../aws/approved-notes.ts';
import type { Job } from '../../domain/job.ts';
import type { Log } from '../../domain/log.ts';

/** Approvals that end, the person who ended them, and the time. */
export interface NotesToTakeBack {
  by: string;
  at: string;
  /** Whether only those that came with this job end, or also earlier ones of the same notes. */
  onlyOwn: boolean;
}

/** Returns a function that takes back the approvals of the notes of a job, those that it was held for and those that were approved before. */
export const takingBackNotes =
  ({ takeBack }: Pick<ApprovedNotes, 'takeBack'>, log: Log) =>
  async (job: Job, { by, at, onlyOwn }: NotesToTakeBack): Promise<void> => {
    const { job_id, manga_id, limiting_notes = [], approved_notes = [] } = job;
    for (const { text_hash } of onlyOwn ? limiting_notes : [...limiting_notes, ...approved_notes]) {
      if (manga_id === undefined || text_hash === null) continue;
      const of = { by, at, ...(onlyOwn && { ofJob: job_id }) };
      if (await takeBack(manga_id, text_hash, of))
        log({ level: 'INFO', event: 'note_taken_back', job_id, series: manga_id, text_hash, by });
    }
  };
