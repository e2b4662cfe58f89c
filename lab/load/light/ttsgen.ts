/** Replaces the function that speaks: it is called twice, as for a long chapter, and produces no speech. */
import * as z from 'zod';
import { JobId } from '../../../domain/job.ts';

const Input = z.object({ job_id: JobId, continuation_token: z.string().nullable() });

export const handler = async (event: unknown) => {
  const { job_id, continuation_token } = Input.parse(event);
  const isDone = continuation_token !== null;
  return {
    job_id,
    audio_generated: isDone,
    segment_count: isDone ? 2 : 1,
    continuation_token: isDone ? null : '1',
  };
};
