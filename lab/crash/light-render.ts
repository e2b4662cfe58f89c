import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jobStore } from '../../aws/job-store.ts';
import { render } from '../../config/environments.ts';
import { environmentOf } from '../../functions/environment.ts';
import { run } from '../../functions/render/render.ts';
import { traced } from '../../functions/traced.ts';
import { storePieces, storeVideo } from './light-pieces.ts';

const env = environmentOf('render', render);
const jobs = jobStore(env.DYNAMODB_JOBS_TABLE);

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'render-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The function that makes a shard or joins them, without its work. */
export const handler = traced('render', env.TRACING, (event, context) =>
  run(event, {
    timeLeft: () => context.getRemainingTimeInMillis(),
    markRendering: (jobId) => jobs.update(jobId, { status: 'rendering' }),
    addSeconds: jobs.addFunctionSeconds,
    async makeShard(jobId, shard, signal) {
      await inFolder((folder) => storePieces(jobId, shard, { bucket: env.S3_BUCKET, folder, signal }));
      return { rendered: 1, reused: 0 };
    },
    makeVideo: (jobId, signal) =>
      inFolder(async (folder) => {
        const place = { bucket: env.S3_BUCKET, folder, signal };
        await storePieces(jobId, undefined, place);
        await storeVideo(jobId, place);
      }),
  }),
);
