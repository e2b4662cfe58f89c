import { z } from 'zod';
import { JobId } from '../../domain/job.ts';
import type { Log } from '../../domain/log.ts';

export interface CheckQuotaPorts {
  /** The current quota day, `YYYY-MM-DD`. */
  today(): string;
  countOf(day: string): Promise<number>;
  /** Takes one of the day's slots for a job, unless it has one; returns false when all are taken. */
  takeSlot(day: string, jobId: JobId, quota: number): Promise<boolean>;
  dailyQuota: number;
  /** Returns why the publisher can't take another video today, in words; undefined if it can. */
  publisherShortage(): Promise<string | undefined>;
  /** Returns why the day can cost no more, in words; undefined if it can. */
  spendLimit(day: string): Promise<string | undefined>;
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
 * published; and for the lanes of a run in which too many jobs have failed.
 */
export async function run(input: unknown, ports: CheckQuotaPorts) {
  const { job_id, run: runName } = Input.parse(input);
  const day = ports.today();
  const shortage = await ports.publisherShortage();
  if (shortage) ports.log({ level: 'WARN', event: 'publisher_has_no_room', job_id, reason: shortage });
  const spent = await ports.spendLimit(day);
  if (spent) ports.log({ level: 'WARN', event: 'daily_cost_reached', job_id, reason: spent });
  const end = runName ? await ports.endOfRun(runName) : undefined;
  if (end) ports.log({ level: 'WARN', event: 'run_has_ended', job_id, run: runName, reason: end });
  const isOver = shortage !== undefined || spent !== undefined || end !== undefined;
  const takesSlot = job_id !== undefined && !isOver;
  const isFull = takesSlot && !(await ports.takeSlot(day, job_id, ports.dailyQuota));
  const daily_count = await ports.countOf(day);
  return {
    quota_reached: isFull || isOver || (job_id === undefined && daily_count >= ports.dailyQuota),
    daily_count,
    daily_quota: ports.dailyQuota,
  };
}
