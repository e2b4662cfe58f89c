import * as z from 'zod';
import type { JobChanges } from '../../aws/job-store.ts';
import type { SettingsOrigin } from '../../config/settings/series.ts';
import { artifactsOf } from '../../domain/artifacts.ts';
import { mainChannel } from '../../domain/channel.ts';
import type {
  Chapter,
  ChapterPart,
  ReadingDirection,
  SettingsBeside,
  StoredPage,
} from '../../domain/chapter.ts';
import { asOne } from '../../domain/chapter-parts.ts';
import { ChapterUnreadable, ConfigurationError, ExecutionStopped } from '../../domain/errors.ts';
import { type Job, JobId } from '../../domain/job.ts';
import type { Log } from '../../domain/log.ts';
import type { ChapterSource, SourcePage } from '../../providers/chapters/chapter-source.ts';
import type { PageSize } from '../../providers/chapters/normalise-page.ts';
import { isPartOfStrip } from '../../providers/chapters/strips/ready-pages.ts';
import type { ReadyPage } from '../../providers/chapters/strips/strip.ts';
import type { ReportProgress } from '../progress.ts';
import { type Claim, type ClaimingPorts, claimChapters, type SeriesWishes } from './claiming.ts';

export interface FetcherPorts extends ClaimingPorts {
  source: ChapterSource;
  newJobId(): JobId;
  findJob(jobId: JobId): Promise<Job | undefined>;
  updateJob(jobId: JobId, changes: JobChanges): Promise<void>;
  reportProgress: ReportProgress;
  /** Returns the quota days of the job's slots, by channel. */
  slotDays(jobId: JobId): Promise<ReadonlyMap<string, string>>;
  /** Returns the slots of the job, except that of one channel. */
  releaseSlots(jobId: JobId, except?: string): Promise<void>;
  /** Releases a claimed chapter that does not get into the video, for use immediately. */
  release(chapterId: string, jobId: JobId): Promise<unknown>;
  readyPages(source: AsyncIterable<SourcePage>, direction: ReadingDirection): AsyncIterable<ReadyPage>;
  findChapter(key: string): Promise<Chapter | undefined>;
  /** Returns the size of a stored page, in pixels. */
  findPage(key: string): Promise<PageSize | undefined>;
  putPage(key: string, jpeg: Uint8Array): Promise<void>;
  putChapter(key: string, chapter: Chapter): Promise<void>;
  now(): Date;
  /** Returns what the operator wants for a series. Rejects when the settings of the series can't be used. */
  wishesOf(series: SettingsOrigin): Promise<SeriesWishes>;
  log: Log;
}

/** The state machine names the job, so that a repeated call continues the same one; `{}` creates a new job. */
export const Input = z.object({ job_id: JobId.optional() });

const maxPages = 2000;

/** Returns the next pages that an earlier call of the same job stored, up to the first gap. */
async function findStoredPages(
  jobId: JobId,
  before: number,
  pageCount: number,
  ports: FetcherPorts,
): Promise<StoredPage[]> {
  const stored: StoredPage[] = [];
  while (stored.length < pageCount) {
    const number = before + stored.length + 1;
    const key = artifactsOf(jobId).page(number);
    const size = await ports.findPage(key);
    if (!size) break;
    stored.push({ number, key, ...size });
  }
  return stored;
}

const storedPage = (
  number: number,
  key: string,
  { width, height, files, endsInArt }: ReadyPage,
): StoredPage => ({
  ...{ number, key, width, height },
  ...(files !== 1 && { files }),
  ...(endsInArt && { ends_in_art: true }),
});

/** Gives the job what its series wants, before anything is stored. */
type FollowWishes = (wishes: SeriesWishes) => Promise<void>;

interface PartOptions {
  before: { pages: number; series: string | undefined };
  isRepeat: boolean;
  follow: FollowWishes;
}

interface StoredPart {
  part: ChapterPart;
  pages: StoredPage[];
  settings_beside: SettingsBeside | undefined;
}

/** Stores the pages of one chapter, numbered after `before`. Returns undefined if it does not belong to the first one. */
async function storePart(
  jobId: JobId,
  chapterId: string,
  { before, isRepeat, follow }: PartOptions,
  ports: FetcherPorts,
): Promise<StoredPart | undefined> {
  return ports.source.withChapter(chapterId, async ({ metadata, readSettings, pageCount, pages }) => {
    if (before.series !== undefined && metadata.manga_id !== before.series) return undefined;
    // Before anything is paid for: it fails if the settings of the series can't be used.
    const settings_beside = await readSettings?.();
    const { manga_id } = metadata;
    const wishes = await ports.wishesOf({ manga_id, settings_beside });
    const { direction: usual } = wishes;
    if (before.series === undefined) await follow(wishes);
    const total = before.pages + pageCount;
    if (total > maxPages) {
      if (before.pages > 0) return undefined;
      throw new ChapterUnreadable(`${chapterId} has ${pageCount} pages, at most ${maxPages}`);
    }
    const there = isRepeat ? await findStoredPages(jobId, before.pages, pageCount, ports) : [];
    // Pages of a strip do not correspond to files, so the strip is joined and cut again, into the same pages.
    const stored = there.some(isPartOfStrip) ? [] : there;
    let files = stored.length;
    const source = pages(stored.length + 1);
    for await (const page of ports.readyPages(source, metadata.reading_direction)) {
      const number = before.pages + stored.length + 1;
      const key = artifactsOf(jobId).page(number);
      await ports.putPage(key, page.jpeg);
      stored.push(storedPage(number, key, page));
      files += page.files;
      await ports.reportProgress(jobId, { step: 'FetchManga', done: before.pages + files, total });
    }
    if (stored.length === 0) throw new ChapterUnreadable(`${chapterId} has no pages`);
    const warn = (event: string, fact: object) =>
      ports.log({ level: 'WARN', event, job_id: jobId, chapter_id: chapterId, ...fact });
    for (const file of metadata.skipped_files ?? []) warn('file_is_not_a_page', { file });
    for (const note of metadata.notes ?? []) warn('chapter_noted', { note });
    const { reading_direction: given } = metadata;
    // A strip shows by its form how it is read.
    const reading_direction = given === 'unknown' && !stored.some(isPartOfStrip) ? usual : given;
    return {
      part: { source_pages: pageCount, ...metadata, reading_direction, first_page: before.pages + 1 },
      pages: stored,
      settings_beside,
    };
  });
}

/** Keeps the job's first chapters and releases the others; one that can't be read fails in a separate job, which names it. */
async function keepFirst(
  count: number,
  ids: readonly string[],
  jobId: JobId,
  ports: FetcherPorts,
): Promise<void> {
  // The record last: a call that dies before is repeated, claims them again and gets here. No other job takes one meanwhile, since this
  // one has their series as long as it has its first chapter.
  for (const id of ids.slice(count)) await ports.release(id, jobId);
  // A chapter that the video was to have, too, can be of another series: none is named as the next one.
  if (ids.length > 1) await ports.updateJob(jobId, { chapter_ids: ids.slice(0, count), followed_by: null });
}

/**
 * Records the channel of a job, whether it makes a Short, and the shapes of its video, and releases its slots of other channels. Returns
 * the channel, which a job keeps, also when its series gets another one in the meantime.
 */
async function chooseChannel(
  jobId: JobId,
  { channel: wanted, shorts, videoFormat }: SeriesWishes,
  slots: ReadonlyMap<string, string>,
  ports: FetcherPorts,
): Promise<string> {
  const job = await ports.findJob(jobId);
  const channel = job?.channel ?? wanted;
  const day = slots.get(channel);
  // The settings were changed since the chapter was claimed, or the chapters of one folder name several series.
  if (slots.size > 0 && day === undefined)
    throw new ConfigurationError(
      `The chapter is for the channel ${channel}, and ${jobId} has a slot of ${[...slots.keys()].join(', ')} only: another job makes it on a later day`,
    );
  const counted_on = job?.counted_on ?? day;
  const known = {
    ...(channel !== mainChannel && { channel }),
    ...(shorts && { shorts }),
    ...(videoFormat && { video_format: videoFormat }),
    ...(counted_on !== job?.counted_on && { counted_on }),
  };
  if (Object.keys(known).length > 0) await ports.updateJob(jobId, known);
  await ports.releaseSlots(jobId, channel);
  return channel;
}

async function storeChapters(
  jobId: JobId,
  { ids, overtakenBy, followedBy }: Claim,
  isRepeat: boolean,
  slots: ReadonlyMap<string, string>,
  ports: FetcherPorts,
): Promise<Chapter> {
  const stored: StoredPart[] = [];
  let channel = mainChannel;
  const follow: FollowWishes = async (wishes) => {
    channel = await chooseChannel(jobId, wishes, slots, ports);
  };
  for (const id of ids) {
    const before = {
      pages: stored.reduce((sum, { pages }) => sum + pages.length, 0),
      series: stored[0]?.part.manga_id,
    };
    let next: StoredPart | undefined;
    try {
      next = await storePart(jobId, id, { before, isRepeat, follow }, ports);
    } catch (error) {
      if (!(error instanceof ChapterUnreadable)) throw error;
      if (stored.length === 0) {
        // This failure fails the job; the chapters after it are not affected.
        await keepFirst(1, ids, jobId, ports);
        throw error;
      }
      const facts = { job_id: jobId, chapter_id: id, reason: error.message };
      ports.log({ level: 'WARN', event: 'video_ends_before_chapter', ...facts });
    }
    if (!next) {
      await keepFirst(stored.length, ids, jobId, ports);
      break;
    }
    stored.push(next);
  }
  const parts = stored.map(({ part }) => part);
  const settings_beside = stored[0]?.settings_beside;
  const chapter: Chapter = {
    ...asOne(parts as [ChapterPart, ...ChapterPart[]]),
    job_id: jobId,
    ...(channel !== mainChannel && { channel }),
    ...(overtakenBy !== undefined && { overtaken_by: overtakenBy }),
    ...(followedBy && stored.length === ids.length && { followed_by: followedBy }),
    ...(settings_beside && { settings_beside }),
    pages: stored.flatMap(({ pages }) => pages),
  };
  await ports.putChapter(artifactsOf(jobId).chapter, chapter);
  return chapter;
}

/** Claims the next free chapter, or several of a series, and stores their pages for the job. */
export async function run(input: unknown, ports: FetcherPorts) {
  const { job_id = ports.newJobId() } = Input.parse(input);
  const job = await ports.findJob(job_id);
  let chapter = await ports.findChapter(artifactsOf(job_id).chapter);
  if (!chapter) {
    const slots = await ports.slotDays(job_id);
    const claim = await claimChapters(job_id, job, new Set(slots.keys()), ports);
    const { ids, overtakenBy, followedBy } = claim;
    const [chapter_id] = ids;
    if (chapter_id === undefined) {
      await ports.releaseSlots(job_id);
      return { status: 'no_manga_available' as const };
    }
    const created_at = job?.created_at ?? ports.now().toISOString();
    // The job counts toward the day whose slot it holds, however long it takes; of several, that of its channel will be known.
    const [only] = slots.size === 1 ? slots.values() : [];
    const counted_on = job?.counted_on ?? only;
    try {
      await ports.updateJob(job_id, {
        status: 'fetching',
        chapter_id,
        ...(ids.length > 1 && { chapter_ids: ids }),
        ...(overtakenBy !== undefined && { overtaken_by: overtakenBy }),
        ...(followedBy && { followed_by: followedBy }),
        created_at,
        ...(counted_on && { counted_on }),
      });
    } catch (error) {
      // The job was stopped while this call looked for a chapter.
      if (error instanceof ExecutionStopped) for (const id of ids) await ports.release(id, job_id);
      throw error;
    }
    chapter = await storeChapters(job_id, claim, job?.chapter_id === chapter_id, slots, ports);
  }
  const { manga_id, manga_title } = chapter;
  await ports.updateJob(job_id, { manga_id, manga_title, page_count: chapter.pages.length });
  return { status: 'success' as const, job_id, manga_id, manga_title };
}
