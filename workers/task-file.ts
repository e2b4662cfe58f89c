import { rename, writeFile } from 'node:fs/promises';
import { uptime } from 'node:os';
import { join } from 'node:path';
import type { WorkerTask } from '../domain/worker-task.ts';

/**
 * Writes what the machine does now for the image's scripts, where systemd gives this process a state directory: the watchdog reads since
 * when, in seconds after boot; the report of a worker that ended without an answer reads for which task. Without a task the machine waits
 * for one.
 */
export async function writeTaskFile(task: WorkerTask | undefined): Promise<void> {
  const { STATE_DIRECTORY: folder } = process.env;
  if (!folder) return;
  const text = `SINCE=${Math.floor(uptime())}\nTASK_TOKEN=${task?.TASK_TOKEN ?? ''}\n`;
  const written = join(folder, 'task.new');
  await writeFile(written, text, { mode: 0o600 });
  await rename(written, join(folder, 'task'));
}
