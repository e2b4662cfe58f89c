import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PipelineError, RenderError } from '../../domain/errors.ts';
import { PieceWorkers } from './pieces/piece-workers.ts';
import type { RenderOptions } from './ports.ts';

/**
 * Does work of a job in a folder, with a thread for each core, and removes both at the end. Throws RenderError naming the problem, or
 * the signal's reason when aborted.
 */
export async function atWork<T>(
  jobId: string,
  options: RenderOptions,
  work: (workers: PieceWorkers, options: RenderOptions) => Promise<T>,
): Promise<T> {
  const workDirectory = join(options.workDirectory, jobId);
  options.signal.throwIfAborted();
  const workers = new PieceWorkers(options.cores);
  try {
    await mkdir(workDirectory, { recursive: true });
    return await work(workers, { ...options, workDirectory });
  } catch (error) {
    options.signal.throwIfAborted();
    if (error instanceof PipelineError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new RenderError(`The video of ${jobId} can't be made: ${message}`, { cause: error });
  } finally {
    await workers.close();
    await rm(workDirectory, { recursive: true, force: true });
  }
}
