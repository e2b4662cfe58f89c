import { artifactsOf } from '../../domain/artifacts.ts';
import type { JobId } from '../../domain/job.ts';
import { JobInput } from '../job-input.ts';

export interface CleanupPorts {
  list(prefix: string): AsyncIterable<{ key: string; size: number }>;
  /** Deletes up to 1,000 objects, or throws. */
  deleteAll(keys: readonly string[]): Promise<void>;
  /** `bytes` were deleted by this call, 0 if an earlier one did. */
  markCleaned(jobId: JobId, bytes: number): Promise<void>;
}

/** Limit of one DeleteObjects call (S3 API reference). */
const batchSize = 1000;

/** Deletes everything below the job's prefix. A repeated call deletes what an interrupted one left. */
export async function run(input: unknown, ports: CleanupPorts) {
  const { job_id } = JobInput.parse(input);
  let objects_deleted = 0;
  let bytes_freed = 0;
  let batch: { key: string; size: number }[] = [];
  const flush = async () => {
    if (batch.length === 0) return;
    await ports.deleteAll(batch.map(({ key }) => key));
    objects_deleted += batch.length;
    bytes_freed += batch.reduce((sum, { size }) => sum + size, 0);
    batch = [];
  };
  for await (const object of ports.list(artifactsOf(job_id).root)) {
    batch.push(object);
    if (batch.length === batchSize) await flush();
  }
  await flush();
  await ports.markCleaned(job_id, bytes_freed);
  return { job_id, objects_deleted, bytes_freed };
}
