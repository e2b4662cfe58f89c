import type { ArtifactStore } from '../../aws/artifact-store.ts';
import { artifactsOf } from '../../domain/artifacts.ts';
import { Doubt, withoutVideos as doubtWithoutVideos } from '../../domain/doubt.ts';
import { ArtifactInvalid } from '../../domain/errors.ts';
import type { Job } from '../../domain/job.ts';
import { Likeness, withoutQuotes, withoutVideos } from '../../domain/likeness.ts';

/** Quotations of videos in jobs, and their replacement. */
export interface Quotes {
  objects: { key: string; value: Likeness | Doubt }[];
  records: { job: Job; doubt_reasons: string[] }[];
  /** Keys of objects of another version, which can quote one. */
  unreadable: string[];
}

/**
 * Finds where jobs quote titles and sentences of videos that they were compared with: likeness.json, doubt.json, and the reasons on their
 * records. A job whose artifacts are deleted has only the reasons.
 * @param urls addresses of the videos; a video that was not published yet has that of its job
 */
export async function quotesOf(
  jobs: readonly Job[],
  urls: readonly string[],
  { findJson }: Pick<ArtifactStore, 'findJson'>,
): Promise<Quotes> {
  const quotes: Quotes = { objects: [], records: [], unreadable: [] };
  if (urls.length === 0) return quotes;
  for (const job of jobs) {
    const { doubt_reasons: told = [] } = job;
    const doubt_reasons = withoutQuotes(told, urls);
    if (doubt_reasons.some((line, i) => line !== told[i])) quotes.records.push({ job, doubt_reasons });
    if (job.cleaned_at !== undefined) continue;
    const { likeness, doubt } = artifactsOf(job.job_id);
    try {
      const compared = await findJson(likeness, Likeness);
      if (compared) replace(likeness, compared, withoutVideos(compared, urls));
      const judged = await findJson(doubt, Doubt);
      if (judged) replace(doubt, judged, doubtWithoutVideos(judged, urls));
    } catch (error) {
      if (!(error instanceof ArtifactInvalid)) throw error;
      quotes.unreadable.push(error.message);
    }
  }
  return quotes;

  function replace<T extends Likeness | Doubt>(key: string, before: T, value: T): void {
    if (JSON.stringify(value) !== JSON.stringify(before)) quotes.objects.push({ key, value });
  }
}
