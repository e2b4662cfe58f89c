import * as z from 'zod';
import { JobId } from '../domain/job.ts';

/** Input of most functions. */
export const JobInput = z.object({ job_id: JobId });

/** Input of a function that continues where an earlier call ran out of time. */
export const ContinuableInput = JobInput.extend({ continuation_token: z.string().nullish() });
