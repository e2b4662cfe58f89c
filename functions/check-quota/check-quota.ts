import { z } from 'zod';
import { JobId } from '../../domain/job.ts';

export interface CheckQuotaPorts {
  /** The quota day of this moment, `YYYY-MM-DD`. */
  today(): string;
  countOf(day: string): Promise<number>;
  /** Takes one of the day's slots for a job, unless it has one; false when all are taken. */
  takeSlot(day: string, jobId: JobId, quota: number): Promise<boolean>;
  dailyQuota: number;
}

/** Without a job the answer is only told; with one, a slot of the day is kept for it. */
export const Input = z.object({ job_id: JobId.optional() });

/** Tells whether the day has its videos, done or under way. */
export async function run(input: unknown, ports: CheckQuotaPorts) {
  const { job_id } = Input.parse(input);
  const day = ports.today();
  const isFull = job_id !== undefined && !(await ports.takeSlot(day, job_id, ports.dailyQuota));
  const daily_count = await ports.countOf(day);
  return {
    quota_reached: isFull || (job_id === undefined && daily_count >= ports.dailyQuota),
    daily_count,
    daily_quota: ports.dailyQuota,
  };
}
