import { DailyReach } from '../../../domain/audience/reach.ts';
import { YouTubeApiError } from './api-error.ts';

const columns = {
  date: 'date',
  videoId: 'video_id',
  impressions: 'video_thumbnail_impressions',
  clickRate: 'video_thumbnail_impressions_ctr',
} as const;

const unreadable = (why: string) => new YouTubeApiError('media.download', 0, 'unreadable', why);

/**
 * Parses a reach report: CSV of ids, days as `20261130` and numbers, none of which is ever quoted. A click rate is clicks divided by
 * impressions (report metrics), and a video has one row for a day. Throws YouTubeApiError if it is anything else, since a number read from
 * the wrong column would choose a thumbnail.
 */
export function parseReach(csv: string): (DailyReach & { videoId: string })[] {
  const [header = '', ...lines] = csv.trim().split(/\r?\n/);
  const names = header.split(',');
  const at = Object.fromEntries(
    Object.entries(columns).map(([key, name]) => [key, names.indexOf(name)]),
  ) as Record<keyof typeof columns, number>;
  const missing = Object.values(columns).filter((name) => !names.includes(name));
  if (missing.length > 0) throw unreadable(`the reach report has no column ${missing.join(', ')}`);
  const seen = new Set<string>();
  return lines.map((line) => {
    const cells = line.split(',');
    const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec(cells[at.date] ?? '') ?? [];
    const videoId = cells[at.videoId] ?? '';
    const impressions = Number(cells[at.impressions] || Number.NaN);
    const clickRate = Number(cells[at.clickRate] || (impressions === 0 ? 0 : Number.NaN));
    const reach = DailyReach.safeParse({
      ...{ day: `${year}-${month}-${day}`, impressions, clicks: impressions * clickRate },
    });
    const isRow = cells.length === names.length && /^[\w-]+$/.test(videoId) && clickRate <= 1;
    if (!isRow || !reach.success) throw unreadable(`a row of the reach report is “${line.slice(0, 120)}”`);
    const key = `${videoId} ${reach.data.day}`;
    if (seen.has(key)) throw unreadable(`the reach report has ${key} twice`);
    seen.add(key);
    return { videoId, ...reach.data };
  });
}
