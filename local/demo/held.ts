import type { Job } from '../../domain/job.ts';
import { printable } from '../terminal/printable.ts';

/** Exit status of a demo whose chapter waits for a person. */
export const heldStatus = 2;

const quoted = (text: string) => (/^[\w./~-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

/** Returns the message for a person when a chapter is held instead of made into a video, with the next steps. */
export const heldText = ({ chapter_id, doubt_reasons = [] }: Job, chapter: string): string =>
  [
    `held: ${printable(chapter_id ?? '')} is not published, because its reading or narration is doubtful:`,
    ...doubt_reasons.map((reason) => `  - ${printable(reason)}`),
    'Next steps:',
    `  make demo CHAPTER=${quoted(chapter)} ON_DOUBT=publish   publishes it as it is`,
    '  make dev   drop the chapter onto the console, change sentences, approve or reject it (or: make review)',
    '  docs/doubt.md explains each reason and how to resolve it',
  ].join('\n');
