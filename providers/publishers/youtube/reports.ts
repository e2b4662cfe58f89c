import * as z from 'zod';
import type { DailyReach } from '../../../domain/audience/reach.ts';
import { RetentionPoint } from '../../../domain/audience/retention.ts';
import { youtubeDay } from '../../../domain/youtube-quota.ts';
import type { YouTubeApi } from './api.ts';
import { readApiError, YouTubeApiError } from './api-error.ts';
import type { YouTubePorts, YouTubeSettings } from './ports.ts';
import { parseReach, type ReachReport } from './reach-report.ts';
import { retryCall } from './retry-call.ts';

const attempts = 4;
const answerMs = 60_000;
/** A report has one row for each video of a day. */
const largestReport = 16 * 1024 * 1024;
const mostPages = 50;

/** Versions of the report with impressions and click rate of thumbnails (channel reports, "Reach reports"). */
const reachType = /^channel_reach_basic_a(\d+)$/;
const versionOf = (typeId: string) => Number(reachType.exec(typeId)?.[1] ?? -1);

const Types = z.object({
  nextPageToken: z.string().optional(),
  reportTypes: z.array(z.object({ id: z.string(), deprecateTime: z.string().optional() })).default([]),
});
const Job = z.object({ id: z.string(), reportTypeId: z.string(), expireTime: z.string().optional() });
const Jobs = z.object({ nextPageToken: z.string().optional(), jobs: z.array(Job).default([]) });
const Reports = z.object({
  nextPageToken: z.string().optional(),
  reports: z
    .array(z.object({ startTime: z.string(), createTime: z.string(), downloadUrl: z.string() }))
    .default([]),
});
const Table = z.object({
  columnHeaders: z.array(z.object({ name: z.string() })).default([]),
  rows: z.array(z.array(z.number())).default([]),
});

/** Reach of a channel's videos, and what of the reports was left out. */
export interface Reach {
  /** Days by the id of the video. */
  byVideo: ReadonlyMap<string, readonly DailyReach[]>;
  /** Rows that can't be used, and one of them with the day of its report. */
  oddRows: { count: number; first?: { row: string; day: string } };
  /** Reports that can't be used. If an earlier report of the same day can, that one was. */
  unusable: { day: string; why: string }[];
}

export interface ChannelReports {
  /**
   * Returns the reach of the channel's videos on each day from `since` on. YouTube begins to make these reports when it is first
   * asked: they come after two days, with those of the 30 days before.
   */
  reach(since: Date): Promise<Reach>;
  /** Returns how a video was watched from one day to another; no points if YouTube has too few views. */
  retention(videoId: string, from: string, to: string): Promise<RetentionPoint[]>;
}

/**
 * Reads a channel's reports: the Reporting API for thumbnails, the Analytics API for retention. They take no units of the Data API. Throws
 * YouTubeApiError.
 */
export function channelReports(
  api: Pick<YouTubeApi, 'authorized'>,
  settings: Pick<YouTubeSettings, 'reportingEndpoint' | 'analyticsEndpoint'>,
  ports: Pick<YouTubePorts, 'now' | 'wait' | 'signal'>,
): ChannelReports {
  function ask(name: string, url: URL, body?: object): Promise<string> {
    const attempt = async () => {
      const response = await api.authorized(name, (authorization) =>
        fetch(url, {
          method: body ? 'POST' : 'GET',
          headers: { authorization, ...(body && { 'content-type': 'application/json; charset=UTF-8' }) },
          ...(body && { body: JSON.stringify(body) }),
          // A redirect would take the token along.
          redirect: 'error',
          signal: AbortSignal.any([ports.signal, AbortSignal.timeout(answerMs)]),
        }),
      );
      if (!response.ok) throw await readApiError(name, response);
      return readText(name, response);
    };
    return retryCall(attempt, { attempts }, ports);
  }

  async function read<T>(name: string, url: URL, schema: z.ZodType<T>, body?: object): Promise<T> {
    const text = await ask(name, url, body);
    try {
      return schema.parse(JSON.parse(text));
    } catch {
      throw new YouTubeApiError(name, 0, 'unreadable', 'the response is not what the API describes');
    }
  }

  /** Reads all pages of a list. */
  async function* pages<T extends { nextPageToken?: string | undefined }>(
    name: string,
    path: string,
    schema: z.ZodType<T>,
    query: Record<string, string> = {},
  ): AsyncGenerator<T> {
    let pageToken = '';
    for (let page = 0; page < mostPages; page++) {
      const url = new URL(path, settings.reportingEndpoint);
      url.search = new URLSearchParams({ ...query, ...(pageToken && { pageToken }) }).toString();
      const found = await read(name, url, schema);
      yield found;
      pageToken = found.nextPageToken ?? '';
      if (pageToken === '') return;
    }
  }

  /** Returns the reporting job for the newest version that has one; creates the first one. */
  async function reachJob(): Promise<string> {
    const jobs: z.infer<typeof Job>[] = [];
    for await (const page of pages('jobs.list', '/v1/jobs', Jobs)) jobs.push(...page.jobs);
    const usable = jobs
      .filter(({ reportTypeId, expireTime }) => {
        const isOver = expireTime !== undefined && Date.parse(expireTime) <= ports.now().getTime();
        return reachType.test(reportTypeId) && !isOver;
      })
      .sort((a, b) => versionOf(b.reportTypeId) - versionOf(a.reportTypeId));
    if (usable[0]) return usable[0].id;
    const types: string[] = [];
    for await (const page of pages('reportTypes.list', '/v1/reportTypes', Types))
      types.push(...page.reportTypes.flatMap(({ id, deprecateTime }) => (deprecateTime ? [] : [id])));
    const newest = types.filter((id) => reachType.test(id)).sort((a, b) => versionOf(b) - versionOf(a))[0];
    if (newest === undefined)
      throw new YouTubeApiError('reportTypes.list', 0, 'noReachReport', 'this channel has no reach report');
    const url = new URL('/v1/jobs', settings.reportingEndpoint);
    return (await read('jobs.create', url, Job, { reportTypeId: newest, name: 'manga-pipeline reach' })).id;
  }

  /**
   * Returns the reports of each day, the newest first: YouTube makes a day's report again when its data changes. The day whose report was
   * made last is the last one.
   */
  async function reportsByDay(job: string, since: Date): Promise<{ day: string; addresses: URL[] }[]> {
    const byStart = new Map<string, { made: number; url: URL }[]>();
    const query = { startTimeAtOrAfter: since.toISOString() };
    const path = `/v1/jobs/${encodeURIComponent(job)}/reports`;
    for await (const { reports } of pages('jobs.reports.list', path, Reports, query))
      for (const { startTime, createTime, downloadUrl } of reports) {
        const report = { made: Date.parse(createTime), url: addressOf(downloadUrl) };
        byStart.set(startTime, [...(byStart.get(startTime) ?? []), report]);
      }
    return [...byStart]
      .map(([start, reports]) => ({ start, reports: reports.sort((a, b) => b.made - a.made) }))
      .sort((a, b) => (a.reports[0]?.made ?? 0) - (b.reports[0]?.made ?? 0))
      .map(({ start, reports }) => ({
        day: youtubeDay(new Date(start)),
        addresses: reports.map(({ url }) => url),
      }));
  }

  function addressOf(downloadUrl: string): URL {
    const url = URL.canParse(downloadUrl) ? new URL(downloadUrl) : undefined;
    // The token is sent there.
    if (url?.origin === new URL(settings.reportingEndpoint).origin) return url;
    throw new YouTubeApiError('jobs.reports.list', 0, 'unreadable', `a report is at ${downloadUrl}`);
  }

  /** Returns the newest report of a day that can be used; undefined if none can. */
  async function usableReport(
    { day, addresses }: { day: string; addresses: readonly URL[] },
    unusable: Reach['unusable'],
  ): Promise<ReachReport | undefined> {
    for (const url of addresses) {
      try {
        return parseReach(await ask('media.download', url));
      } catch (error) {
        if (!isOfReport(error)) throw error;
        unusable.push({ day, why: error.message });
      }
    }
    return undefined;
  }

  return {
    async reach(since) {
      const byVideo = new Map<string, Map<string, DailyReach>>();
      const oddRows: Reach['oddRows'] = { count: 0 };
      const unusable: Reach['unusable'] = [];
      for (const ofDay of await reportsByDay(await reachJob(), since)) {
        const report = await usableReport(ofDay, unusable);
        for (const row of report?.oddRows ?? []) {
          oddRows.count += 1;
          oddRows.first ??= { row, day: ofDay.day };
        }
        for (const { videoId, ...reach } of report?.rows ?? []) {
          const days = byVideo.get(videoId) ?? new Map();
          // A day that two reports have does not count twice.
          byVideo.set(videoId, days.set(reach.day, reach));
        }
      }
      const withDays = [...byVideo].map(([videoId, days]) => [videoId, [...days.values()]] as const);
      return { byVideo: new Map(withDays), oddRows, unusable };
    },

    async retention(videoId, startDate, endDate) {
      const url = new URL('/v2/reports', settings.analyticsEndpoint);
      url.search = new URLSearchParams({
        ...{ ids: 'channel==MINE', startDate, endDate, filters: `video==${videoId}` },
        ...{ dimensions: 'elapsedVideoTimeRatio', metrics: 'audienceWatchRatio' },
      }).toString();
      const { columnHeaders, rows } = await read('reports.query', url, Table);
      const columns = columnHeaders.map(({ name }) => name);
      const [at, watching] = [
        columns.indexOf('elapsedVideoTimeRatio'),
        columns.indexOf('audienceWatchRatio'),
      ];
      return rows.map((row) => {
        const point = RetentionPoint.safeParse({ at: row[at], watching: row[watching] });
        if (point.success) return point.data;
        throw new YouTubeApiError('reports.query', 0, 'unreadable', `a row of the retention is ${row}`);
      });
    },
  };
}

/** Returns whether an error is about one report, as one that is not what it should be, or that was deleted after it was listed. */
const isOfReport = (error: unknown): error is YouTubeApiError =>
  error instanceof YouTubeApiError && (error.reason === 'unreadable' || error.status === 404);

/** Reads a response up to a size that no report has. */
async function readText(name: string, response: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const piece of response.body ?? []) {
      size += piece.byteLength;
      if (size > largestReport) throw new Error(`it is larger than ${largestReport} bytes`);
      pieces.push(piece);
    }
  } catch (error) {
    throw new YouTubeApiError(name, 0, 'unreadable', (error as Error).message);
  }
  return Buffer.concat(pieces).toString();
}
