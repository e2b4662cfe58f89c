import * as z from 'zod';
import type { DailyReach } from '../../../domain/audience/reach.ts';
import { RetentionPoint } from '../../../domain/audience/retention.ts';
import type { YouTubeApi } from './api.ts';
import { readApiError, YouTubeApiError } from './api-error.ts';
import type { YouTubePorts, YouTubeSettings } from './ports.ts';
import { parseReach } from './reach-report.ts';
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

export interface ChannelReports {
  /**
   * Returns the reach of the channel's videos on each day from `since` on, by video. YouTube begins to make these reports when it is first
   * asked: they come after two days, with those of the 30 days before.
   */
  reach(since: Date): Promise<Map<string, DailyReach[]>>;
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
   * Returns the addresses of the newest report of each day, the latest made last: YouTube makes a day's report again when its data changes.
   */
  async function newestReports(job: string, since: Date): Promise<URL[]> {
    const newest = new Map<string, { createTime: string; downloadUrl: string }>();
    const query = { startTimeAtOrAfter: since.toISOString() };
    const path = `/v1/jobs/${encodeURIComponent(job)}/reports`;
    for await (const { reports } of pages('jobs.reports.list', path, Reports, query))
      for (const { startTime, ...report } of reports) {
        const known = newest.get(startTime);
        if (!known || Date.parse(report.createTime) > Date.parse(known.createTime))
          newest.set(startTime, report);
      }
    const made = [...newest.values()].sort((a, b) => Date.parse(a.createTime) - Date.parse(b.createTime));
    return made.map(({ downloadUrl }) => {
      const url = URL.canParse(downloadUrl) ? new URL(downloadUrl) : undefined;
      // The token is sent there.
      if (url?.origin === new URL(settings.reportingEndpoint).origin) return url;
      throw new YouTubeApiError('jobs.reports.list', 0, 'unreadable', `a report is at ${downloadUrl}`);
    });
  }

  return {
    async reach(since) {
      const byVideo = new Map<string, Map<string, DailyReach>>();
      for (const url of await newestReports(await reachJob(), since))
        for (const { videoId, ...reach } of parseReach(await ask('media.download', url))) {
          const days = byVideo.get(videoId) ?? new Map();
          // A day that two reports have does not count twice.
          byVideo.set(videoId, days.set(reach.day, reach));
        }
      return new Map([...byVideo].map(([videoId, days]) => [videoId, [...days.values()]]));
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
