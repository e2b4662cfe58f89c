/** The ledgers: the remaining quota of the day, and which job holds which chapter. */
import * as z from 'zod';
import { publishingChannels } from '../../../config/channels.ts';
import type { Config } from '../../../config/settings/index.ts';
import { channelsWithShorts } from '../../../config/settings/series.ts';
import { seriesSettingsPrefix } from '../../../domain/artifacts.ts';
import { channelKey, channelOf, mainChannel } from '../../../domain/channel.ts';
import { type ChannelPlan, type ComingDay, comingDays } from '../../../domain/coming-days.ts';
import { statusesAtWork } from '../../../domain/job.ts';
import { LedgerEntry } from '../../../domain/ledger-entry.ts';
import { quotaDay } from '../../../domain/quota-day.ts';
import { hasSeriesWithShorts } from '../../../domain/short.ts';
import {
  type KnownChannels,
  knownIn,
  sentenceOf,
  sharing,
  youtubeChannelsKey,
} from '../../../domain/youtube-channels.ts';
import { youtubeDay } from '../../../domain/youtube-quota.ts';
import type { CloudAccess, ShownCloud } from '../../cloud-access.ts';
import type { JobsModel } from './jobs.ts';

/** Keys of the counters table are `YYYY-MM-DD`, or a kind, `#` and its subject. */
const Counter = z.object({
  date: z.string(),
  count: z.number().default(0),
  slots: z.number().default(0),
  job_ids: z.array(z.string()).default([]),
  holders: z.array(z.string()).default([]),
  uploads: z.number().default(0),
  units: z.number().default(0),
  next_at: z.number().optional(),
  closed_for: z.string().optional(),
  channel_closed_for: z.string().optional(),
  refused_for: z.string().optional(),
});

/** Use of a channel's day, and of the allowances of its Google project. */
export interface ChannelLedger {
  channel: string;
  today: string;
  count: number;
  slots: number;
  dailyQuota: number;
  /** Absent if videos go elsewhere. */
  youtube?: {
    /** The channel that owns the project. */
    project: string;
    uploads: number;
    uploadsPerDay: number;
    units: number;
    unitsPerDay: number;
  };
  /** Why YouTube accepts nothing more today, or the channel can't publish. */
  closed?: string;
}

/** The coming days of a channel. */
export interface ChannelDays {
  channel: string;
  days: ComingDay[];
}

export interface Ledgers {
  today: string;
  timezone: string;
  dailyQuota: number;
  days: { day: string; count: number; slots: number; holders: string[]; counted: string[] }[];
  youtube: {
    publisher: string;
    today: string;
    uploadsPerDay: number;
    unitsPerDay: number;
    days: { day: string; uploads: number; units: number }[];
  };
  /** Empty if the stage has only the first one. */
  channels: ChannelLedger[];
  /** The coming week of each channel. */
  ahead: ChannelDays[];
  rates: { name: string; nextAt: number }[];
  chapters: LedgerEntry[];
}

export function quotaModel(
  cloud: ShownCloud,
  access: CloudAccess,
  config: Config,
  jobs: Pick<JobsModel, 'list'>,
) {
  const { countersTable, chaptersTable } = cloud.resources;
  return async (): Promise<Ledgers> => {
    const [counters, chapters] = await Promise.all([access.scan(countersTable), access.scan(chaptersTable)]);
    const items = counters.map((item) => Counter.parse(item)).sort((a, b) => b.date.localeCompare(a.date));
    const named = (word: string) =>
      items
        .filter(({ date }) => date.startsWith(`${word}#`))
        .map((item) => ({ ...item, date: item.date.slice(word.length + 1) }));
    const now = new Date(cloud.clock.now());
    const known = knownIn(counters.find(({ date }) => date === youtubeChannelsKey) ?? {});
    const ledgers = ledgersOf(config, { items, known }, now);
    return {
      today: quotaDay(now, config.quotaTimezone),
      timezone: config.quotaTimezone,
      dailyQuota: config.dailyQuota,
      days: items
        .filter(({ date }) => /^\d{4}-\d\d-\d\d$/.test(date))
        .map(({ date: day, count, slots, holders, job_ids: counted }) => ({
          day,
          count,
          slots,
          holders,
          counted,
        })),
      youtube: {
        publisher: config.publisher,
        today: youtubeDay(now),
        uploadsPerDay: config.youtubeUploadsPerDay,
        unitsPerDay: config.youtubeUnitsPerDay,
        days: named('youtube').map(({ date: day, uploads, units }) => ({ day, uploads, units })),
      },
      channels: Object.keys(config.channels).length > 0 ? ledgers : [],
      ahead: await daysAhead(config, ledgers, { jobs, access, now }),
      rates: named('rate').map(({ date: name, next_at: nextAt = 0 }) => ({ name, nextAt })),
      chapters: chapters
        .map((item) => LedgerEntry.parse(item))
        .sort((a, b) => (b.updated_at ?? '').localeCompare(a.updated_at ?? '')),
    };
  };
}

interface Counted {
  items: readonly z.infer<typeof Counter>[];
  /** The YouTube channel of each channel. */
  known: KnownChannels;
}

function ledgersOf(config: Config, { items, known }: Counted, now: Date): ChannelLedger[] {
  const publishing = publishingChannels({ CHANNELS: config.channels, DAILY_QUOTA: config.dailyQuota });
  const further = Object.keys(config.channels);
  const itemOf = (channel: string, key: string) =>
    items.find(({ date }) => date === channelKey(channel, key)) ?? Counter.parse({ date: key });
  const settingsOf = (channel: string) => ({ ...config, ...config.channels[channel] });
  return [mainChannel, ...further].map((channel) => {
    const { dailyQuota, quotaTimezone } = settingsOf(channel);
    const today = quotaDay(now, quotaTimezone);
    const { count, slots } = itemOf(channel, today);
    const ledger = { channel, today, count, slots, dailyQuota };
    if (config.publisher !== 'youtube') return ledger;
    const project = config.channels[channel]?.sharesQuotaWith ?? channel;
    const youtubeToday = `youtube#${youtubeDay(now)}`;
    const { uploads, units, closed_for } = itemOf(project, youtubeToday);
    const { youtubeUploadsPerDay: uploadsPerDay, youtubeUnitsPerDay: unitsPerDay } = settingsOf(project);
    const shared = sharing(channel, known, publishing);
    const closed =
      itemOf(channel, 'refusal#youtube').refused_for ??
      (shared && sentenceOf(shared)) ??
      closed_for ??
      itemOf(channel, youtubeToday).channel_closed_for;
    return {
      ...ledger,
      youtube: { project, uploads, uploadsPerDay, units, unitsPerDay },
      ...(closed !== undefined && { closed }),
    };
  });
}

const daysShown = 7;

interface DaysPorts {
  jobs: Pick<JobsModel, 'list'>;
  access: CloudAccess;
  now: Date;
}

async function daysAhead(
  config: Config,
  ledgers: readonly ChannelLedger[],
  { jobs, access, now }: DaysPorts,
): Promise<ChannelDays[]> {
  const files = await access.objects(seriesSettingsPrefix);
  const shorts = await channelsWithShorts(async (key, schema) => schema.parse(await access.json(key)), files);
  const all = await jobs.list();
  const plans = ledgers.map(({ channel, slots, dailyQuota, youtube }): ChannelPlan => {
    const its = { ...config, ...config.channels[channel] };
    const own = all.filter((job) => channelOf(job) === channel);
    const published = own.filter(({ status }) => status === 'published');
    return {
      ...{ channel, project: youtube?.project ?? channel, slots, dailyQuota, timezone: its.quotaTimezone },
      ...{ captions: its.youtubeCaptions, playlist: its.youtubePlaylists },
      shorts: its.shorts || shorts.has(channel) || hasSeriesWithShorts(own),
      trials: config.thumbnailImpressions > 0,
      atWork: own.filter(({ status }) => statusesAtWork.has(status)).length,
      published: published.flatMap(({ published_at }) => published_at ?? []),
      scheduled: published.flatMap(({ publish_at }) => publish_at ?? []),
    };
  });
  const projects = new Map(
    ledgers.flatMap(({ channel, closed, youtube }) =>
      youtube
        ? [
            [
              channel,
              {
                allowance: { uploads: youtube.uploadsPerDay, units: youtube.unitsPerDay },
                spent: { uploads: youtube.uploads, units: youtube.units, closed },
              },
            ] as const,
          ]
        : [],
    ),
  );
  const days = comingDays(plans, {
    now,
    count: daysShown,
    projects: config.publisher === 'youtube' ? projects : undefined,
  });
  return plans.map(({ channel }) => ({ channel, days: days.get(channel) ?? [] }));
}
