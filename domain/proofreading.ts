import * as z from 'zod';
import type { Reason, ReasonKind } from './doubt/reason.ts';
import { JobId } from './job.ts';
import { changedAddresses } from './proofreading/address.ts';
import { type Fault, Finding } from './proofreading/finding.ts';
import { misspeltNames, unknownSpeakers } from './proofreading/names.ts';
import { repetitions } from './proofreading/repetition.ts';
import { foreignSentences, unpronounceable } from './proofreading/speech.ts';
import { isTold, type Script } from './script.ts';
import type { Character } from './story.ts';

/** proofreading.json: what was found when the script was read over, before it is spoken. The script has the changes. */
export const Proofreading = z.object({
  job_id: JobId,
  /** Sentences that the model read and did not read; null if none was to read them. */
  model: z.object({ read: z.int().nonnegative(), unread: z.int().nonnegative() }).nullable(),
  /** Sentences that the model changed. */
  changed: z.int().nonnegative(),
  /** Findings that are still in the script. */
  findings: z.array(Finding),
  /** Changes outside of sentences, and what could not be read, one sentence each. */
  notes: z.array(z.string().max(400)),
});
export type Proofreading = z.infer<typeof Proofreading>;

/** Finds what rules can find. The frame is not read: its sentences are fixed, and its names are the source's. */
export function proofreadByRules(
  { segments }: Pick<Script, 'segments'>,
  characters: readonly Character[],
): Finding[] {
  const told = segments.filter(isTold);
  return [
    ...misspeltNames(told, characters),
    ...unknownSpeakers(told, characters),
    ...changedAddresses(told, characters),
    ...repetitions(told),
    ...unpronounceable(told),
    ...foreignSentences(told),
  ];
}

/** Subject of the doubt about a finding that is sure. */
const kinds: Partial<Record<Fault, ReasonKind>> = { repetition: 'order', foreign: 'language' };

/** Returns the doubts about a script that is surely wrong. */
export const doubtsOfProofreading = ({ findings }: Proofreading): Reason[] =>
  findings.flatMap(({ sure, fault, pages, text }) => {
    const kind = kinds[fault];
    return sure && kind ? [{ kind, pages, text }] : [];
  });

/** Number of lines on a job; the others are in proofreading.json. */
const most = 20;

/** Returns what was changed, found and not read as lines for a person, bounded for a record. */
export function proofreadingLines({ model, changed, findings, notes }: Proofreading): string[] {
  const lines = [
    ...(changed > 0 ? [`${changed} sentences were changed when the script was proofread`] : []),
    ...(model && model.unread > 0
      ? [`the model did not proofread ${model.unread} of ${model.read + model.unread} sentences`]
      : []),
    ...notes,
    ...findings.filter(({ sure }) => !sure).map(({ text }) => text),
  ];
  const more = lines.length - most;
  return more > 0 ? [...lines.slice(0, most), `and ${more} more in proofreading.json`] : lines;
}
