import type { Job } from './job.ts';

/** Fields of a job with what its steps noted for a person, in the order of the steps. */
const fields = [
  'narration_notes',
  'script_notes',
  'series_notes',
  'voice_notes',
  'publication_notes',
] as const;

/** Returns what the steps of a job noted for a person. */
export const notesOf = (job: Pick<Job, (typeof fields)[number]>): string[] =>
  fields.flatMap((field) => job[field] ?? []);
