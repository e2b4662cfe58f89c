import { dailyCounter } from '../../aws/counter.ts';
import { quotaDay } from '../../domain/quota-day.ts';
import { environmentOf } from '../manifest.ts';
import { run } from './check-quota.ts';

const env = environmentOf('check-quota');
const counter = dailyCounter(env.DYNAMODB_COUNTER_TABLE);

export const handler = (event: unknown) =>
  run(event, {
    today: () => quotaDay(new Date(), env.QUOTA_TIMEZONE),
    countOf: counter.count,
    takeSlot: counter.takeSlot,
    dailyQuota: env.DAILY_QUOTA,
  });
