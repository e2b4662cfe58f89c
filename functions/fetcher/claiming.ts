import type { TakenChapter } from '../../aws/chapter-ledger.ts';
import type { Config } from '../../config/settings/index.ts';
import type { ReadingDirection } from '../../domain/chapter.ts';
import { ChapterUnreadable } from '../../domain/errors.ts';
import type { FollowingChapter } from '../../domain/following-chapter.ts';
import { chaptersHeldBy, type Job, type JobId } from '../../domain/job.ts';
import type { Log } from '../../domain/log.ts';
import type { VideoFormats } from '../../domain/video-format.ts';
import type { ChapterListing, ChapterSource } from '../../providers/chapters/chapter-source.ts';
import { takenChapters } from './taken-chapters.ts';

/** The operator's settings of a series. */
export interface SeriesWishes {
  channel: string;
  /** Whether the series itself says that it makes a Short of each video. */
  shorts: boolean;
  /** The shapes of its videos, if the series itself says which. */
  videoFormat?: VideoFormats | undefined;
  /** Whether a chapter waits until the one before it in its series is published or blocked. */
  order: Config['seriesOrder'];
  /** Reading direction of chapters whose source does not name one. */
  direction: ReadingDirection;
}

/** As far as the settings of the series say it. */
export type KnownWishes = Pick<SeriesWishes, 'order'> & Partial<SeriesWishes>;

export interface ClaimingPorts {
  source: Pick<ChapterSource, 'list'>;
  /** Consecutive chapters of one series, as many as go into a video. */
  chaptersPerVideo: number;
  /** The order of a series about which nothing else is known. */
  seriesOrder: Config['seriesOrder'];
  /** Whether the stage has several channels. Otherwise no chapter is opened to find out which one it is for. */
  severalChannels: boolean;
  /** Returns what the operator wants for the series of a chapter; undefined if it can't be known without a failure of the chapter. */
  findWishes(listing: ChapterListing): Promise<KnownWishes | undefined>;
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

/** The chapters that a job holds. */
export interface Claim {
  ids: string[];
  /** A chapter that belongs after them in a series whose order is `strict`, and is out or held for a person. */
  overtakenBy?: string;
  /** The next chapter of their series, if the source has one. */
  followedBy?: FollowingChapter;
}

/**
 * Claims chapters for a job. A job keeps the chapters that it holds, since pages already stored belong to them. Otherwise it
 * claims the next free one, and those of its series that follow, up to the first that is not available. A series of which
 * another job makes a chapter is passed over, and with the order `strict` one whose next chapter failed or waits for a person, so that
 * its chapters are published in order; also one whose channel has no room.
 * @param slots the channels of which the job has a slot; without any, it was started by hand, and takes a chapter of each
 */
export async function claimChapters(
  jobId: JobId,
  job: Job | undefined,
  slots: ReadonlySet<string>,
  ports: ClaimingPorts,
): Promise<Claim> {
  const { source, chaptersPerVideo, seriesOrder, taken, claim, log } = ports;
  const held = chaptersHeldBy(job);
  for (const id of held)
    if (!(await claim(id, jobId)))
      throw new ChapterUnreadable(`${id} was taken from ${jobId}: another job has it, or it is published`);
  if (held.length > 0) {
    const { overtaken_by: overtakenBy, followed_by: followedBy } = job ?? {};
    return {
      ids: held,
      ...(overtakenBy !== undefined && { overtakenBy }),
      ...(followedBy && { followedBy }),
    };
  }

  const { entryOf, isTaken, madeFrom, isUnfinished, isAhead } = takenChapters(await taken(jobId), log);
  const claimed: string[] = [];
  const wishes = new Map<string, Promise<KnownWishes | undefined>>();
  const wishesFor = (listing: ChapterListing) => {
    const key = listing.series ?? listing.chapter_id;
    const found = wishes.get(key) ?? ports.findWishes(listing);
    wishes.set(key, found);
    return found;
  };
  const isStrict = async (listing: ChapterListing) =>
    ((await wishesFor(listing))?.order ?? seriesOrder) === 'strict';
  /** Returns the channel of a chapter if the job has no slot of it. */
  const fullChannel = async (listing: ChapterListing) => {
    if (!ports.severalChannels || slots.size === 0) return undefined;
    const channel = (await wishesFor(listing))?.channel;
    return channel === undefined || slots.has(channel) ? undefined : channel;
  };
  /** The first unfinished chapter of each series after those that are out: one that was overtaken can't be put in order by waiting. */
  const unfinished = new Map<string, string>();
  /** Series that wait for it; those behind a chapter that is out do not. */
  const waiting = new Set<string>();
  const busy = new Set<string>();
  /** Passes over the later chapters of its series, since this one has to be published first. */
  const waitFor = (series: string, chapter_id: string) => {
    waiting.add(series);
    log({ level: 'WARN', event: 'series_waits_for_chapter', job_id: jobId, series, chapter_id });
  };
  /** Returns whether the turn of a free chapter has come. */
  const isNext = async (next: ChapterListing): Promise<boolean> => {
    const { series: its } = next;
    if (its !== undefined && (busy.has(its) || waiting.has(its))) return false;
    const before = its === undefined ? undefined : unfinished.get(its);
    if (its !== undefined && before !== undefined && (await isStrict(next))) {
      waitFor(its, before);
      return false;
    }
    const channel = await fullChannel(next);
    if (channel === undefined) return takeTurn(its, jobId, busy, ports);
    if (its !== undefined) busy.add(its);
    log({ level: 'INFO', event: 'series_waits_for_channel', job_id: jobId, series: its, channel });
    return false;
  };
  let first: ChapterListing | undefined;
  /** Whether the video has all of its chapters, and those of their series that are behind them. */
  let isWhole = false;
  const behind: ChapterListing[] = [];
  for await (const next of source.list()) {
    if (first && (next.series === undefined || next.series !== first.series)) break;
    isWhole ||= first !== undefined && next.division !== first.division;
    if (isWhole) {
      behind.push(next);
      continue;
    }
    const made_from = madeFrom(next, claimed);
    if (made_from !== undefined) {
      const { chapter_id } = next;
      log({ level: 'INFO', event: 'chapter_has_another_version', job_id: jobId, chapter_id, made_from });
      continue;
    }
    if (next.series !== undefined) {
      if (entryOf(next)?.status === 'published') {
        unfinished.delete(next.series);
        waiting.delete(next.series);
      } else if (!unfinished.has(next.series) && isUnfinished(next))
        unfinished.set(next.series, next.chapter_id);
    }
    const isFree = !isTaken(next) && (first !== undefined || (await isNext(next)));
    if (isFree && (await claim(next.chapter_id, jobId, next.file))) {
      claimed.push(next.chapter_id);
      first ??= next;
      isWhole = claimed.length >= chaptersPerVideo;
    } else if (first) {
      isWhole = true;
      behind.push(next);
    } else if (isFree && next.series !== undefined) {
      await ports.releaseSeries(next.series, jobId);
      if (await isStrict(next)) waitFor(next.series, next.chapter_id);
    }
  }
  if (!first) return { ids: claimed };
  const ahead = first.hasPlace && behind.find((one) => one.hasPlace && isAhead(one));
  const follower = behind.find(
    (one) => entryOf(one)?.status !== 'blocked' && !one.versions?.some((id) => claimed.includes(id)),
  );
  return {
    ids: claimed,
    ...(ahead && (await isStrict(first)) && { overtakenBy: ahead.chapter_id }),
    ...(follower && {
      followedBy: { number: (follower.division === first.division && follower.number) || null },
    }),
  };
}

/** Takes the series of a free chapter, if it has one; `busy` are those that other jobs have. */
async function takeTurn(
  series: string | undefined,
  jobId: JobId,
  busy: Set<string>,
  { takeSeries, log }: ClaimingPorts,
): Promise<boolean> {
  if (series === undefined) return true;
  if (await takeSeries(series, jobId)) return true;
  busy.add(series);
  log({ level: 'INFO', event: 'series_is_at_work', job_id: jobId, series });
  return false;
}
