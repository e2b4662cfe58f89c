import { dailyCounter } from '../../aws/counter.ts';
import { jobStore } from '../../aws/job-store.ts';
import { quotaDay } from '../../domain/quota-day.ts';
import { environmentOf } from '../manifest.ts';
import { run } from './increment-counter.ts';

const env = environmentOf('increment-counter');
const counter = dailyCounter(env.DYNAMODB_COUNTER_TABLE);
const jobs = jobStore(env.DYNAMODB_JOBS_TABLE);

export const handler = (event: unknown) =>
  run(event, {
    today: () => quotaDay(new Date(), env.QUOTA_TIMEZONE),
    countedOn: jobs.countedOn,
    countOnce: counter.countOnce,
  });
