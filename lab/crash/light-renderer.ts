import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { artifactStore } from '../../aws/artifact-store.ts';
import { jobStore } from '../../aws/job-store.ts';
import { artifactsOf } from '../../domain/artifacts.ts';
import { startWorker } from '../../workers/start.ts';

/** A file that tests create beside the bundle; the worker waits at its second piece while it exists. */
const hold = join(import.meta.dirname, 'hold');

/** Makes the renderer's AWS calls in order without the work: two pieces, or those of its shard, then the files made from them. */
await startWorker('renderer', 'RenderError', async ({ jobId, shard, env, folder, signal }) => {
  const { renderPiece, video, captions, thumbnail } = artifactsOf(jobId);
  const store = artifactStore(env.S3_BUCKET, signal);
  const jobs = jobStore(env.DYNAMODB_JOBS_TABLE);
  const put = async (key: string, bytes: string | Buffer, type: string) => {
    await writeFile(join(folder, 'file'), bytes);
    await store.upload(key, join(folder, 'file'), type);
  };
  for (const [index, piece] of ['a'.repeat(32), 'b'.repeat(32)].entries()) {
    if (shard && index % shard.of !== shard.number - 1) continue;
    if (await store.exists(renderPiece(piece))) continue;
    console.log(`piece ${index + 1} is started`);
    while (index === 1 && existsSync(hold)) await wait(20, undefined, { signal });
    await put(renderPiece(piece), Buffer.alloc(1000), 'video/mp4');
    if (shard) continue;
    await jobs.reportProgress(jobId, { step: 'StartRenderer', done: index + 1, total: 2 });
  }
  if (shard) return { job_id: jobId, status: 'completed' };
  await put(captions, '1\n00:00:00,000 --> 00:00:01,000\nA\n\n', 'application/x-subrip');
  await put(thumbnail(1), Buffer.alloc(5_000), 'image/jpeg');
  await put(video, Buffer.alloc(600_000), 'video/mp4');
  return { job_id: jobId, status: 'completed' };
});
