import * as z from 'zod';
import { countedVideo } from '../../config/log-lines.ts';
import type { JobId } from '../../domain/job.ts';
import type { Log } from '../../domain/log.ts';
import { JobInput } from '../job-input.ts';

/** `run` is the run whose lanes count together, if the job belongs to a lane. */
export const Input = JobInput.extend({ run: z.string().nullish() });

/** The quota days of a channel. */
export interface CountedDays {
  today(): string;
  /** The quota day of the job's slot. */
  slotDay(jobId: JobId): Promise<string | undefined>;
  /** Counts the job on the day unless it is already counted; returns the day's count. */
  countOnce(day: string, jobId: JobId): Promise<number>;
}

export interface IncrementCounterPorts {
  /** Returns the days of the job's channel. */
  daysOf(jobId: JobId): Promise<CountedDays>;
  /** Fixes the day that a job counts toward at the first call; later calls return that day. */
  countedOn(jobId: JobId, day: string): Promise<string>;
  /** Ends the row of held chapters of a run. */
  clearHeld(run: string): Promise<void>;
  log: Log;
}

/** Counts a job toward its quota day. Repeated calls count once, even across midnight. */
export async function run(input: unknown, ports: IncrementCounterPorts) {
  const { job_id, run: runName } = Input.parse(input);
  const days = await ports.daysOf(job_id);
  // A job that was approved after days has no day yet, and could have taken its slot before midnight.
  const day = (await days.slotDay(job_id)) ?? days.today();
  const date = await ports.countedOn(job_id, day);
  const daily_count = await days.countOnce(date, job_id);
  if (runName) await ports.clearHeld(runName);
  ports.log({ level: 'INFO', event: countedVideo.event, [countedVideo.field]: daily_count, date });
  return { daily_count, date, job_id };
}
