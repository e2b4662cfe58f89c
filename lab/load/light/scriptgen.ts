/** Replaces the function that reads and writes: two segments, immediately. */
import * as z from 'zod';
import { artifactStore } from '../../../aws/artifact-store.ts';
import { artifactsOf } from '../../../domain/artifacts.ts';
import { JobId } from '../../../domain/job.ts';

const artifacts = artifactStore(process.env.S3_BUCKET ?? '');

export const handler = async (event: unknown) => {
  const { job_id } = z.object({ job_id: JobId }).parse(event);
  const segments = [0, 1].map((index) => ({
    index,
    kind: 'speech',
    text: `Đoạn ${index}`,
    page: 1,
    panels: ['p1-1'],
    pause_after: 0.3,
  }));
  await artifacts.putJson(artifactsOf(job_id).script, { job_id, narrator: 'ocr', language: 'vi', segments });
  return { job_id, script_generated: true, doubtful: false, segment_count: 2, continuation_token: null };
};
