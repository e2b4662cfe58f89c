import * as z from 'zod';
import type { machineStore } from '../aws/machine-store.ts';
import type { TaggedInstance } from '../aws/spot.ts';
import { runStart } from '../config/log-lines.ts';
import type { WorkerName } from '../config/workers.ts';
import { JobId, taskTokensOf } from '../domain/job.ts';
import type { Log } from '../domain/log.ts';
import { endOrphans, type OrphanPorts } from './end-orphans.ts';
import { JobInput } from './job-input.ts';

export interface AnswerPorts extends OrphanPorts {
  describeInstance(instanceId: string): Promise<TaggedInstance | undefined>;
  /** Fails the task with an error; false when the task no longer waits. */
  failTask(taskToken: string, error: string, cause: string): Promise<boolean>;
  /** The items of machines that stay; undefined where none does. */
  staying: Pick<ReturnType<typeof machineStore>, 'all' | 'get' | 'remove'> | undefined;
  /** Records the end of a machine on its job; false if the job does not have it. */
  endMachine(jobId: JobId, instanceId: string, endedAt: string): Promise<boolean>;
  log: Log;
}

/** EventBridge: `EC2 Instance State-change Notification` and `EC2 Spot Instance Interruption Warning`. */
export const Ec2Event = z.object({
  source: z.literal('aws.ec2'),
  detail: z.object({ 'instance-id': z.string(), state: z.string().optional() }),
});

/** The state machine at the start of a run. */
const Sweep = z.object({ end_orphans: z.literal(true) });

const deadStates = new Set(['shutting-down', 'stopping', 'stopped', 'terminated']);

async function answerForDeadMachine(
  instanceId: string,
  state: string | undefined,
  worker: WorkerName,
  ports: AnswerPorts,
) {
  // A warning leaves the machine two minutes to finish its piece and complete the task itself.
  if (state === undefined || !deadStates.has(state)) return { instance_id: instanceId, task_failed: false };
  const instance = await ports.describeInstance(instanceId);
  const jobId = JobId.safeParse(instance?.jobId);
  if (instance?.worker !== worker || !jobId.success) return { instance_id: instanceId, task_failed: false };
  const tagged = { jobId: jobId.data, taskHash: instance.taskHash };
  for (;;) {
    const item = await ports.staying?.get(instanceId);
    const task = item ? { jobId: item.job_id, taskHash: ports.taskHash(item.task_token) } : tagged;
    const task_failed = await failTaskOf(task, { instanceId, state, worker }, ports);
    // Until its item is deleted, a task can be handed over to a machine that is gone.
    if (!item || (await ports.staying?.remove(item))) return { instance_id: instanceId, task_failed };
  }
}

async function failTaskOf(
  { jobId, taskHash }: { jobId: JobId; taskHash: string | undefined },
  { instanceId, state, worker }: { instanceId: string; state: string; worker: WorkerName },
  ports: AnswerPorts,
): Promise<boolean> {
  await ports.endMachine(jobId, instanceId, ports.now().toISOString());
  const job = await ports.findJob(jobId);
  const token = job && taskTokensOf(job).find((one) => ports.taskHash(one) === taskHash);
  if (!token) return false;
  const cause = `Machine ${instanceId} went ${state} before its ${worker} finished`;
  return ports.failTask(token, 'SpotInterrupted', cause);
}

/** Does what the event of a machine's end would have done, if it was not delivered: fails its task and deletes its item. */
async function forgetGoneMachines(worker: WorkerName, ports: AnswerPorts): Promise<void> {
  const items = (await ports.staying?.all()) ?? [];
  for (const item of items.filter((one) => one.worker === worker)) {
    const { instance_id: instanceId, job_id: jobId, task_token } = item;
    const state = (await ports.describeInstance(instanceId))?.state ?? 'terminated';
    if (!deadStates.has(state)) continue;
    await failTaskOf({ jobId, taskHash: ports.taskHash(task_token) }, { instanceId, state, worker }, ports);
    await ports.staying?.remove(item);
  }
}

async function endMachinesOf(jobId: JobId, worker: WorkerName, ports: AnswerPorts) {
  // By their tags, since the job does not name a machine whose launch response was lost.
  const machines = await ports.runningMachines(worker, jobId);
  for (const { instanceId } of machines) await ports.terminateInstance(instanceId);
  return { job_id: jobId, terminated: machines.length > 0 };
}

/**
 * Handles three events. EventBridge reports that a machine is gone: fails the task on its behalf. The state machine gave up on
 * a job (`{job_id}`): terminates its machines, which could still be working. A run begins (`{end_orphans: true}`): terminates
 * machines that no job waits for.
 */
export async function answerForWorker(event: unknown, worker: WorkerName, ports: AnswerPorts) {
  const ec2Event = Ec2Event.safeParse(event);
  if (ec2Event.success) {
    const { 'instance-id': instanceId, state } = ec2Event.data.detail;
    return answerForDeadMachine(instanceId, state, worker, ports);
  }
  if (Sweep.safeParse(event).success) {
    // Before the work, which can fail.
    ports.log({ level: 'INFO', event: runStart.event, worker });
    await forgetGoneMachines(worker, ports);
    return endOrphans(worker, ports);
  }
  return endMachinesOf(JobInput.parse(event).job_id, worker, ports);
}
