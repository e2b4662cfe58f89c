import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { SpotInstance, SpotRequest } from '../aws/spot.ts';
import type { WorkerName } from '../config/workers.ts';
import type { JobId, Machine as JobMachine, JobStatus } from '../domain/job.ts';
import { renderUserData, Shard } from '../domain/worker-task.ts';
import type { CurrentMachine } from './current-machines.ts';
import { type HandOverPorts, handToWaiting } from './hand-over.ts';
import { JobInput } from './job-input.ts';

/** Kind of machine to launch. */
type Machine = Pick<
  SpotRequest,
  'imageId' | 'instanceTypes' | 'subnetIds' | 'securityGroupId' | 'instanceProfileArn'
>;

export interface LaunchPorts extends Omit<HandOverPorts, 'runningMachines' | 'handOver'> {
  machine: Machine;
  /** Variables of the worker's manifest entry, from this function's environment. */
  workerEnvironment: Readonly<Record<string, string>>;
  /** Lists the worker's running machines with what they do now, or only those that work for a job. */
  runningMachines(worker: WorkerName, jobId?: JobId): Promise<CurrentMachine[]>;
  /** Gives the task to a waiting machine; undefined where no machine stays. */
  handOver: HandOverPorts['handOver'] | undefined;
  updateJob(
    jobId: JobId,
    changes: SpotInstance | { status: JobStatus; task_token: string; shard_tokens: null },
  ): Promise<void>;
  /** Sets the status of the job and the task token of one of its shards. */
  startShard(jobId: JobId, status: JobStatus, shard: number, taskToken: string): Promise<void>;
  /** Records the machine on the job, for what it costs; a repeated call changes nothing. */
  addMachine(jobId: JobId, instanceId: string, machine: JobMachine): Promise<void>;
  now(): Date;
  launchSpot(request: SpotRequest): Promise<SpotInstance>;
  terminateInstance(instanceId: string): Promise<void>;
}

export const Input = JobInput.extend({
  task_token: z.string().min(1).max(2048),
  /** A part of the task, which other machines share. */
  shard: Shard.optional(),
});

/** Names everything that a machine is started with, apart from its task: a machine of an earlier deployment is of another kind. */
const kindOf = ({ machine, workerEnvironment }: Pick<LaunchPorts, 'machine' | 'workerEnvironment'>) =>
  createHash('sha256')
    .update(JSON.stringify([machine, workerEnvironment]))
    .digest('hex');

/**
 * Starts the machine that completes a task, or a shard of it, unless one that stayed takes it over. A repeated call returns the machine
 * that already exists.
 */
export async function launchWorker(
  input: unknown,
  { worker, status, volumeSize }: { worker: WorkerName; status: JobStatus; volumeSize: number },
  ports: LaunchPorts,
) {
  const { job_id, task_token, shard } = Input.parse(input);
  // A silent machine of an earlier attempt can still be running, even without a recorded launch: it must not write next to the
  // new one. The whole task begins after the last shard, when none is waited for.
  for (const machine of await ports.runningMachines(worker, job_id))
    if (machine.taskHash !== ports.taskHash(task_token) && (!shard || machine.shard === shard.number))
      await ports.terminateInstance(machine.instanceId);
  // The token is on the job before the machine exists, so a callback can fail the task if the machine dies early.
  if (shard) await ports.startShard(job_id, status, shard.number, task_token);
  // From here on, a sweep ends the machine of a shard that EC2 did not list.
  else await ports.updateJob(job_id, { status, task_token, shard_tokens: null });
  const now = ports.now();
  const { handOver } = ports;
  const kind = kindOf(ports);
  const task = { jobId: job_id, taskToken: task_token, shard };
  const instance =
    (handOver && (await handToWaiting(task, { worker, kind, now }, { ...ports, handOver }))) ??
    (await ports.launchSpot({
      ...ports.machine,
      worker,
      jobId: job_id,
      taskToken: task_token,
      shard: shard?.number,
      userData: renderUserData({
        WORKER: worker,
        JOB_ID: job_id,
        TASK_TOKEN: task_token,
        ...(shard && { SHARD: JSON.stringify(shard) }),
        ...(handOver && { MACHINE_KIND: kind }),
        ...ports.workerEnvironment,
      }),
      volumeSize,
    }));
  const machine = { worker, type: instance.instance_type, started_at: now.toISOString() };
  await ports.addMachine(job_id, instance.instance_id, machine);
  // Without a status, since the machine could have been faster. A job names the machine of its whole task.
  if (!shard) await ports.updateJob(job_id, instance);
  return { job_id, ...instance };
}
