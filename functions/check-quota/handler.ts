import { dailyCounter } from '../../aws/counter.ts';
import { jobStore } from '../../aws/job-store.ts';
import { runRecord } from '../../aws/run-record.ts';
import { uploadLedger } from '../../aws/upload-ledger.ts';
import {
  allowanceOf,
  channelNames,
  environmentForChannel,
  ledgerOf,
  projectOwner,
} from '../../config/channels.ts';
import { checkQuota } from '../../config/environments.ts';
import { channelOf } from '../../domain/channel.ts';
import { dollars, totalCost } from '../../domain/cost.ts';
import { chaptersHeldBy } from '../../domain/job.ts';
import { quotaDay } from '../../domain/quota-day.ts';
import { endOfRun } from '../../domain/run-limits.ts';
import { forecast, shortage, videosLeft, youtubeDay } from '../../domain/youtube-quota.ts';
import { environmentOf } from '../environment.ts';
import { functionLog } from '../lambda.ts';
import { type ChannelDay, EndInput, run } from './check-quota.ts';
import { laneLimits } from './lane-limits.ts';
import { PlanInput, planLanes } from './plan-lanes.ts';

const env = environmentOf('check-quota', checkQuota);
const { log, logged } = functionLog('check-quota', env.TRACING);
const jobs = jobStore(env.DYNAMODB_JOBS_TABLE);
const runs = runRecord(env.DYNAMODB_COUNTER_TABLE);
const channels = channelNames(env).map(dayOf) as [Day, ...Day[]];
const freeSlots = async ({ counter, today, dailyQuota }: Day) =>
  Math.max(0, dailyQuota - (await counter.slots(today())));
const limits = laneLimits(env, {
  slots: async () => sum(await Promise.all(channels.map(freeSlots))),
  onYouTube: async () => videosLeft(await Promise.all(channels.map(wantedOf))),
});

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

type Day = ChannelDay & { counter: ReturnType<typeof dailyCounter> };

function dayOf(name: string): Day {
  const its = environmentForChannel(env, name);
  const counter = dailyCounter(env.DYNAMODB_COUNTER_TABLE, name);
  return {
    name,
    counter,
    today: () => quotaDay(new Date(), its.QUOTA_TIMEZONE),
    countOf: counter.count,
    takeSlot: counter.takeSlot,
    dailyQuota: its.DAILY_QUOTA,
    publisherShortage: () => shortageOn(name),
  };
}

/** Checks whether both of YouTube's allowances have room for a whole video; a folder accepts any number. */
async function shortageOn(channel: string): Promise<string | undefined> {
  if (env.PUBLISHER !== 'youtube') return undefined;
  const { ledger, needed } = onYouTube(channel);
  const refusal = await ledger.refusal();
  if (refusal) return refusal.reason;
  return shortage(await ledger.spent(youtubeDay(new Date())), needed, allowanceOf(env, channel));
}

function onYouTube(channel: string) {
  const its = environmentForChannel(env, channel);
  return {
    ledger: uploadLedger(env.DYNAMODB_COUNTER_TABLE, ledgerOf(env, channel)),
    needed: forecast({ captions: its.YOUTUBE_CAPTIONS, playlist: its.YOUTUBE_PLAYLISTS }),
  };
}

/** Returns the videos that a channel would still publish today, with what YouTube has for them. */
async function wantedOf(day: Day) {
  const { ledger, needed } = onYouTube(day.name);
  const videos = (await ledger.refusal()) ? 0 : await freeSlots(day);
  const spent = await ledger.spent(youtubeDay(new Date()));
  return {
    videos,
    project: projectOwner(env, day.name),
    needed,
    spent,
    allowance: allowanceOf(env, day.name),
  };
}

/** Compares what the jobs of the day have cost with the limit. What has no known price counts as nothing, and is named. */
async function spendLimit(): Promise<string | undefined> {
  const limit = env.MAX_DAILY_COST_USD;
  if (limit === 0) return undefined;
  const started = await Promise.all(channels.map(({ counter, today }) => counter.startedOn(today())));
  // A new job can have been started for several channels.
  const found = await Promise.all([...new Set(started.flat())].map(jobs.get));
  const { usd, unknown } = totalCost(
    found.filter((job) => job !== undefined),
    new Date(),
  );
  const day = channels[0].today();
  if (unknown.length > 0) log({ level: 'WARN', event: 'price_unknown', day, unknown });
  return usd >= limit
    ? `jobs have cost ${dollars(usd)} of maxDailyCostUsd ${dollars(limit)} on ${day}`
    : undefined;
}

export const handler = logged(async (event) => {
  const plan = PlanInput.safeParse(event);
  if (plan.success) return planLanes(plan.data, { limits, log });
  const ended = EndInput.safeParse(event);
  if (ended.success) return runs.counts(ended.data.end_of_run);
  return run(event, {
    channels,
    async channelOf(jobId) {
      const job = await jobs.get(jobId);
      return job && chaptersHeldBy(job).length > 0 ? channelOf(job) : undefined;
    },
    spendLimit,
    endOfRun: async (name) => endOfRun(await runs.counts(name)),
    log,
  });
});
