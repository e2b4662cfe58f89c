import * as z from 'zod';
import { machineStore } from '../aws/machine-store.ts';
import { readVariables } from '../config/variables.ts';
import type { WorkerName } from '../config/workers.ts';
import type { Log } from '../domain/log.ts';
import { MachineKind, taskSeconds, type WorkerTask } from '../domain/worker-task.ts';
import type { instanceMetadata } from './instance-metadata.ts';
import { nextTask } from './next-task.ts';

interface StayOptions {
  metadata: ReturnType<typeof instanceMetadata>;
  log: Log;
  terminated: AbortSignal;
}

/** Set by an image whose watchdog counts the time of each task, and not only that of the first one. */
const Life = z.object({ MACHINE_SECONDS: z.coerce.number().optional() });

/** Seconds after boot within which a worker process is started, as the watchdog demands. */
const longestBoot = 600;

/**
 * The time of a machine after its task. It stays as long as the setting says, and only while another task of full length fits into the
 * machine's life.
 */
export function stayOf(
  worker: WorkerName,
  variables: NodeJS.ProcessEnv,
  { metadata, log, terminated }: StayOptions,
) {
  const { DYNAMODB_MACHINES_TABLE: table, WORKER_IDLE_MINUTES: minutes } = readVariables(
    worker,
    ['DYNAMODB_MACHINES_TABLE', 'WORKER_IDLE_MINUTES'],
    variables,
  );
  const { MACHINE_KIND: kind } = MachineKind.parse(variables);
  const { MACHINE_SECONDS: life } = Life.parse(variables);
  const machines = machineStore(table);
  let waiting: { id: string; until: number } | undefined;

  /** Whether the machine waits for another task after this one. */
  function staysAfter({ SHARD }: WorkerTask): boolean {
    if (table === '' || minutes === 0) return false;
    // One of the machines that share a render continues with the whole; the others would wait for another video.
    if (SHARD && SHARD.number > 1) return false;
    if (life !== undefined)
      return longestBoot + process.uptime() + minutes * 60 + taskSeconds[worker] <= life;
    log({ level: 'WARN', event: 'worker_does_not_stay', reason: 'the machine image is too old for it' });
    return false;
  }

  return {
    /** Lets the machine get another task, before the result of a finished one is sent: the next can follow at once. */
    async prepare(task: WorkerTask): Promise<void> {
      if (!kind || !staysAfter(task)) return;
      const until = Date.now() + minutes * 60_000;
      try {
        const id = await metadata.instanceId();
        const item = { instance_id: id, worker, kind, idle_until: new Date(until).toISOString() };
        if (await machines.wait({ ...item, job_id: task.JOB_ID, task_token: task.TASK_TOKEN }))
          waiting = { id, until };
      } catch (error) {
        log({ level: 'WARN', event: 'worker_does_not_stay', reason: String(error) });
      }
    },

    /** Returns the task after a finished one; undefined when the machine has to power off. */
    async next({ TASK_TOKEN: finished }: WorkerTask, succeeded: boolean): Promise<WorkerTask | undefined> {
      if (!waiting) return undefined;
      const { id } = waiting;
      const until = succeeded ? waiting.until : Date.now();
      waiting = undefined;
      const next = await nextTask(
        {
          async handedTask() {
            const { job_id, task_token, task_shard: shard } = (await machines.get(id)) ?? {};
            if (!job_id || !task_token || task_token === finished) return undefined;
            return { WORKER: worker, JOB_ID: job_id, TASK_TOKEN: task_token, ...(shard && { SHARD: shard }) };
          },
          leave: () => machines.leave(id, finished),
          spotNotice: metadata.spotNotice,
          log,
        },
        { until, lookMs: 2000, noticeMs: 5000, terminated },
      );
      log({ level: 'INFO', event: next ? 'worker_continues' : 'worker_left' });
      return next;
    },
  };
}
