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
import type { Reach } from '../../../providers/publishers/youtube/reports.ts';

const dayMs = 86_400_000;
/** Videos that are reviewed: a trial ends 56 days after the publication. */
const reviewedMs = 60 * dayMs;
const mostVideos = 1000;
/** YouTube has the retention of a new video after a few days; later it changes slowly. */
const retentionAgeMs = 3 * dayMs;
const retentionAgainMs = 7 * dayMs;
const mostRetentions = 20;
/** Failures in a row after which a review ends: then it is not about the videos. */
const mostFailures = 3;
/** Problems that a review names. */
const mostProblems = 5;

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
  /** Ends the review: what is left is done by the next one. */
  signal: AbortSignal;
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

const notCovered =
  'the consent does not cover reports: run make secrets LOGIN=youtube again to compare thumbnails and to see how videos are watched';

/** Returns what was left out, in words; undefined if nothing was. */
async function review(
  { enough, folder }: ReviewOptions,
  ports: ReviewAudiencePorts,
): Promise<string | undefined> {
  const isCovered = await ports.audience.covered();
  const latest = await latestRecords(ports);
  const { records } = latest;
  // Without reports trials still end in time, and without those of thumbnails YouTube can still say how videos are watched.
  const tried =
    enough > 0
      ? await reviewTrials(records, { enough, folder, isCovered }, ports).catch((error: unknown) => ({
          ...{ records, left: [wordsOf(error)] },
        }))
      : { records, left: [] };
  const left = [
    ...(isCovered ? [] : [notCovered]),
    ...latest.left,
    ...tried.left,
    ...(isCovered ? await askRetentions(tried.records, ports) : []),
  ];
  const more = left.length - mostProblems;
  if (left.length === 0) return undefined;
  return [...left.slice(0, mostProblems), ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}

/** Records of videos, and in words what was left out. */
interface Reviewed {
  records: AudienceRecord[];
  left: string[];
}

const timeIsOver = (what: string) => `${what}, since the time was over`;

/** Reads the records of the latest videos. */
async function latestRecords({ records, now, signal }: ReviewAudiencePorts): Promise<Reviewed> {
  const latest: AudienceRecord[] = [];
  const unreadable: string[] = [];
  const left: string[] = [];
  for await (const record of records()) {
    const isKnown = !('unreadable' in record);
    if (isKnown && now().getTime() - Date.parse(record.published_at) > reviewedMs) break;
    if (signal.aborted) {
      left.push(timeIsOver('earlier videos were left out'));
      break;
    }
    if (latest.length + unreadable.length === mostVideos) {
      left.push(`videos before the latest ${mostVideos} were left out`);
      break;
    }
    if (isKnown) latest.push(record);
    else unreadable.push(record.unreadable);
  }
  if (unreadable.length > 0)
    left.push(`${unreadable.length} records can't be read, the latest is ${unreadable[0]}`);
  return { records: latest, left };
}

type Tried = AudienceRecord & { trial: Trial };
const isTried = (record: AudienceRecord): record is Tried =>
  record.trial !== undefined && !record.trial.result;

/** Reviews the trials. What is stored of a video whose review failed can be newer, so that one is not returned. */
async function reviewTrials(
  latest: readonly AudienceRecord[],
  { isCovered, ...options }: ReviewOptions & { isCovered: boolean },
  ports: ReviewAudiencePorts,
): Promise<Reviewed> {
  const { audience, putAudience, signal } = ports;
  const trials = latest.filter(isTried);
  const records = new Map(latest.map((record) => [record.job_id, record]));
  const left: string[] = [];
  const oldest = trials.at(-1);
  if (!oldest) return { records: [...latest], left };
  const since = new Date(Date.parse(oldest.published_at) - dayMs);
  const reach = isCovered ? await audience.reach(since) : undefined;
  if (reach) left.push(...leftOutOf(reach));
  const changes = await audience.changesLeft();
  let made = 0;
  let waiting = 0;
  let failures = 0;
  for (const record of fairly(trials)) {
    if (signal.aborted) {
      left.push(timeIsOver('thumbnails were left as they are'));
      break;
    }
    try {
      const reported = reach?.byVideo.get(record.video_id) ?? [];
      const trial = { ...record.trial, reach: withReported(record.trial.reach, reported) };
      const step = nextStep(trial, record.published_at, options.enough, ports.now());
      const shown = trial.shown.at(-1);
      const isShown = step.do !== 'wait' && shown?.confirmed && shown.thumbnail === step.thumbnail;
      let current: AudienceRecord = { ...record, trial };
      if (step.do === 'keep' && isShown) current = decided({ ...record, trial }, step, ports);
      else if (step.do !== 'wait' && made === changes) waiting += 1;
      else if (step.do !== 'wait') {
        made += 1;
        current = await changed({ ...record, trial }, step, options, ports);
      }
      if (JSON.stringify(current) !== JSON.stringify(record)) await putAudience(current);
      records.set(record.job_id, current);
      failures = 0;
    } catch (error) {
      records.delete(record.job_id);
      left.push(`${record.url}: ${wordsOf(error)}`);
      failures += 1;
      if (failures === mostFailures || error instanceof YouTubeQuotaError) break;
    }
  }
  if (waiting > 0) left.push(`${waiting} thumbnails were not changed, since the day's units are for videos`);
  return { records: [...records.values()], left };
}

/** Returns in words what of the reports was left out, one sentence for each kind however often it happened. */
function leftOutOf({ oddRows, unusable }: Reach): string[] {
  const { count, first } = oddRows;
  const [report] = unusable;
  return [
    ...(first
      ? [
          `${count} rows of the reach reports were left out; one of the report of ${first.day} is “${first.row}”`,
        ]
      : []),
    ...(report
      ? [`${unusable.length} reach reports were left out; the one of ${report.day}: ${report.why}`]
      : []),
  ];
}

/** Returns what is known of each day. A day that a report left out, or that YouTube reports no more, stays as it was. */
function withReported(known: readonly DailyReach[], reported: readonly DailyReach[]): DailyReach[] {
  const days = new Map([...known, ...reported].map((reach) => [reach.day, reach]));
  return [...days.values()].sort((a, b) => a.day.localeCompare(b.day));
}

/** Asks how videos are watched, those first that wait longest. Returns what was left out. */
async function askRetentions(
  records: readonly AudienceRecord[],
  { audience, putAudience, now, signal }: ReviewAudiencePorts,
): Promise<string[]> {
  const wanted = records
    .filter((record) => wantsRetention(record, now()))
    .toSorted((a, b) => lastAsked(a) - lastAsked(b));
  const left: string[] = [];
  let failures = 0;
  let asked = 0;
  for (const record of wanted.slice(0, mostRetentions)) {
    if (signal.aborted || failures === mostFailures) break;
    asked += 1;
    try {
      const [from, to] = [new Date(record.published_at), now()].map(youtubeDay) as [string, string];
      const points = await audience.retention(record.video_id, from, to);
      const { retention_failed_at: _, ...known } = record;
      await putAudience({ ...known, retention: { asked_at: now().toISOString(), points } });
      failures = 0;
    } catch (error) {
      left.push(`${record.url}: ${wordsOf(error)}`);
      failures += 1;
      // It is asked about again after the others: three such videos would end each review.
      await putAudience({ ...record, retention_failed_at: now().toISOString() });
    }
  }
  const waiting = wanted.length - asked;
  if (waiting > 0) left.push(`YouTube was not asked how ${waiting} videos are watched`);
  return left;
}

/** Returns the videos whose thumbnail has been shown the longest first: the changes of a day are not always enough for all. */
const fairly = (records: readonly Tried[]): Tried[] =>
  records.toSorted((a, b) => lastChange(a) - lastChange(b));
const lastChange = ({ trial, published_at }: Tried) => Date.parse(trial.shown.at(-1)?.since ?? published_at);

const lastAsked = ({ retention_failed_at, retention, published_at }: AudienceRecord) =>
  Date.parse(retention_failed_at ?? retention?.asked_at ?? published_at);

function wantsRetention({ published_at, retention }: AudienceRecord, now: Date): boolean {
  if (retention) return now.getTime() - Date.parse(retention.asked_at) >= retentionAgainMs;
  return now.getTime() - Date.parse(published_at) >= retentionAgeMs;
}

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
