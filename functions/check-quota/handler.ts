import { dailyCounter } from '../../aws/counter.ts';
import { jobStore } from '../../aws/job-store.ts';
import { runRecord } from '../../aws/run-record.ts';
import { uploadLedger } from '../../aws/upload-ledger.ts';
import { checkQuota } from '../../config/environments.ts';
import { dollars, totalCost } from '../../domain/cost.ts';
import { quotaDay } from '../../domain/quota-day.ts';
import { endOfRun } from '../../domain/run-limits.ts';
import { forecast, shortage, youtubeDay } from '../../domain/youtube-quota.ts';
import { environmentOf } from '../environment.ts';
import { functionLog } from '../lambda.ts';
import { EndInput, run } from './check-quota.ts';
import { laneLimits } from './lane-limits.ts';
import { PlanInput, planLanes } from './plan-lanes.ts';

const env = environmentOf('check-quota', checkQuota);
const { log, logged } = functionLog('check-quota', env.TRACING);
const counter = dailyCounter(env.DYNAMODB_COUNTER_TABLE);
const jobs = jobStore(env.DYNAMODB_JOBS_TABLE);
const ledger = uploadLedger(env.DYNAMODB_COUNTER_TABLE);
const runs = runRecord(env.DYNAMODB_COUNTER_TABLE);
const today = () => quotaDay(new Date(), env.QUOTA_TIMEZONE);
const limits = laneLimits(env, async () => env.DAILY_QUOTA - (await counter.slots(today())));

/** Checks whether both of YouTube's allowances have room for a whole video; a folder accepts any number. */
async function publisherShortage(): Promise<string | undefined> {
  if (env.PUBLISHER !== 'youtube') return undefined;
  const needed = forecast({ captions: env.YOUTUBE_CAPTIONS, playlist: env.YOUTUBE_PLAYLISTS });
  const allowance = { uploads: env.YOUTUBE_UPLOADS_PER_DAY, units: env.YOUTUBE_UNITS_PER_DAY };
  return shortage(await ledger.spent(youtubeDay(new Date())), needed, allowance);
}

/** Compares what the day's jobs have cost with the limit. What has no known price counts as nothing, and is named. */
async function spendLimit(day: string): Promise<string | undefined> {
  const limit = env.MAX_DAILY_COST_USD;
  if (limit === 0) return undefined;
  const found = await Promise.all((await counter.startedOn(day)).map(jobs.get));
  const { usd, unknown } = totalCost(
    found.filter((job) => job !== undefined),
    new Date(),
  );
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
    today,
    countOf: counter.count,
    takeSlot: counter.takeSlot,
    dailyQuota: env.DAILY_QUOTA,
    publisherShortage,
    spendLimit,
    endOfRun: async (name) => endOfRun(await runs.counts(name)),
    log,
  });
});
