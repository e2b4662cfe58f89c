import { dailyCounter } from '../../aws/counter.ts';
import { uploadLedger } from '../../aws/upload-ledger.ts';
import { checkQuota } from '../../config/environments.ts';
import { quotaDay } from '../../domain/quota-day.ts';
import { forecast, shortage, youtubeDay } from '../../domain/youtube-quota.ts';
import { environmentOf } from '../environment.ts';
import { functionLog } from '../lambda.ts';
import { run } from './check-quota.ts';

const env = environmentOf('check-quota', checkQuota);
const { log, logged } = functionLog('check-quota');
const counter = dailyCounter(env.DYNAMODB_COUNTER_TABLE);
const ledger = uploadLedger(env.DYNAMODB_COUNTER_TABLE);

/** Checks whether both of YouTube's allowances have room for a whole video; a folder accepts any number. */
async function publisherShortage(): Promise<string | undefined> {
  if (env.PUBLISHER !== 'youtube') return undefined;
  const needed = forecast({ captions: env.YOUTUBE_CAPTIONS, playlist: env.YOUTUBE_PLAYLISTS });
  const allowance = { uploads: env.YOUTUBE_UPLOADS_PER_DAY, units: env.YOUTUBE_UNITS_PER_DAY };
  return shortage(await ledger.spent(youtubeDay(new Date())), needed, allowance);
}

export const handler = logged((event) =>
  run(event, {
    today: () => quotaDay(new Date(), env.QUOTA_TIMEZONE),
    countOf: counter.count,
    takeSlot: counter.takeSlot,
    dailyQuota: env.DAILY_QUOTA,
    publisherShortage,
    log,
  }),
);
