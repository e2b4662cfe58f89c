/** `make channel`: what each channel has published, what waits, and what it can still take. */
import { dailyCounter } from '../aws/counter.ts';
import { requiredFunction } from '../aws/deployed-functions.ts';
import { allJobs } from '../aws/job-list.ts';
import { publicationSlots } from '../aws/publication-slots.ts';
import { uploadLedger } from '../aws/upload-ledger.ts';
import { allowanceOf, channelNames, environmentForChannel, projectOwner } from '../config/channels.ts';
import type { OptionsOf } from '../config/commands/command.ts';
import type { channel } from '../config/commands/operate.ts';
import { functions } from '../config/functions.ts';
import { readVariables } from '../config/variables.ts';
import { quotaDay } from '../domain/quota-day.ts';
import { forecast, youtubeDay } from '../domain/youtube-quota.ts';
import { namesOf } from '../stacks/names.ts';
import { enterCloud } from './cloud.ts';
import { type ChannelState, describeChannel } from './review/channels.ts';

export async function run({ channel: only }: OptionsOf<typeof channel>): Promise<void> {
  const { stage } = await enterCloud();
  const names = namesOf(stage);
  const { environment } = await requiredFunction(names.functions['check-quota']);
  const env = readVariables('check-quota', functions['check-quota'].environment, environment);
  const jobs = await allJobs(env.DYNAMODB_JOBS_TABLE);
  const scheduled = await publicationSlots(env.DYNAMODB_COUNTER_TABLE).all();
  const now = new Date();

  async function stateOf(channel: string): Promise<ChannelState> {
    const its = environmentForChannel(env, channel);
    const day = quotaDay(now, its.QUOTA_TIMEZONE);
    const counter = dailyCounter(env.DYNAMODB_COUNTER_TABLE, channel);
    const project = projectOwner(env, channel);
    const ledger = uploadLedger(env.DYNAMODB_COUNTER_TABLE, channel, project);
    return {
      ...{ channel, project, day, dailyQuota: its.DAILY_QUOTA },
      ...{ count: await counter.count(day), slots: await counter.slots(day) },
      ...(env.PUBLISHER === 'youtube' && {
        youtube: {
          spent: await ledger.spent(youtubeDay(now)),
          allowance: allowanceOf(env, channel),
          video: forecast({ captions: its.YOUTUBE_CAPTIONS, playlist: its.YOUTUBE_PLAYLISTS }),
          refusal: await ledger.refusal(),
        },
      }),
    };
  }

  for (const channel of only ? [only] : channelNames(env))
    for (const line of describeChannel(await stateOf(channel), jobs, scheduled, now)) console.log(line);
}
