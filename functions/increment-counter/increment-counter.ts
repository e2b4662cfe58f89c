import { countedVideo } from '../../config/log-lines.ts';
import type { JobId } from '../../domain/job.ts';
import type { Log } from '../../domain/log.ts';
import { JobInput } from '../job-input.ts';

export interface IncrementCounterPorts {
  today(): string;
  /** The quota day of the job's slot. */
  slotDay(jobId: JobId): Promise<string | undefined>;
  /** Fixes the day that a job counts toward at the first call; later calls return that day. */
  countedOn(jobId: JobId, day: string): Promise<string>;
  /** Counts the job on the day unless it is already counted; returns the day's count. */
  countOnce(day: string, jobId: JobId): Promise<number>;
  log: Log;
}

/** Counts a job toward its quota day. Repeated calls count once, even across midnight. */
export async function run(input: unknown, ports: IncrementCounterPorts) {
  const { job_id } = JobInput.parse(input);
  // A job that was approved after days has no day yet, and could have taken its slot before midnight.
  const day = (await ports.slotDay(job_id)) ?? ports.today();
  const date = await ports.countedOn(job_id, day);
  const daily_count = await ports.countOnce(date, job_id);
  ports.log({ level: 'INFO', event: countedVideo.event, [countedVideo.field]: daily_count, date });
  return { daily_count, date, job_id };
}
