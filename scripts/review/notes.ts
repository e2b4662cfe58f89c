/** Shows which notes of a series a person approved, and takes approvals back. */
import { approvedNoteLine, shortHash } from '../../domain/approved-note-line.ts';
import { ConfigurationError } from '../../domain/errors.ts';
import type { Job } from '../../domain/job.ts';
import type { ApprovedNote } from '../../domain/limiting-note.ts';

export interface NotesPorts {
  /** Returns the notes of a series that are approved. */
  notes(series: string): Promise<ApprovedNote[]>;
  jobs(): Promise<Job[]>;
  say(line: string): void;
}

export interface RevokePorts extends NotesPorts {
  takeBack(series: string, textHash: string): Promise<void>;
}

/** Returns the jobs that were not held for a note, as lines. */
const passedLines = (jobs: readonly Job[], series: string, { text_hash }: ApprovedNote): string[] =>
  jobs
    .filter(
      ({ manga_id, approved_notes = [] }) =>
        manga_id === series && approved_notes.some((one) => one.text_hash === text_hash),
    )
    .map(({ job_id, chapter_id, status }) => `  not held for it: ${chapter_id ?? ''} (${job_id}, ${status})`);

/** Lists the approved notes of a series, each with the chapters that were not held for it. */
export async function listNotes(series: string, ports: NotesPorts): Promise<void> {
  const notes = await ports.notes(series);
  if (notes.length === 0) return;
  const jobs = await ports.jobs();
  for (const note of notes) {
    ports.say(approvedNoteLine(note));
    for (const line of passedLines(jobs, series, note)) ports.say(line);
  }
}

/** Takes back the approval of one note of a series, or of all: the next chapters are held for it again. */
export async function revokeNotes(series: string, name: string, ports: RevokePorts): Promise<void> {
  const notes = (await ports.notes(series)).filter(
    (note) => name === 'all' || (name.length >= shortHash(note).length && note.text_hash.startsWith(name)),
  );
  if (notes.length === 0)
    throw new ConfigurationError(
      `${series} has no approved note ${name}; make series SERIES=${series} lists those that it has`,
    );
  const jobs = await ports.jobs();
  for (const note of notes) {
    await ports.takeBack(series, note.text_hash);
    ports.say(`taken back: ${approvedNoteLine(note)}`);
    for (const line of passedLines(jobs, series, note)) ports.say(line);
  }
  ports.say(
    'The next chapters with it are held. What is published stays: make review WHAT=takedown takes it down.',
  );
}
