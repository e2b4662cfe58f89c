import { createHash } from 'node:crypto';

/**
 * Returns the trace id of a job, in the format of W3C Trace Context: 32 hexadecimal digits. It is made from the job's id,
 * so every function, every machine and every repetition of a step has the same one without passing it on.
 */
export const traceIdOf = (jobId: string): string =>
  createHash('sha256').update(jobId).digest('hex').slice(0, 32);
