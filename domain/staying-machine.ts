import * as z from 'zod';
import { JobId } from './job.ts';
import { Shard } from './worker-task.ts';

/** A machine that stays after its task, an item of the machines table. */
export const StayingMachine = z.object({
  instance_id: z.string(),
  worker: z.enum(['renderer', 'uploader']),
  /** Hash of everything that it was started with, apart from its task. */
  kind: z.string(),
  /** The job of its current task, or of its last one. */
  job_id: JobId,
  /** Token of that task. */
  task_token: z.string(),
  task_shard: Shard.optional(),
  /** Until when it waits for another task, ISO 8601, UTC; without it the machine works on that task or has left. */
  idle_until: z.string().optional(),
});
export type StayingMachine = z.infer<typeof StayingMachine>;

/** A task that a machine which stays can take over. */
export interface HandedTask {
  jobId: JobId;
  taskToken: string;
  /** Undefined for the whole task. */
  shard: Shard | undefined;
}
