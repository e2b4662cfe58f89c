import { channelOf } from '../../domain/channel.ts';
import type { ComingDay } from '../../domain/coming-days.ts';
import { type Job, type JobId, statusesAtWork } from '../../domain/job.ts';
import type { QuotaAllowance, QuotaSpent } from '../../domain/youtube-quota.ts';

/** Room that is left on a channel. */
export interface ChannelState {
  channel: string;
  /** The channel that owns the Google project. */
  project: string;
  /** The current quota day, the videos that count toward it, and its slots that are taken. */
  day: string;
  count: number;
  slots: number;
  dailyQuota: number;
  /** Jobs whose chapter failed and waits for another attempt or for a person. */
  failed: ReadonlySet<JobId>;
  /** The coming days, today first. */
  days: readonly ComingDay[];
  /** Absent if videos go elsewhere. */
  youtube?: {
    spent: QuotaSpent;
    allowance: QuotaAllowance;
    refusal: { reason: string; since: string } | undefined;
  };
}

/** The latest video of a series that is scheduled, and when it becomes public. */
export interface Scheduled {
  job_id: string;
  publish_at: string;
}

/** Formats what a person has to decide about, the longest waiting first. */
function forYou(jobs: readonly Job[], failed: ReadonlySet<JobId>): string[] {
  const since = ({ held_at, updated_at }: Job) => held_at ?? updated_at;
  return jobs
    .filter(
      ({ status, job_id }) => status === 'needs_review' || status === 'awaiting_review' || failed.has(job_id),
    )
    .sort((one, other) => since(one).localeCompare(since(other)))
    .map((job) => {
      const reason = failed.has(job.job_id)
        ? `failed with ${job.error_name ?? 'an unknown error'}`
        : job.status === 'needs_review'
          ? (job.doubt_reasons?.[0] ?? 'doubtful')
          : 'finished';
      return `    ${job.job_id}: ${[job.manga_title, job.chapter_id].filter(Boolean).join(', ')}, since ${since(job)}: ${reason}`;
    });
}

/** Formats how far each series is scheduled, the next to end first. */
function scheduledOf(jobs: readonly Job[], scheduled: readonly Scheduled[], now: Date): string[] {
  return scheduled
    .filter(({ publish_at }) => Date.parse(publish_at) > now.getTime())
    .sort((one, other) => one.publish_at.localeCompare(other.publish_at))
    .flatMap(({ job_id, publish_at }) => {
      const job = jobs.find((one) => one.job_id === job_id);
      return job ? [`  scheduled: ${job.manga_title ?? job_id}, the last one for ${publish_at}`] : [];
    });
}

const week = 7 * 86_400_000;

const signed = (left: number, of: number) => `${left < 0 ? '−' : ''}${Math.abs(left)} of ${of}`;

/** Formats the coming days as a table, today first. */
function daysOf(days: readonly ComingDay[], allowance: QuotaAllowance | undefined): string[] {
  const rows = days.map(({ day, videos, publications, youtube, warnings }) => [
    ...[day, String(videos), String(publications)],
    ...(youtube && allowance
      ? [
          ...[String(youtube.needed.uploads), signed(youtube.left.uploads, allowance.uploads)],
          ...[String(youtube.needed.units), signed(youtube.left.units, allowance.units)],
        ]
      : []),
    warnings.join('; '),
  ]);
  const titles = ['day', 'videos', 'public', ...(allowance ? ['uploads', 'left', 'units', 'left'] : []), ''];
  const table = [titles, ...rows];
  const widths = titles.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const last = titles.length - 1;
  return table.map((row) =>
    `  ${row.map((cell, column) => (column === 0 || column === last ? cell.padEnd(column === last ? 0 : (widths[column] ?? 0)) : cell.padStart(widths[column] ?? 0))).join('  ')}`.trimEnd(),
  );
}

/** Describes a channel in lines: what was published, what waits, and the quota of today and the days ahead. */
export function describeChannel(
  state: ChannelState,
  jobs: readonly Job[],
  scheduled: readonly Scheduled[],
  now: Date,
): string[] {
  const { channel, project, day, count, slots, dailyQuota, days, failed, youtube } = state;
  const own = jobs.filter((job) => channelOf(job) === channel);
  const published = own
    .filter(({ status }) => status === 'published')
    .sort((one, other) => (other.published_at ?? '').localeCompare(one.published_at ?? ''));
  const recent = published.filter(
    ({ published_at }) => now.getTime() - Date.parse(published_at ?? '') < week,
  );
  const [latest] = published;
  const number = (matches: (job: Job) => boolean) => own.filter(matches).length;
  const waiting = {
    'at work': number(({ status }) => statusesAtWork.has(status) && status !== 'awaiting_review'),
    'finished for you': number(({ status }) => status === 'awaiting_review'),
    'doubtful for you': number(({ status }) => status === 'needs_review'),
    failed: number(({ job_id }) => failed.has(job_id)),
  };
  const waits = Object.entries(waiting).flatMap(([what, many]) => (many > 0 ? [`${many} ${what}`] : []));
  const shares = project === channel ? '' : `, shared with ${project}`;
  return [
    channel,
    `  published: ${published.length} in all, ${recent.length} in the last 7 days${latest ? `; the latest is ${latest.manga_title ?? latest.job_id} at ${latest.youtube_url}` : ''}`,
    `  waits: ${waits.join(', ') || 'nothing'}`,
    ...forYou(own, failed),
    ...scheduledOf(own, scheduled, now),
    `  ${day}: ${count} of ${dailyQuota} videos are published, ${Math.max(0, slots - count)} at work, ${Math.max(0, dailyQuota - slots)} free`,
    ...(youtube
      ? [
          `  YouTube today: ${youtube.spent.uploads} of ${youtube.allowance.uploads} uploads and ${youtube.spent.units} of ${youtube.allowance.units} units are used${shares}`,
        ]
      : []),
    ...(youtube?.spent.closed === undefined ? [] : [`  closed today: ${youtube.spent.closed}`]),
    ...(youtube?.refusal ? [`  refused since ${youtube.refusal.since}: ${youtube.refusal.reason}`] : []),
    `  days ahead, at most${shares}:`,
    ...daysOf(days, youtube?.allowance),
  ];
}
