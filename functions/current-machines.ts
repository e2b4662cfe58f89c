import type { RunningMachine } from '../aws/spot.ts';
import type { WorkerName } from '../config/workers.ts';
import type { JobId } from '../domain/job.ts';
import type { StayingMachine } from '../domain/staying-machine.ts';

/** A running machine with what it does now; without a job if it waits for a task. */
export interface CurrentMachine extends RunningMachine {
  /** Its item, if it has stayed after a task. */
  staying?: StayingMachine;
}

export interface CurrentMachinesPorts {
  /** Lists the worker's running machines of every stage by their tags, or only those that were started for a job. */
  runningMachines(worker: WorkerName, jobId?: JobId): Promise<RunningMachine[]>;
  taskHash(taskToken: string): string;
  /** Returns the items of machines that stay; undefined where none does. */
  stayingMachines: (() => Promise<StayingMachine[]>) | undefined;
}

/**
 * Returns a function that lists the worker's running machines, or only those that work for one job now. The tags of a machine name its
 * first task; the item of one that has stayed names the current one.
 */
export function currentMachines({ runningMachines, taskHash, stayingMachines }: CurrentMachinesPorts) {
  return async (worker: WorkerName, jobId?: JobId): Promise<CurrentMachine[]> => {
    if (!stayingMachines) return runningMachines(worker, jobId);
    const running = await runningMachines(worker);
    const items = new Map((await stayingMachines()).map((item) => [item.instance_id, item]));
    const current = running.map((machine): CurrentMachine => {
      const staying = items.get(machine.instanceId);
      if (!staying) return machine;
      const { job_id, task_token, task_shard, idle_until } = staying;
      if (idle_until !== undefined)
        return { ...machine, staying, jobId: undefined, taskHash: undefined, shard: undefined };
      return {
        ...machine,
        staying,
        jobId: job_id,
        taskHash: taskHash(task_token),
        shard: task_shard?.number,
      };
    });
    return jobId === undefined ? current : current.filter((machine) => machine.jobId === jobId);
  };
}
