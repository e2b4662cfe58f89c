import { z } from 'zod';
import type { Chapter } from './chapter.ts';
import { doubtsOfLanguage } from './doubt/language.ts';
import { doubtsOfOrder, doubtsOfWords } from './doubt/reading.ts';
import { pagesText, Reason } from './doubt/reason.ts';
import { doubtsOfRights, doubtsOfSource, remarksOfSource } from './doubt/source.ts';
import { doubtsOfTelling, isSpokenAsRead } from './doubt/telling.ts';
import { JobId } from './job.ts';
import { doubtsOfLikeness, type Likeness } from './likeness.ts';
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
});
export type Doubt = z.infer<typeof Doubt>;

export interface Evidence {
  chapter: Chapter;
  pages: readonly PageAnalysis[];
  script: Script;
  /** Absent if the channel has no other video, or none is to be compared. */
  likeness?: Likeness | undefined;
  /** Absent for scripts that were written before scripts were read over. */
  proofreading?: Proofreading | undefined;
}

/** Judges a chapter by the uncertainty that the earlier steps measured. The same evidence gives the same verdict. */
export function judge({ chapter, pages, script, likeness, proofreading }: Evidence): Doubt {
  const spokenAsRead = pages.filter(isSpokenAsRead(script));
  const reasons = [
    ...doubtsOfSource(chapter),
    ...doubtsOfRights(pages),
    ...doubtsOfLanguage(chapter, spokenAsRead, script.narrator),
    ...doubtsOfWords(spokenAsRead),
    ...doubtsOfOrder(pages),
    ...doubtsOfTelling(script, pages),
    ...(likeness ? doubtsOfLikeness(likeness) : []),
    ...(proofreading ? doubtsOfProofreading(proofreading) : []),
  ];
  const unmeasured = pages.flatMap(({ number, reading }) => (reading ? [] : [number]));
  const remarks = [
    ...remarksOfSource(chapter),
    ...(likeness?.notes ?? []),
    ...(proofreading ? proofreadingLines(proofreading) : []),
    ...(unmeasured.length > 0 ? [`how well ${pagesText(unmeasured)} could be read was not measured`] : []),
  ];
  return { job_id: chapter.job_id, verdict: reasons.length > 0 ? 'doubtful' : 'sure', reasons, remarks };
}

const mostReasons = 20;

/** Returns the reasons as lines, bounded for a record or a message. */
export function reasonLines({ reasons }: Pick<Doubt, 'reasons'>): string[] {
  const more = reasons.length - mostReasons;
  const lines = reasons.slice(0, mostReasons).map(({ text }) => text);
  return more > 0 ? [...lines, `and ${more} more in doubt.json`] : lines;
}
