import { dailyCounter } from '../../aws/counter.ts';
import { jobStore } from '../../aws/job-store.ts';
import { runRecord } from '../../aws/run-record.ts';
import { incrementCounter } from '../../config/environments.ts';
import { latestQuotaDays, quotaDay } from '../../domain/quota-day.ts';
import { environmentOf } from '../environment.ts';
import { functionLog } from '../lambda.ts';
import { run } from './increment-counter.ts';

const env = environmentOf('increment-counter', incrementCounter);
const { log, logged } = functionLog('increment-counter', env.TRACING);
const counter = dailyCounter(env.DYNAMODB_COUNTER_TABLE);
const runs = runRecord(env.DYNAMODB_COUNTER_TABLE);
const jobs = jobStore(env.DYNAMODB_JOBS_TABLE);

export const handler = logged((event) =>
  run(event, {
    today: () => quotaDay(new Date(), env.QUOTA_TIMEZONE),
    slotDay: async (jobId) => {
      for (const day of latestQuotaDays(new Date(), env.QUOTA_TIMEZONE))
        if (await counter.holdsSlot(day, jobId)) return day;
      return undefined;
    },
    countedOn: jobs.countedOn,
    countOnce: counter.countOnce,
    clearHeld: runs.clearHeld,
    log,
  }),
);
