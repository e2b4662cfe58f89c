import * as z from 'zod';
import type { Journal } from './journal.ts';

/** The job of a machine's current or last task, and whether it waits for another one. */
export interface MachineTask {
  job: string;
  waits: boolean;
}

/** The lines of a worker that begin a task, or the time between two. */
const Line = z.object({ event: z.enum(['worker_started', 'worker_idle']), job_id: z.string() });

/** Returns what a machine does, by what its worker has logged; undefined before its first task and after its end. */
export function machineTasks(journal: Journal): (instanceId: string) => MachineTask | undefined {
  const tasks = new Map<string, MachineTask>();
  journal.subscribe(({ type, data }) => {
    if (type !== 'log') return;
    const [, id] = /^\S+ (i-\w+)$/.exec(data.source) ?? [];
    if (!id) return;
    if (data.text.startsWith('ended: ')) return void tasks.delete(id);
    if (!data.text.includes('"worker_')) return;
    const { data: line } = Line.safeParse(parsed(data.text));
    if (line) tasks.set(id, { job: line.job_id, waits: line.event === 'worker_idle' });
  });
  return (instanceId) => tasks.get(instanceId);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
