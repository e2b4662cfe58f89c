import { dailyCounter } from '../../aws/counter.ts';
import { jobStore } from '../../aws/job-store.ts';
import { runRecord } from '../../aws/run-record.ts';
import { environmentForChannel } from '../../config/channels.ts';
import { incrementCounter } from '../../config/environments.ts';
import { channelOf, mainChannel } from '../../domain/channel.ts';
import { latestQuotaDays, quotaDay } from '../../domain/quota-day.ts';
import { environmentOf } from '../environment.ts';
import { functionLog } from '../lambda.ts';
import { type CountedDays, run } from './increment-counter.ts';

const env = environmentOf('increment-counter', incrementCounter);
const { log, logged } = functionLog('increment-counter', env.TRACING);
const runs = runRecord(env.DYNAMODB_COUNTER_TABLE);
const jobs = jobStore(env.DYNAMODB_JOBS_TABLE);

function daysOf(channel: string): CountedDays {
  const { QUOTA_TIMEZONE } = environmentForChannel(env, channel);
  const counter = dailyCounter(env.DYNAMODB_COUNTER_TABLE, channel);
  return {
    today: () => quotaDay(new Date(), QUOTA_TIMEZONE),
    slotDay: async (jobId) => {
      for (const day of latestQuotaDays(new Date(), QUOTA_TIMEZONE))
        if (await counter.holdsSlot(day, jobId)) return day;
      return undefined;
    },
    countOnce: counter.countOnce,
  };
}

export const handler = logged((event) =>
  run(event, {
    // Only a stage with several channels lets this function read jobs.
    daysOf: async (jobId) =>
      daysOf(Object.keys(env.CHANNELS).length > 0 ? channelOf(await jobs.get(jobId)) : mainChannel),
    countedOn: jobs.countedOn,
    clearHeld: runs.clearHeld,
    log,
  }),
);
