import { hash } from 'node:crypto';

const digest = (jobId: string) => hash('sha256', jobId);

/**
 * Returns the trace id of a job, in the format of W3C Trace Context: 32 hexadecimal digits. It is made from the job's id,
 * so every function, every machine and every repetition of a step has the same one without passing it on.
 */
export const traceIdOf = (jobId: string): string => digest(jobId).slice(0, 32);

/** Returns the id of the span that all others of a job are below: 16 hexadecimal digits. */
export const jobSpanIdOf = (jobId: string): string => digest(jobId).slice(32, 48);
