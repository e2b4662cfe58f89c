import { jobStore } from '../../aws/job-store.ts';
import { startWorker } from '../../workers/start.ts';
import { storePieces, storeVideo } from './light-pieces.ts';

/** Makes the renderer's AWS calls in order without the work: two pieces, or those of its shard, then the files made from them. */
await startWorker('renderer', 'RenderError', async ({ jobId, shard, env, folder, signal }) => {
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
  await storeVideo(jobId, place);
  return { job_id: jobId, status: 'completed' };
});
