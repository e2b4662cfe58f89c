import type { TakenChapter } from '../../aws/chapter-ledger.ts';
import type { Config } from '../../config/settings/index.ts';
import { ChapterUnreadable } from '../../domain/errors.ts';
import { chaptersHeldBy, type Job, type JobId } from '../../domain/job.ts';
import type { Log } from '../../domain/log.ts';
import type { ChapterListing, ChapterSource } from '../../providers/chapters/chapter-source.ts';

export interface ClaimingPorts {
  source: Pick<ChapterSource, 'list'>;
  /** Consecutive chapters of one series, as many as go into a video. */
  chaptersPerVideo: number;
  /** Whether a chapter waits until the one before it in its series is published or blocked. */
  seriesOrder: Config['seriesOrder'];
  /** Known unavailable chapters; read once, since `claim` decides. */
  taken(jobId: JobId): Promise<ReadonlyMap<string, TakenChapter>>;
  /** Claims the chapter for the job; false when another job has it, or it is published. */
  claim(chapterId: string, jobId: JobId, file?: string): Promise<boolean>;
  /** Takes a series for the job; false while another job makes a chapter of it. */
  takeSeries(series: string, jobId: JobId): Promise<boolean>;
  /** Gives back a series from which the job got no chapter. */
  releaseSeries(series: string, jobId: JobId): Promise<void>;
  log: Log;
}

/**
 * Claims chapters for a job. A job keeps the chapters that it holds, since pages already stored belong to them. Otherwise it
 * claims the next free one, and those of its series that follow, up to the first that is not available. A series of which
 * another job makes a chapter is passed over, and with the order `strict` one whose next chapter failed or waits for a person, so that
 * its chapters are published in order.
 */
export async function claimChapters(
  jobId: JobId,
  job: Job | undefined,
  ports: ClaimingPorts,
): Promise<string[]> {
  const { source, chaptersPerVideo, seriesOrder, taken, claim, log } = ports;
  const held = chaptersHeldBy(job);
  for (const id of held)
    if (!(await claim(id, jobId)))
      throw new ChapterUnreadable(`${id} was taken from ${jobId}: another job has it, or it is published`);
  if (held.length > 0) return held;

  const others = await taken(jobId);
  const files = new Set([...others.values()].map(({ file }) => file));
  const claimed: string[] = [];
  /** Reports a file whose chapter can't be published because another file had its name before. */
  const isTaken = ({ chapter_id, file }: ChapterListing) => {
    const before = others.get(chapter_id)?.file;
    if (file !== undefined && before !== undefined && before !== file)
      log({ level: 'WARN', event: 'chapter_has_a_name_that_is_taken', chapter_id, file, taken_by: before });
    // The file of a known chapter gets another id when a file of its name is added.
    return others.has(chapter_id) || (file !== undefined && files.has(file));
  };
  /** Returns whether the chapter is made, or was, from another version of it. */
  const isMadeFromAnother = ({ chapter_id, versions = [] }: ChapterListing) => {
    if (others.has(chapter_id)) return false;
    const made_from = versions.find(
      (id) => claimed.includes(id) || (others.get(id)?.status ?? 'failed') !== 'failed',
    );
    if (made_from === undefined) return false;
    log({ level: 'INFO', event: 'chapter_has_another_version', job_id: jobId, chapter_id, made_from });
    return true;
  };
  /** Returns whether the chapter is to be published, but not now, and not from another version of it. */
  const isUnfinished = ({ chapter_id, versions = [] }: ChapterListing) => {
    const status = others.get(chapter_id)?.status;
    if (status === undefined || status === 'published' || status === 'blocked') return false;
    return !versions.some((id) => !others.has(id) || others.get(id)?.status === 'published');
  };
  let series: string | undefined;
  const busy = new Set<string>();
  /** Passes over the later chapters of its series. */
  const waitFor = ({ series: waiting, chapter_id }: { series?: string; chapter_id: string }) => {
    if (waiting === undefined || busy.has(waiting)) return;
    busy.add(waiting);
    log({ level: 'WARN', event: 'series_waits_for_chapter', job_id: jobId, series: waiting, chapter_id });
  };
  for await (const next of source.list()) {
    if (claimed.length > 0 && (next.series === undefined || next.series !== series)) break;
    if (isMadeFromAnother(next)) continue;
    if (claimed.length === 0 && seriesOrder === 'strict' && isUnfinished(next)) waitFor(next);
    const isFree =
      !isTaken(next) && (claimed.length > 0 || (await takeTurn(next.series, jobId, busy, ports)));
    if (isFree && (await claim(next.chapter_id, jobId, next.file))) {
      claimed.push(next.chapter_id);
      series = next.series;
      if (claimed.length >= chaptersPerVideo) break;
    } else if (claimed.length > 0) break;
    else if (isFree && next.series !== undefined) {
      await ports.releaseSeries(next.series, jobId);
      if (seriesOrder === 'strict') waitFor(next);
    }
  }
  return claimed;
}

/** Takes the series of a free chapter, if it has one; `busy` are those that other jobs have. */
async function takeTurn(
  series: string | undefined,
  jobId: JobId,
  busy: Set<string>,
  { takeSeries, log }: ClaimingPorts,
): Promise<boolean> {
  if (series === undefined) return true;
  if (busy.has(series)) return false;
  if (await takeSeries(series, jobId)) return true;
  busy.add(series);
  log({ level: 'INFO', event: 'series_is_at_work', job_id: jobId, series });
  return false;
}
