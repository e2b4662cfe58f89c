import type { ApprovedNote } from './limiting-note.ts';

/** Returns the part of the hash by which a person names a note. */
export const shortHash = ({ text_hash }: Pick<ApprovedNote, 'text_hash'>): string => text_hash.slice(0, 8);

/** Formats an approved note as one line. */
export const approvedNoteLine = (note: ApprovedNote): string =>
  `note ${shortHash(note)}, approved by ${note.approved_by} at ${note.approved_at} for ${note.job_id}: “${note.sentences.join(' ')}”`;

/** Formats what a person reads on a chapter that is not held for an approved note. */
export const notHeldLine = (note: ApprovedNote): string =>
  `not held for a note of the source: ${approvedNoteLine(note)}`;
