import type { RunningMachine } from '../aws/spot.ts';
import type { WorkerName } from '../config/workers.ts';
import { type Job, JobId, type JobStatus } from '../domain/job.ts';

export interface OrphanPorts {
  /** The worker's machines that are up, of whatever stage; those of one job, where it is named. */
  runningMachines(worker: WorkerName, jobId?: JobId): Promise<RunningMachine[]>;
  findJob(jobId: JobId): Promise<Job | undefined>;
  taskHash(taskToken: string): string;
  terminateInstance(instanceId: string): Promise<void>;
}

/** The status of a job that waits for a machine of this worker. */
const waiting: Readonly<Record<WorkerName, JobStatus>> = { renderer: 'rendering', uploader: 'uploading' };

/**
 * Ends machines that nobody waits for: whose job has ended, goes on elsewhere, or has a newer machine. One whose job
 * this stage does not know is another stage's. A machine ends itself by three other ways; this is for the day on which
 * all of them failed.
 */
export async function endOrphans(worker: WorkerName, ports: OrphanPorts) {
  const ended: string[] = [];
  for (const { instanceId, jobId, taskHash } of await ports.runningMachines(worker)) {
    const id = JobId.safeParse(jobId);
    const job = id.success ? await ports.findJob(id.data) : undefined;
    if (!job) continue;
    const isWaitedFor =
      job.status === waiting[worker] && job.task_token && ports.taskHash(job.task_token) === taskHash;
    if (isWaitedFor) continue;
    await ports.terminateInstance(instanceId);
    ended.push(instanceId);
  }
  return { ended };
}
