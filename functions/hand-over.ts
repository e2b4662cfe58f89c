import type { SpotInstance } from '../aws/spot.ts';
import type { WorkerName } from '../config/workers.ts';
import type { JobId } from '../domain/job.ts';
import type { HandedTask } from '../domain/staying-machine.ts';
import type { CurrentMachine } from './current-machines.ts';

export interface HandOverPorts {
  /** Lists the worker's running machines with what they do now. */
  runningMachines(worker: WorkerName): Promise<CurrentMachine[]>;
  taskHash(taskToken: string): string;
  /** Gives the task to a waiting machine. Returns the job that it worked for before; undefined if it no longer waits. */
  handOver(instanceId: string, task: HandedTask, now: Date): Promise<JobId | undefined>;
  /** Records the end of a machine's time for a job. */
  endMachine(jobId: JobId, instanceId: string, endedAt: string): Promise<boolean>;
}

/**
 * Gives a task to a machine of the same kind that waits for one. Returns the machine; undefined if none waits, or if a machine was
 * already started for this task. Of two functions that choose the same machine, one gets it. A repeated call returns the same machine.
 */
export async function handToWaiting(
  task: HandedTask,
  { worker, kind, now }: { worker: WorkerName; kind: string; now: Date },
  ports: HandOverPorts,
): Promise<SpotInstance | undefined> {
  const machines = await ports.runningMachines(worker);
  const hash = ports.taskHash(task.taskToken);
  const own = machines.find(({ taskHash }) => taskHash === hash);
  if (own && !own.staying) return undefined;
  const waiting = machines
    .filter(({ staying }) => staying?.kind === kind && (staying.idle_until ?? '') > now.toISOString())
    // The one that waits longest: the others can leave.
    .sort((one, other) => String(other.staying?.idle_until).localeCompare(String(one.staying?.idle_until)));
  for (const { instanceId, type, spotRequestId } of own ? [own] : waiting) {
    if (!type || !spotRequestId) continue;
    const before = await ports.handOver(instanceId, task, now);
    if (before === undefined) continue;
    // It is paid for by the job that it worked for, until another one needs it.
    if (before !== task.jobId) await ports.endMachine(before, instanceId, now.toISOString());
    return { instance_id: instanceId, instance_type: type, spot_request_id: spotRequestId };
  }
  return undefined;
}
