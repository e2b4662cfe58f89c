import { DailyReach } from '../../../domain/audience/reach.ts';
import { YouTubeApiError } from './api-error.ts';

const columns = {
  date: 'date',
  videoId: 'video_id',
  impressions: 'video_thumbnail_impressions',
  clickRate: 'video_thumbnail_impressions_ctr',
} as const;

const quotedRow = 120;
const aNumber = /^\d+(\.\d+)?(e[+-]?\d+)?$/i;

export interface ReachReport {
  rows: (DailyReach & { videoId: string })[];
  /** Lines that are not such a row, shortened. */
  oddRows: string[];
}

/**
 * Parses a reach report: CSV of ids, days as `20261130` and numbers. A click rate is clicks divided by impressions (report metrics), and
 * a video has one row for a day; if it has more, all of them are odd, since one of them is wrong. Columns are found by their names. Throws
 * YouTubeApiError without them, since a number read from another column would choose a thumbnail.
 */
export function parseReach(csv: string): ReachReport {
  const [header = '', ...lines] = csv.replace(/^\uFEFF/, '').split(/\r?\n/);
  const names = cellsOf(header) ?? [];
  const unclear = Object.values(columns).filter((name) => names.filter((one) => one === name).length !== 1);
  if (unclear.length > 0)
    throw new YouTubeApiError(
      ...(['media.download', 0, 'unreadable'] as const),
      `the reach report has no column ${unclear.join(', ')}, or more than one`,
    );
  const read = lines.filter((line) => line.trim() !== '').map((line) => ({ line, row: rowOf(line, names) }));
  const keyOf = ({ videoId, day }: ReachReport['rows'][number]) => `${videoId} ${day}`;
  const times = new Map<string, number>();
  for (const { row } of read) if (row) times.set(keyOf(row), (times.get(keyOf(row)) ?? 0) + 1);
  const report: ReachReport = { rows: [], oddRows: [] };
  for (const { line, row } of read) {
    if (row && times.get(keyOf(row)) === 1) report.rows.push(row);
    else report.oddRows.push(line.slice(0, quotedRow));
  }
  return report;
}

function rowOf(line: string, names: readonly string[]): ReachReport['rows'][number] | undefined {
  const cells = cellsOf(line);
  if (cells?.length !== names.length) return undefined;
  const cell = (column: keyof typeof columns) => cells[names.indexOf(columns[column])] ?? '';
  const numberIn = (text: string) => (aNumber.test(text) ? Number(text) : Number.NaN);
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec(cell('date')) ?? [];
  const videoId = cell('videoId');
  const impressions = numberIn(cell('impressions'));
  // Of no impressions there is no rate.
  const clickRate = impressions === 0 && cell('clickRate') === '' ? 0 : numberIn(cell('clickRate'));
  const reach = DailyReach.safeParse({
    ...{ day: `${year}-${month}-${day}`, impressions, clicks: impressions * clickRate },
  });
  return reach.success && /^[\w-]+$/.test(videoId) && clickRate <= 1 ? { videoId, ...reach.data } : undefined;
}

/** Returns the cells of a line, in which a quoted one can have commas (RFC 4180); undefined if a quote is not closed. */
function cellsOf(line: string): string[] | undefined {
  if (!/^([^",]*|"([^"]|"")*")(,([^",]*|"([^"]|"")*"))*$/.test(line)) return undefined;
  const cells = `,${line}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^",]*))/g);
  return [...cells].map(([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain);
}
