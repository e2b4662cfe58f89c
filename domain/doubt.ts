import * as z from 'zod';
import { notHeldLine } from './approved-note-line.ts';
import type { Chapter } from './chapter.ts';
import { AppliedThreshold } from './doubt/applied.ts';
import { doubtsOfFewWords } from './doubt/few-words.ts';
import { doubtsOfLanguage } from './doubt/language.ts';
import { doubtsOfOrder, doubtsOfWords } from './doubt/reading.ts';
import { pagesText, Reason } from './doubt/reason.ts';
import { doubtsOfRunningLines } from './doubt/running-lines.ts';
import { doubtsOfRights, doubtsOfSource, remarksOfSource } from './doubt/source.ts';
import { doubtsOfTelling, isSpokenAsRead } from './doubt/telling.ts';
import { applyThresholds, thresholdsIn } from './doubt/thresholds.ts';
import { JobId } from './job.ts';
import { doubtsOfLikeness, type Likeness, withoutQuotes } from './likeness.ts';
import { ApprovedNote } from './limiting-note.ts';
import type { PageAnalysis } from './page.ts';
import { doubtsOfProofreading, type Proofreading, proofreadingLines } from './proofreading.ts';
import type { Script } from './script.ts';

/** doubt.json: whether a chapter was read and told well enough to be published without a check. */
export const Doubt = z.object({
  job_id: JobId,
  verdict: z.enum(['sure', 'doubtful']),
  /** Empty when the verdict is `sure`. */
  reasons: z.array(Reason),
  /** Facts for the operator that do not hold a chapter. */
  remarks: z.array(z.string()),
  /** Thresholds of the judgement; empty in verdicts that were written before a series could set them. */
  thresholds: z.array(AppliedThreshold).default([]),
  /** Notes of the source that do not hold the chapter, because a person approved them with an earlier one. */
  approved_notes: z.array(ApprovedNote).default([]),
});
export type Doubt = z.infer<typeof Doubt>;

export type JudgedBy = ReturnType<typeof applyThresholds>;

export interface Evidence {
  chapter: Chapter;
  pages: readonly PageAnalysis[];
  script: Script;
  /** Absent if the channel has no other video, or none is to be compared. */
  likeness?: Likeness | undefined;
  /** Absent for scripts that were written before scripts were read over. */
  proofreading?: Proofreading | undefined;
  /** The thresholds of its series, and remarks on those that are not used; by default the project's. */
  judgedBy?: JudgedBy;
  /** The notes of the chapter that a person approved before. */
  approved?: readonly ApprovedNote[];
}

/** Judges a chapter by the uncertainty that the earlier steps measured. The same evidence gives the same verdict. */
export function judge({
  chapter,
  pages,
  script,
  likeness,
  proofreading,
  judgedBy = applyThresholds([]),
  approved = [],
}: Evidence): Doubt {
  const thresholds = thresholdsIn(judgedBy.applied);
  const spokenAsRead = pages.filter(isSpokenAsRead(script));
  const reasons = [
    ...doubtsOfSource(chapter, script.narrator, approved),
    ...doubtsOfRights(pages),
    ...doubtsOfLanguage(chapter, spokenAsRead, pages, script.narrator, thresholds),
    ...doubtsOfWords(spokenAsRead, thresholds),
    ...(spokenAsRead.length === pages.length ? doubtsOfFewWords(pages) : []),
    ...doubtsOfRunningLines(spokenAsRead),
    ...doubtsOfOrder(pages, thresholds),
    ...doubtsOfTelling(script, pages),
    ...(likeness ? doubtsOfLikeness(likeness) : []),
    ...(proofreading ? doubtsOfProofreading(proofreading) : []),
  ];
  const unmeasured = pages.flatMap(({ number, reading }) => (reading ? [] : [number]));
  const remarks = [
    ...approved.map(notHeldLine),
    ...remarksOfSource(chapter),
    ...judgedBy.remarks,
    ...(likeness?.notes ?? []),
    ...(proofreading ? proofreadingLines(proofreading) : []),
    ...(unmeasured.length > 0 ? [`how well ${pagesText(unmeasured)} could be read was not measured`] : []),
  ];
  return {
    job_id: chapter.job_id,
    verdict: reasons.length > 0 ? 'doubtful' : 'sure',
    reasons,
    remarks,
    thresholds: judgedBy.applied,
    approved_notes: [...approved],
  };
}

const mostReasons = 20;

/** Returns the reasons as lines, bounded for a record or a message. */
export function reasonLines({ reasons }: Pick<Doubt, 'reasons'>): string[] {
  const more = reasons.length - mostReasons;
  const lines = reasons.slice(0, mostReasons).map(({ text }) => text);
  return more > 0 ? [...lines, `and ${more} more in doubt.json`] : lines;
}

/** Returns a verdict without what it quotes of videos that were taken down. */
export const withoutVideos = (doubt: Doubt, urls: readonly string[]): Doubt => ({
  ...doubt,
  reasons: doubt.reasons.map((reason) => {
    const [text = reason.text] = withoutQuotes([reason.text], urls);
    return { ...reason, text };
  }),
  remarks: withoutQuotes(doubt.remarks, urls),
});
