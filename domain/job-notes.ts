import { notHeldLine } from './approved-note-line.ts';
import type { Job } from './job.ts';

/** Fields of a job with what its steps noted for a person, in the order of the steps. */
const fields = [
  'narration_notes',
  'script_notes',
  'series_notes',
  'voice_notes',
  'publication_notes',
] as const;

/** Returns what the steps of a job noted for a person, and what did not hold its chapter because a person approved it before. */
export const notesOf = (
  job: Pick<Job, (typeof fields)[number] | 'approved_notes' | 'credentials_missing'>,
): string[] => [
  ...(job.approved_notes ?? []).map(notHeldLine),
  ...(job.credentials_missing
    ? [`the video has no signed content credentials: ${job.credentials_missing}`]
    : []),
  ...fields.flatMap((field) => job[field] ?? []),
];
