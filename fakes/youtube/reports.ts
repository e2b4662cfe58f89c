import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { youtubeDay } from '../../domain/youtube-quota.ts';
import type { FakeChannel, FakeVideo } from './channel.ts';
import { readBody, sendJson } from './response.ts';

/** An error in the format of Google's newer APIs (google.rpc.Status). */
class StatusRefusal extends Error {
  readonly code: number;
  readonly status: string;
  readonly reason: string | undefined;

  constructor(code: number, status: string, message: string, reason?: string) {
    super(message);
    this.code = code;
    this.status = status;
    this.reason = reason;
  }
}

export const analyticsScope = 'https://www.googleapis.com/auth/yt-analytics.readonly';
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** A day's report comes about two days after the day; a new job also gets the 30 days before; reports last 60 days (reports overview). */
const lateMs = 40 * hourMs;
const daysBefore = 30;
const keptDays = 60;
const mostRows = 25;

interface Job {
  id: string;
  reportTypeId: string;
  name: string;
  createTime: string;
}

/** Viewers' reaction on a day while a thumbnail is shown. */
export interface Reaction {
  impressions: number;
  clickRate: number;
}

/** The Reporting and Analytics APIs of a channel: daily reports on request, with the delays of the service. */
export class FakeReports {
  /** Returns viewers' reaction on a day to a thumbnail; none are shown by default. */
  reaction: (thumbnail: Buffer | undefined, video: FakeVideo, day: string) => Reaction = () => ({
    impressions: 0,
    clickRate: 0,
  });
  /** Viewers who watch at each hundredth of a video; none by default, as for a video with few views. */
  retention: (video: FakeVideo) => readonly number[] = () => [];
  /** Days whose reports were made a second time. */
  readonly corrected = new Set<string>();
  /** Changes a report as it is downloaded; its id is its day, with `-again` for a corrected one. */
  rewrite: (csv: string, id: string) => string = (csv) => csv;
  /** Whether the project has the APIs enabled. */
  enabled = true;
  readonly jobs: Job[] = [];
  readonly calls: string[] = [];
  private readonly clock: () => Date;
  private readonly channel: FakeChannel;
  private readonly scopes: (request: IncomingMessage) => readonly string[];

  constructor(
    clock: () => Date,
    channel: FakeChannel,
    scopes: (request: IncomingMessage) => readonly string[],
  ) {
    this.clock = clock;
    this.channel = channel;
    this.scopes = scopes;
  }

  serves = ({ pathname }: URL): boolean => /^\/v1\/(jobs|reportTypes|media)\b|^\/v2\/reports$/.test(pathname);

  async serve(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    try {
      if (!this.scopes(request).includes(analyticsScope))
        throw new StatusRefusal(
          ...([403, 'PERMISSION_DENIED'] as const),
          'Request had insufficient authentication scopes.',
          'ACCESS_TOKEN_SCOPE_INSUFFICIENT',
        );
      if (!this.enabled)
        throw new StatusRefusal(
          ...([403, 'PERMISSION_DENIED'] as const),
          'YouTube Reporting API has not been used in project 1 before or it is disabled.',
          'SERVICE_DISABLED',
        );
      await this.answer(request, response, url);
    } catch (error) {
      if (!(error instanceof StatusRefusal)) throw error;
      const { code, status, message, reason } = error;
      const details = reason ? [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason }] : [];
      sendJson(response, code, { error: { code, message, status, details } });
    }
  }

  private async answer(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const route = `${request.method} ${url.pathname}`;
    this.calls.push(route);
    const [, jobId = '', reportId] =
      /^\/v1\/(?:media\/CHANNEL\/UCfake\/)?jobs\/([^/]+)\/reports(?:\/(.+))?$/.exec(url.pathname) ?? [];
    if (route === 'GET /v1/reportTypes') return sendJson(response, 200, { reportTypes });
    if (route === 'GET /v1/jobs')
      return sendJson(response, 200, this.jobs.length > 0 ? { jobs: this.jobs } : {});
    if (route === 'POST /v1/jobs') return sendJson(response, 200, this.createJob(await readBody(request)));
    if (route === 'GET /v2/reports') return sendJson(response, 200, this.query(url.searchParams));
    if (reportId && url.pathname.startsWith('/v1/media/')) {
      response.writeHead(200, { 'content-type': 'text/csv' }).end(this.download(this.job(jobId), reportId));
      return;
    }
    if (jobId && !reportId) return sendJson(response, 200, this.listReports(this.job(jobId), url));
    throw new StatusRefusal(404, 'NOT_FOUND', 'Requested entity was not found.');
  }

  private job(id: string): Job {
    const found = this.jobs.find((job) => job.id === id);
    if (!found) throw new StatusRefusal(404, 'NOT_FOUND', 'Requested entity was not found.');
    return found;
  }

  private createJob(body: Buffer): Job {
    const { reportTypeId, name } = z
      .object({ reportTypeId: z.string(), name: z.string().min(1).max(100) })
      .parse(JSON.parse(body.toString()));
    if (!reportTypes.some(({ id }) => id === reportTypeId))
      throw new StatusRefusal(400, 'INVALID_ARGUMENT', `${reportTypeId} is not a report type`);
    if (this.jobs.some((job) => job.reportTypeId === reportTypeId))
      throw new StatusRefusal(409, 'ALREADY_EXISTS', 'Requested entity already exists.');
    const createTime = this.clock().toISOString();
    const job = { id: `job-${this.jobs.length + 1}`, reportTypeId, name, createTime };
    this.jobs.push(job);
    return job;
  }

  /** Returns the reports that exist now, for a job: of each day, and of a corrected day a second one. */
  private reports({ createTime }: Job) {
    const created = Date.parse(createTime);
    const now = this.clock().getTime();
    const days: { id: string; day: string; from: number; createTime: number }[] = [];
    for (let day = youtubeDay(new Date(created - daysBefore * dayMs)); ; ) {
      const from = midnight(day);
      const end = midnight(nextDay(day));
      const made = Math.max(end, created) + lateMs;
      if (end > now) break;
      days.push({ id: day, day, from, createTime: made });
      if (this.corrected.has(day)) days.push({ id: `${day}-again`, day, from, createTime: made + dayMs });
      day = nextDay(day);
    }
    return days.filter(({ createTime: made }) => made <= now && made > now - keptDays * dayMs);
  }

  private listReports(job: Job, url: URL) {
    const query = url.searchParams;
    const time = (name: string, otherwise: number) =>
      query.has(name) ? Date.parse(query.get(name) ?? '') : otherwise;
    const found = this.reports(job).filter(
      ({ from, createTime }) =>
        from >= time('startTimeAtOrAfter', 0) &&
        from < time('startTimeBefore', Number.POSITIVE_INFINITY) &&
        createTime > time('createdAfter', 0),
    );
    const start = Number(query.get('pageToken') ?? 0);
    const next = start + Math.min(mostRows, Number(query.get('pageSize') ?? mostRows));
    const iso = (ms: number) => new Date(ms).toISOString();
    const reports = found.slice(start, next).map(({ id, day, from, createTime }) => ({
      ...{ id, jobId: job.id, startTime: iso(from), endTime: iso(midnight(nextDay(day))) },
      createTime: iso(createTime),
      downloadUrl: `${url.origin}/v1/media/CHANNEL/UCfake/jobs/${job.id}/reports/${id}?alt=media`,
    }));
    return { reports, ...(next < found.length && { nextPageToken: String(next) }) };
  }

  /** A row for each video that was seen; rows of zeros are left out. A first report that is corrected later is too low. */
  private download(job: Job, reportId: string): string {
    const report = this.reports(job).find(({ id }) => id === reportId);
    if (!report) throw new StatusRefusal(404, 'NOT_FOUND', 'Requested entity was not found.');
    const isPartial = this.corrected.has(report.day) && !reportId.endsWith('-again');
    const rows = this.channel.videos.flatMap((video) => {
      const { impressions, clickRate } = this.reach(video, report.day);
      const seen = Math.round(isPartial ? impressions / 2 : impressions);
      return seen > 0 ? [`${report.day.replaceAll('-', '')},UCfake,${video.id},${seen},${clickRate}`] : [];
    });
    const header = 'date,channel_id,video_id,video_thumbnail_impressions,video_thumbnail_impressions_ctr';
    return this.rewrite(`${[header, ...rows].join('\n')}\n`, reportId);
  }

  /** Mixes the reactions to what was shown on a day, by the time that each was shown. */
  private reach(video: FakeVideo, day: string): Reaction {
    const [from, until] = [midnight(day), midnight(nextDay(day))];
    const total = { impressions: 0, clicks: 0 };
    for (const [index, { picture, since }] of video.thumbnails.entries()) {
      const start = Math.max(from, since);
      const end = Math.min(until, video.thumbnails[index + 1]?.since ?? until);
      if (end <= start) continue;
      const { impressions, clickRate } = this.reaction(picture, video, day);
      const seen = (impressions * (end - start)) / (until - from);
      total.impressions += seen;
      total.clicks += seen * clickRate;
    }
    const { impressions, clicks } = total;
    return { impressions, clickRate: impressions > 0 ? clicks / impressions : 0 };
  }

  private query(query: URLSearchParams) {
    const Query = z.object({
      ids: z.enum(['channel==MINE', 'channel==UCfake']),
      startDate: z.iso.date(),
      endDate: z.iso.date(),
      metrics: z.literal('audienceWatchRatio'),
      dimensions: z.literal('elapsedVideoTimeRatio'),
      // Retention is reported for exactly one video.
      filters: z.string().regex(/^video==[\w-]+$/),
    });
    const parsed = Query.safeParse(Object.fromEntries(query));
    if (!parsed.success)
      throw new StatusRefusal(400, 'INVALID_ARGUMENT', 'The query is not supported.', 'badRequest');
    const video = this.channel.videos.find(({ id }) => parsed.data.filters === `video==${id}`);
    const points = video ? this.retention(video) : [];
    return {
      kind: 'youtubeAnalytics#resultTable',
      columnHeaders: [
        { name: 'elapsedVideoTimeRatio', columnType: 'DIMENSION', dataType: 'FLOAT' },
        { name: 'audienceWatchRatio', columnType: 'METRIC', dataType: 'FLOAT' },
      ],
      rows: points.map((watching, index) => [(index + 1) / points.length, watching]),
    };
  }
}

const reportTypes = ['channel_basic_a3', 'channel_reach_basic_a1', 'channel_reach_combined_a1'].map((id) => ({
  ...{ id, name: id },
}));

const nextDay = (day: string) => new Date(Date.parse(day) + dayMs).toISOString().slice(0, 10);

const midnights = new Map<string, number>();

/** Returns the start of a day in Los Angeles, which is seven or eight hours behind UTC. */
function midnight(day: string): number {
  const known = midnights.get(day);
  if (known !== undefined) return known;
  const early = Date.parse(day) + 7 * hourMs;
  const start = youtubeDay(new Date(early)) === day ? early : early + hourMs;
  midnights.set(day, start);
  return start;
}
