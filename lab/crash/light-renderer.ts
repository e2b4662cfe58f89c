import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { artifactStore } from '../../aws/artifact-store.ts';
import { jobStore } from '../../aws/job-store.ts';
import { artifactsOf } from '../../domain/artifacts.ts';
import { startWorker } from '../../workers/start.ts';
import { storePieces } from './light-pieces.ts';

/** Makes the renderer's AWS calls in order without the work: two pieces, or those of its shard, then the files made from them. */
await startWorker('renderer', 'RenderError', async ({ jobId, shard, env, folder, signal }) => {
  const { video, captions, thumbnail } = artifactsOf(jobId);
  const store = artifactStore(env.S3_BUCKET, signal);
  const jobs = jobStore(env.DYNAMODB_JOBS_TABLE);
  const place = { bucket: env.S3_BUCKET, folder, signal };
  if (shard) {
    await storePieces(jobId, shard, place);
    return { job_id: jobId, status: 'completed' };
  }
  await storePieces(jobId, undefined, {
    ...place,
    onPiece: (done, total) => jobs.reportProgress(jobId, { step: 'StartRenderer', done, total }),
  });
  const put = async (key: string, bytes: string | Buffer, type: string) => {
    await writeFile(join(folder, 'file'), bytes);
    await store.upload(key, join(folder, 'file'), type);
  };
  await put(captions, '1\n00:00:00,000 --> 00:00:01,000\nA\n\n', 'application/x-subrip');
  await put(thumbnail(1), Buffer.alloc(5_000), 'image/jpeg');
  await put(video, Buffer.alloc(600_000), 'video/mp4');
  return { job_id: jobId, status: 'completed' };
});
