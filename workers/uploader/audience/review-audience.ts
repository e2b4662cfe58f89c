import { join } from 'node:path';
import { comparedThumbnailKey } from '../../../domain/artifacts.ts';
import type { DailyReach } from '../../../domain/audience/reach.ts';
import type { AudienceRecord, AudienceReview } from '../../../domain/audience/record.ts';
import { type Contender, nextStep, type Trial } from '../../../domain/audience/trial.ts';
import { YouTubeQuotaError } from '../../../domain/errors.ts';
import { inWords } from '../../../domain/in-words.ts';
import type { Log } from '../../../domain/log.ts';
import { youtubeDay } from '../../../domain/youtube-quota.ts';
import type { ChannelAudience } from '../../../providers/publishers/youtube/audience.ts';

const dayMs = 86_400_000;
/** Videos that are reviewed: a trial ends after 28 days, and its last reports come two days later. */
const reviewedMs = 35 * dayMs;
const mostVideos = 1000;
/** YouTube has the retention of a new video after a few days; later it changes slowly. */
const retentionAgeMs = 3 * dayMs;
const retentionAgainMs = 7 * dayMs;
const mostRetentions = 20;
/** Failures in a row after which a review ends: then it is not about the videos. */
const mostFailures = 3;

export interface ReviewAudiencePorts {
  audience: ChannelAudience;
  /** Returns the records of published videos, the newest first; the key of one that can't be read. */
  records(): AsyncIterable<AudienceRecord | { unreadable: string }>;
  putAudience(record: AudienceRecord): Promise<void>;
  putReview(review: AudienceReview): Promise<void>;
  exists(key: string): Promise<boolean>;
  download(key: string, toFile: string): Promise<void>;
  log: Log;
  now(): Date;
}

function wordsOf(thrown: unknown): string {
  const error = inWords(thrown);
  return error instanceof Error ? error.message : String(error);
}

interface ReviewOptions {
  /** Impressions that each thumbnail needs; 0 compares none. */
  enough: number;
  folder: string;
}

/**
 * Reviews the audience of the channel's latest videos with today's reports: lets two thumbnails take turns, keeps the better one, and
 * asks how videos are watched. A trial is stored before and after each change, so another machine knows what can be shown. The outcome
 * is stored too: a problem ends the review and is not thrown.
 */
export async function reviewAudience(options: ReviewOptions, ports: ReviewAudiencePorts): Promise<void> {
  const { now, log, putReview } = ports;
  const day = youtubeDay(now());
  const problem = await review(options, ports).catch(wordsOf);
  if (problem) log({ level: 'WARN', event: 'audience_not_reviewed', reason: problem });
  await putReview({ day, reviewed_at: now().toISOString(), ...(problem && { problem }) });
}

/** Returns what was left out, in words; undefined if nothing was. */
async function review(
  { enough, folder }: ReviewOptions,
  ports: ReviewAudiencePorts,
): Promise<string | undefined> {
  const { audience } = ports;
  if (!(await audience.covered()))
    return 'the consent does not cover reports: run make secrets LOGIN=youtube again to compare thumbnails and to see how videos are watched';
  const { latest, left } = await latestRecords(ports);
  const oldest = latest.findLast(({ trial }) => enough > 0 && trial && !trial.result);
  const reach = oldest
    ? await audience.reach(new Date(Date.parse(oldest.published_at) - dayMs))
    : new Map<string, DailyReach[]>();
  const room: Room = { changes: await audience.changesLeft(), retentions: mostRetentions };
  let waiting = 0;
  let failures = 0;
  for (const record of fairly(latest)) {
    try {
      if (await reviewVideo(record, reach.get(record.video_id), room, { enough, folder }, ports))
        waiting += 1;
      failures = 0;
    } catch (error) {
      left.push(`${record.url}: ${wordsOf(error)}`);
      failures += 1;
      if (failures === mostFailures || error instanceof YouTubeQuotaError) break;
    }
  }
  if (waiting > 0) left.push(`${waiting} thumbnails were not changed, since the day's units are for videos`);
  return left.length > 0 ? left.join('; ') : undefined;
}

/** What a review can still do. */
interface Room {
  changes: number;
  retentions: number;
}

/** Reviews one video. Returns whether its thumbnail has to wait for another day's units. */
async function reviewVideo(
  record: AudienceRecord,
  reach: DailyReach[] | undefined,
  room: Room,
  options: ReviewOptions,
  ports: ReviewAudiencePorts,
): Promise<boolean> {
  const { now, audience } = ports;
  let current = record;
  let waits = false;
  if (options.enough > 0 && record.trial && !record.trial.result) {
    const trial = { ...record.trial, reach: reach ?? record.trial.reach };
    current = { ...record, trial };
    const step = nextStep(trial, record.published_at, options.enough, now());
    const shown = trial.shown.at(-1);
    if (step.do === 'keep' && shown?.confirmed && shown.thumbnail === step.thumbnail)
      current = decided({ ...record, trial }, step, ports);
    else if (step.do !== 'wait') {
      waits = room.changes === 0;
      if (!waits) {
        room.changes -= 1;
        current = await changed({ ...record, trial }, step, options, ports);
      }
    }
  }
  if (room.retentions > 0 && wantsRetention(record, now())) {
    room.retentions -= 1;
    const [from, to] = [new Date(record.published_at), now()].map(youtubeDay) as [string, string];
    const points = await audience.retention(record.video_id, from, to);
    current = { ...current, retention: { asked_at: now().toISOString(), points } };
  }
  if (current !== record) await ports.putAudience(current);
  return waits;
}

/** Reads the records of the latest videos, and says in words which it leaves out. */
async function latestRecords({ records, now }: ReviewAudiencePorts) {
  const latest: AudienceRecord[] = [];
  const left: string[] = [];
  for await (const record of records()) {
    if ('unreadable' in record) {
      left.push(`${record.unreadable} can't be read`);
      continue;
    }
    if (now().getTime() - Date.parse(record.published_at) > reviewedMs) break;
    if (latest.length === mostVideos) {
      left.push(`videos before the latest ${mostVideos} were left out`);
      break;
    }
    latest.push(record);
  }
  return { latest, left };
}

/** Returns the videos whose thumbnail has been shown the longest first: the changes of a day are not always enough for all. */
const fairly = (records: readonly AudienceRecord[]): AudienceRecord[] =>
  records.toSorted((a, b) => lastChange(a) - lastChange(b));
const lastChange = ({ trial, published_at }: AudienceRecord) =>
  Date.parse(trial?.shown.at(-1)?.since ?? published_at);

function wantsRetention({ published_at, retention }: AudienceRecord, now: Date): boolean {
  if (retention) return now.getTime() - Date.parse(retention.asked_at) >= retentionAgainMs;
  return now.getTime() - Date.parse(published_at) >= retentionAgeMs;
}

type Tried = AudienceRecord & { trial: Trial };

/** Returns the record with the result of its trial. */
function decided(
  record: Tried,
  { thumbnail, reason }: { thumbnail: Contender; reason: string },
  { log, now }: Pick<ReviewAudiencePorts, 'log' | 'now'>,
): AudienceRecord {
  log({ level: 'INFO', event: 'thumbnail_kept', video: record.url, thumbnail, reason });
  const result = { thumbnail, reason, decided_at: now().toISOString() };
  return { ...record, trial: { ...record.trial, result } };
}

/** Shows another thumbnail, and returns the record after it. */
async function changed(
  record: Tried,
  step: Exclude<ReturnType<typeof nextStep>, { do: 'wait' }>,
  { folder }: ReviewOptions,
  ports: ReviewAudiencePorts,
): Promise<AudienceRecord> {
  const { thumbnail } = step;
  const { shown } = record.trial;
  const last = shown.findLast(({ confirmed }) => confirmed)?.thumbnail ?? 1;
  const key = comparedThumbnailKey(record.job_id, thumbnail);
  if (!(await ports.exists(key)))
    return decided(record, { thumbnail: last, reason: `${key} is no longer stored` }, ports);
  const file = join(folder, `shown-${thumbnail}.jpg`);
  await ports.download(key, file);
  const begun = { thumbnail, since: ports.now().toISOString(), confirmed: false };
  // A change that was not confirmed stays: what was shown after it is not known.
  await ports.putAudience({ ...record, trial: { ...record.trial, shown: [...shown, begun] } });
  if (!(await ports.audience.showThumbnail(record.video_id, file)))
    return decided(record, { thumbnail: last, reason: 'the video no longer exists' }, ports);
  ports.log({ level: 'INFO', event: 'thumbnail_shown', video: record.url, thumbnail });
  const trial = { ...record.trial, shown: [...shown, { ...begun, confirmed: true }] };
  return step.do === 'keep' ? decided({ ...record, trial }, step, ports) : { ...record, trial };
}
