import type { Job } from '../../domain/job.ts';

/** Exit status of a demo whose chapter waits for a person. */
export const heldStatus = 2;

const quoted = (text: string) => (/^[\w./~-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

/** What a person reads of a chapter that was held instead of made into a video, and how to go on with it. */
export const heldText = ({ chapter_id, doubt_reasons = [] }: Job, chapter: string): string =>
  [
    `held: ${chapter_id} is not published, since it was not read or told surely:`,
    ...doubt_reasons.map((reason) => `  - ${reason}`),
    'How to go on:',
    `  make demo CHAPTER=${quoted(chapter)} ON_DOUBT=publish   publishes it as it is`,
    '  make dev   drop the chapter onto the console, change sentences, approve or reject it (or: make review)',
    '  docs/doubt.md says what each reason means, and what helps',
  ].join('\n');
