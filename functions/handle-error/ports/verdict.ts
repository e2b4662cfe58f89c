import type { LedgerEntry } from '../../../domain/ledger-entry.ts';
import type { VerdictPorts } from '../verdict.ts';
import { approvals, chapters, common, held, takeBackNotes, told } from './stage.ts';

/** Returns whether a chapter is not at work, published or about to be, so that a person can decide about it. */
const isOpen = ({ status, lease_until, out_since }: LedgerEntry): boolean =>
  out_since === undefined && status !== 'published' && lease_until === undefined;

export const verdictPorts: VerdictPorts = {
  ...common,
  resumeChapter: held.resume,
  holdChapter: held.hold,
  rejectChapter: held.reject,
  retryChapter: held.retry,
  chaptersOf: async (jobId) =>
    (await Array.fromAsync(chapters.all())).flatMap((entry) =>
      entry.job_id === jobId && isOpen(entry) ? [entry.chapter_id] : [],
    ),
  ...told,
  approveNote: approvals.approve,
  takeBackNotes,
};
