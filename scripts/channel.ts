/** `make channel`: what each channel has published, what waits, and the quota of the coming days. */
import { artifactStore } from '../aws/artifact-store.ts';
import { chapterLedger } from '../aws/chapter-ledger.ts';
import { dailyCounter } from '../aws/counter.ts';
import { requiredFunction } from '../aws/deployed-functions.ts';
import { allJobs } from '../aws/job-list.ts';
import { publicationSlots } from '../aws/publication-slots.ts';
import { uploadLedger } from '../aws/upload-ledger.ts';
import { allowanceOf, channelNames, environmentForChannel, ledgerOf } from '../config/channels.ts';
import type { OptionsOf } from '../config/commands/command.ts';
import type { channel } from '../config/commands/operate.ts';
import { functions } from '../config/functions.ts';
import { channelsWithShorts } from '../config/settings/series.ts';
import { readVariables } from '../config/variables.ts';
import { seriesSettingsPrefix } from '../domain/artifacts.ts';
import { channelOf } from '../domain/channel.ts';
import { type ChannelPlan, comingDays } from '../domain/coming-days.ts';
import { ConfigurationError } from '../domain/errors.ts';
import { type JobId, statusesAtWork } from '../domain/job.ts';
import { quotaDay } from '../domain/quota-day.ts';
import { hasSeriesWithShorts } from '../domain/short.ts';
import { youtubeDay } from '../domain/youtube-quota.ts';
import { namesOf } from '../stacks/names.ts';
import { enterCloud } from './cloud.ts';
import { type ChannelState, describeChannel } from './review/channels.ts';

export async function run({ channel: only, days: given = '7' }: OptionsOf<typeof channel>): Promise<void> {
  const count = Number(given);
  if (!Number.isInteger(count) || count < 1 || count > 60)
    throw new ConfigurationError(`DAYS=${given} must be a number of days from 1 to 60`);
  const { stage } = await enterCloud();
  const names = namesOf(stage);
  const variablesOf = async (name: keyof typeof functions) =>
    (await requiredFunction(names.functions[name])).environment;
  const read = async <Name extends 'check-quota' | 'start-uploader'>(name: Name) =>
    readVariables(name, functions[name].environment, await variablesOf(name));
  const env = { ...(await read('start-uploader')), ...(await read('check-quota')) };
  if (only !== undefined) environmentForChannel(env, only);
  const { S3_BUCKET = '' } = await variablesOf('cleanup');
  const bucket = artifactStore(S3_BUCKET);
  const jobs = await allJobs(env.DYNAMODB_JOBS_TABLE);
  const scheduled = await publicationSlots(env.DYNAMODB_COUNTER_TABLE).all();
  const shorts = await channelsWithShorts(bucket.findJson, bucket.list(seriesSettingsPrefix));
  const failed = new Set<JobId>();
  for await (const { job_id, status, attempts } of chapterLedger(names.chaptersTable).all())
    if (status === 'failed' && attempts) failed.add(job_id);
  const now = new Date();

  async function stateOf(
    channel: string,
  ): Promise<{ state: Omit<ChannelState, 'days' | 'failed'>; plan: ChannelPlan }> {
    const its = environmentForChannel(env, channel);
    const day = quotaDay(now, its.QUOTA_TIMEZONE);
    const counter = dailyCounter(env.DYNAMODB_COUNTER_TABLE, channel);
    const place = ledgerOf(env, channel);
    const { project } = place;
    const ledger = uploadLedger(env.DYNAMODB_COUNTER_TABLE, place);
    const slots = await counter.slots(day);
    const own = jobs.filter((job) => channelOf(job) === channel);
    const published = own.filter(({ status }) => status === 'published');
    return {
      state: {
        ...{ channel, project, day, dailyQuota: its.DAILY_QUOTA, count: await counter.count(day), slots },
        ...(env.PUBLISHER === 'youtube' && {
          youtube: {
            spent: await ledger.spent(youtubeDay(now)),
            allowance: allowanceOf(env, channel),
            refusal: await ledger.refusal(),
          },
        }),
      },
      plan: {
        ...{ channel, project, dailyQuota: its.DAILY_QUOTA, timezone: its.QUOTA_TIMEZONE, slots },
        ...{ captions: its.YOUTUBE_CAPTIONS, playlist: its.YOUTUBE_PLAYLISTS },
        shorts: its.SHORTS || shorts.has(channel) || hasSeriesWithShorts(own),
        trials: env.THUMBNAIL_IMPRESSIONS > 0,
        atWork: own.filter(({ status }) => statusesAtWork.has(status)).length,
        published: published.flatMap(({ published_at }) => published_at ?? []),
        scheduled: published.flatMap(({ publish_at }) => publish_at ?? []),
      },
    };
  }

  const all = await Promise.all(channelNames(env).map(stateOf));
  const projects =
    env.PUBLISHER === 'youtube'
      ? new Map(
          all.flatMap(({ state: { channel, youtube } }) => (youtube ? [[channel, youtube] as const] : [])),
        )
      : undefined;
  const days = comingDays(
    all.map(({ plan }) => plan),
    { now, count, projects },
  );
  for (const { state } of all)
    if (only === undefined || state.channel === only)
      for (const line of describeChannel(
        { ...state, failed, days: days.get(state.channel) ?? [] },
        jobs,
        scheduled,
        now,
      ))
        console.log(line);
}
