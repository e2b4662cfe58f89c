import * as z from 'zod';
import { mainChannel } from '../../domain/channel.ts';
import { ConfigurationError } from '../../domain/errors.ts';
import { JobId } from '../../domain/job.ts';
import type { Log } from '../../domain/log.ts';

/** Room that a channel has on a day. */
export interface ChannelDay {
  name: string;
  /** The current quota day, `YYYY-MM-DD`. */
  today(): string;
  countOf(day: string): Promise<number>;
  /** Takes one of the day's slots for a job, unless it has one; returns false when all are taken. */
  takeSlot(day: string, jobId: JobId, quota: number): Promise<boolean>;
  dailyQuota: number;
  /** Returns why the publisher can't take another video today, in words; undefined if it can. */
  publisherShortage(): Promise<string | undefined>;
}

export interface CheckQuotaPorts {
  /** The channels of the stage, the first one first. */
  channels: readonly [ChannelDay, ...ChannelDay[]];
  /** Returns the name of the channel of a job that has a chapter; undefined for a new one. */
  channelOf(jobId: JobId): Promise<string | undefined>;
  /** Returns why the day can cost no more, in words; undefined if it can. */
  spendLimit(): Promise<string | undefined>;
  /** Returns why the lanes of a run take no further chapter, in words; undefined if they can. */
  endOfRun(run: string): Promise<string | undefined>;
  log: Log;
}

/**
 * Without a job the state is only reported; with one, a slot of the day is taken for it. `run` is the run whose lanes count
 * together, if the caller is one of several.
 */
export const Input = z.object({ job_id: JobId.optional(), run: z.string().nullish() });

/** All lanes of a run have ended: what they counted together is returned. */
export const EndInput = z.object({ end_of_run: z.string() });

/**
 * Reports whether the day has all its videos, finished or in progress. The day is also over when it has cost as much as it
 * can, or when the publisher has no room for another video, so that no chapter is narrated and rendered that could not be
 * published; and for the lanes of a run in which too many jobs have failed. A new job gets a slot of every channel with room, and
 * keeps the one of the channel that its chapter is for.
 */
export async function run(input: unknown, ports: CheckQuotaPorts) {
  const { job_id, run: runName } = Input.parse(input);
  const chosen = job_id === undefined ? undefined : await ports.channelOf(job_id);
  const channels = ports.channels.filter(({ name }) => chosen === undefined || name === chosen);
  if (channels.length === 0)
    throw new ConfigurationError(
      `The channel ${chosen} of ${job_id} is not one of the stage's: name it in the setting channels`,
    );
  const spent = await ports.spendLimit();
  if (spent) ports.log({ level: 'WARN', event: 'daily_cost_reached', job_id, reason: spent });
  const end = runName ? await ports.endOfRun(runName) : undefined;
  if (end) ports.log({ level: 'WARN', event: 'run_has_ended', job_id, run: runName, reason: end });
  const isOver = spent !== undefined || end !== undefined;
  const days: Awaited<ReturnType<typeof takeDay>>[] = [];
  for (const channel of channels) days.push(await takeDay(channel, job_id, isOver, ports.log));
  const sum = (count: (day: (typeof days)[number]) => number) =>
    days.reduce((total, day) => total + count(day), 0);
  return {
    quota_reached: days.every(({ isReached }) => isReached),
    daily_count: sum(({ count }) => count),
    daily_quota: sum(({ quota }) => quota),
  };
}

/** Takes a slot of a channel for a job, unless the day is over. */
async function takeDay(channel: ChannelDay, job_id: JobId | undefined, isDayOver: boolean, log: Log) {
  const { name, dailyQuota: quota } = channel;
  const day = channel.today();
  const shortage = await channel.publisherShortage();
  const of = name === mainChannel ? {} : { channel: name };
  if (shortage) log({ level: 'WARN', event: 'publisher_has_no_room', ...of, job_id, reason: shortage });
  const isOver = isDayOver || shortage !== undefined;
  const isFull = job_id !== undefined && !isOver && !(await channel.takeSlot(day, job_id, quota));
  const count = await channel.countOf(day);
  return { count, quota, isReached: isFull || isOver || (job_id === undefined && count >= quota) };
}
