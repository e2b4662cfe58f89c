import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { artifactStore } from '../../aws/artifact-store.ts';
import { bucketLibrary } from '../../aws/bucket-library.ts';
import { chapterLedger } from '../../aws/chapter-ledger.ts';
import { dailyCounter } from '../../aws/counter.ts';
import { jobStore } from '../../aws/job-store.ts';
import { rateLimiter } from '../../aws/rate-limiter.ts';
import { seriesClaims } from '../../aws/series-claims.ts';
import { seriesIds } from '../../aws/series-ids.ts';
import { channelNames, environmentForChannel } from '../../config/channels.ts';
import { claimPolicyOf } from '../../config/claim-policy.ts';
import { fetcher } from '../../config/environments.ts';
import {
  chosenChannel,
  environmentForSeries,
  joined,
  mustHaveMusic,
  type SettingsOrigin,
  seriesFiles,
} from '../../config/settings/series.ts';
import { blocklistKey, libraryPrefix, musicPrefix } from '../../domain/artifacts.ts';
import { Chapter } from '../../domain/chapter.ts';
import type { JobId } from '../../domain/job.ts';
import { latestQuotaDays } from '../../domain/quota-day.ts';
import type { ChapterSource } from '../../providers/chapters/chapter-source.ts';
import { createChapterSource } from '../../providers/chapters/index.ts';
import { mangadexSpacing } from '../../providers/chapters/mangadex/limits.ts';
import { pageSizeOf } from '../../providers/chapters/normalise-page.ts';
import { readyPages } from '../../providers/chapters/strips/ready-pages.ts';
import { environmentOf } from '../environment.ts';
import { functionLog } from '../lambda.ts';
import { throttledProgress } from '../progress.ts';
import type { SeriesWishes } from './claiming.ts';
import { run } from './fetcher.ts';
import { isAtWork } from './series-turn.ts';
import { findWishes } from './series-wishes.ts';

const env = environmentOf('fetcher', fetcher);
const { log, logged } = functionLog('fetcher', env.TRACING);
const artifacts = artifactStore(env.S3_BUCKET);
const jobs = jobStore(env.DYNAMODB_JOBS_TABLE);
const chapters = chapterLedger(env.DYNAMODB_CHAPTERS_TABLE);
const channels = channelNames(env).map((name) => ({
  name,
  counter: dailyCounter(env.DYNAMODB_COUNTER_TABLE, name),
  quotaDays: () => latestQuotaDays(new Date(), environmentForChannel(env, name).QUOTA_TIMEZONE),
}));
const ids = seriesIds(env.DYNAMODB_COUNTER_TABLE);
const series = seriesClaims(env.DYNAMODB_COUNTER_TABLE);
const turnPorts = { now: () => new Date(), findJob: jobs.get, isClaimedBy: chapters.isClaimedBy };
const policy = claimPolicyOf(env);
const readBlocklist = () => artifacts.findJson(blocklistKey, z.unknown());
// Created at the first call, so that archive readers and clients are not part of a cold start.
let source: Promise<ChapterSource> | undefined;
const makeSource = () =>
  createChapterSource(env.CHAPTER_SOURCE, {
    log,
    library: env.LIBRARY,
    readBlocklist,
    bucketFiles: () => bucketLibrary(artifacts, libraryPrefix),
    mangadex: {
      settings: {
        titles: env.MANGADEX_TITLES,
        rightsStatement: env.MANGADEX_RIGHTS,
        contact: env.MANGADEX_CONTACT,
        languages: env.MANGADEX_LANGUAGES,
        contentRatings: env.MANGADEX_CONTENT_RATINGS,
        dataSaver: env.MANGADEX_DATA_SAVER,
        apiUrl: env.MANGADEX_URL,
        reportUrl: env.MANGADEX_REPORT_URL,
        allowLoopback: env.MANGADEX_ALLOW_LOOPBACK,
      },
      limiters: {
        requests: rateLimiter(env.DYNAMODB_COUNTER_TABLE, 'mangadex-requests', mangadexSpacing.requests),
        atHome: rateLimiter(env.DYNAMODB_COUNTER_TABLE, 'mangadex-at-home', mangadexSpacing.atHome),
      },
      readBlocklist,
    },
  });

const musicFiles = () =>
  Array.fromAsync(artifacts.list(musicPrefix), ({ key }) => key.slice(musicPrefix.length));

async function wishesOf(of: SettingsOrigin): Promise<SeriesWishes> {
  const files = await seriesFiles(artifacts.findJson, of);
  const channel = chosenChannel(files, env.CHANNELS_FROM_LIBRARY);
  const wanted = environmentForSeries(environmentForChannel(env, channel), files);
  const its = joined(files);
  await mustHaveMusic(its, musicFiles);
  const { shorts = false, videoFormat } = its;
  return { channel, shorts, videoFormat, order: wanted.SERIES_ORDER, direction: wanted.READING_DIRECTION };
}

async function slotDays(jobId: JobId): Promise<Map<string, string>> {
  const days = new Map<string, string>();
  for (const { name, counter, quotaDays } of channels)
    for (const day of quotaDays().toReversed()) if (await counter.holdsSlot(day, jobId)) days.set(name, day);
  return days;
}

export const handler = logged(async (event) => {
  source ??= makeSource();
  const opened = await source;
  return run(event, {
    source: opened,
    newJobId: () => `job-${randomUUID()}`,
    findJob: jobs.get,
    updateJob: jobs.update,
    reportProgress: throttledProgress(jobs.reportProgress),
    slotDays,
    async releaseSlots(jobId, except) {
      for (const { name, counter, quotaDays } of channels)
        if (name !== except) for (const day of quotaDays()) await counter.releaseSlot(day, jobId);
    },
    chaptersPerVideo: env.CHAPTERS_PER_VIDEO,
    seriesOrder: env.SERIES_ORDER,
    severalChannels: channels.length > 1,
    findWishes: (listing) =>
      findWishes(listing, { source: opened, findSeriesId: ids.find, putSeriesId: ids.put, wishesOf }),
    release: chapters.release,
    taken: (jobId) => chapters.taken(jobId, policy),
    claim: (chapterId, jobId, file) => chapters.claim(chapterId, jobId, { ...policy, file }),
    takeSeries: (id, jobId) => series.take(id, jobId, (owner) => isAtWork(owner, turnPorts)),
    releaseSeries: series.release,
    readyPages,
    findChapter: (key) => artifacts.findJson(key, Chapter),
    findPage: async (key) =>
      (await artifacts.exists(key)) ? pageSizeOf(await artifacts.getBytes(key)) : undefined,
    putPage: (key, jpeg) => artifacts.putBytes(key, jpeg, 'image/jpeg'),
    putChapter: artifacts.putJson,
    now: () => new Date(),
    wishesOf,
    log,
  });
});
