import { z } from 'zod';
import { JobId } from '../domain/job.ts';

/** The input of most functions. */
export const JobInput = z.object({ job_id: JobId });

/** The input of a function that goes on where an earlier call ran out of time. */
export const ContinuableInput = JobInput.extend({ continuation_token: z.string().nullish() });
