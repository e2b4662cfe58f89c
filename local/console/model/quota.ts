/** The ledgers: the remaining quota of the day, and which job holds which chapter. */
import { z } from 'zod';
import type { Config } from '../../../config/settings/index.ts';
import { LedgerEntry } from '../../../domain/ledger-entry.ts';
import { quotaDay } from '../../../domain/quota-day.ts';
import { youtubeDay } from '../../../domain/youtube-quota.ts';
import type { CloudAccess, ShownCloud } from '../../cloud-access.ts';

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
});

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
  rates: { name: string; nextAt: number }[];
  chapters: LedgerEntry[];
}

export function quotaModel(cloud: ShownCloud, access: CloudAccess, config: Config) {
  const { countersTable, chaptersTable } = cloud.resources;
  return async (): Promise<Ledgers> => {
    const [counters, chapters] = await Promise.all([access.scan(countersTable), access.scan(chaptersTable)]);
    const items = counters.map((item) => Counter.parse(item)).sort((a, b) => b.date.localeCompare(a.date));
    const named = (word: string) =>
      items
        .filter(({ date }) => date.startsWith(`${word}#`))
        .map((item) => ({ ...item, date: item.date.slice(word.length + 1) }));
    const now = new Date(cloud.clock.now());
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
      rates: named('rate').map(({ date: name, next_at: nextAt = 0 }) => ({ name, nextAt })),
      chapters: chapters
        .map((item) => LedgerEntry.parse(item))
        .sort((a, b) => (b.updated_at ?? '').localeCompare(a.updated_at ?? '')),
    };
  };
}
