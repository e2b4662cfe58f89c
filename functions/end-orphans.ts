import type { RunningMachine } from '../aws/spot.ts';
import type { WorkerName } from '../config/workers.ts';
import { type Job, JobId, type JobStatus, taskTokensOf } from '../domain/job.ts';

export interface OrphanPorts {
  /** Lists the worker's running machines of every stage, or only those of one job. */
  runningMachines(worker: WorkerName, jobId?: JobId): Promise<RunningMachine[]>;
  findJob(jobId: JobId): Promise<Job | undefined>;
  taskHash(taskToken: string): string;
  terminateInstance(instanceId: string): Promise<void>;
}

/** The status of a job that waits for a machine of this worker. */
const waiting: Readonly<Record<WorkerName, JobStatus>> = { renderer: 'rendering', uploader: 'uploading' };

/**
 * Terminates machines that no job waits for: their job has ended, continues elsewhere, or has a newer machine. A machine
 * whose job is unknown belongs to another stage. Machines shut down in three other ways; this covers the case that all of
 * them failed.
 */
export async function endOrphans(worker: WorkerName, ports: OrphanPorts) {
  const ended: string[] = [];
  for (const { instanceId, jobId, taskHash } of await ports.runningMachines(worker)) {
    const id = JobId.safeParse(jobId);
    const job = id.success ? await ports.findJob(id.data) : undefined;
    if (!job) continue;
    const isWaitedFor =
      job.status === waiting[worker] && taskTokensOf(job).some((token) => ports.taskHash(token) === taskHash);
    if (isWaitedFor) continue;
    await ports.terminateInstance(instanceId);
    ended.push(instanceId);
  }
  return { ended };
}
