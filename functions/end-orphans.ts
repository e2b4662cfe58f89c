import type { WorkerName } from '../config/workers.ts';
import { type Job, JobId, type JobStatus, taskTokensOf } from '../domain/job.ts';
import type { CurrentMachine } from './current-machines.ts';

export interface OrphanPorts {
  /** Lists the worker's running machines of every stage with what they do now, or only those that work for one job. */
  runningMachines(worker: WorkerName, jobId?: JobId): Promise<CurrentMachine[]>;
  now(): Date;
  findJob(jobId: JobId): Promise<Job | undefined>;
  taskHash(taskToken: string): string;
  terminateInstance(instanceId: string): Promise<void>;
}

/** The status of a job that waits for a machine of this worker. */
const waiting: Readonly<Record<WorkerName, JobStatus>> = { renderer: 'rendering', uploader: 'uploading' };

/** Milliseconds that a machine is given to leave after its time is over. */
const timeToLeave = 5 * 60_000;

/**
 * Terminates machines that no job waits for: their job has ended, continues elsewhere, or has a newer machine. A machine
 * whose job is unknown belongs to another stage. Machines shut down in three other ways; this covers the case that all of
 * them failed.
 */
export async function endOrphans(worker: WorkerName, ports: OrphanPorts) {
  const ended: string[] = [];
  for (const { instanceId, jobId, taskHash, staying } of await ports.runningMachines(worker)) {
    if (staying?.idle_until && Date.parse(staying.idle_until) + timeToLeave < ports.now().getTime()) {
      await ports.terminateInstance(instanceId);
      ended.push(instanceId);
      continue;
    }
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
