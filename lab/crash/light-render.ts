import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { render } from '../../config/environments.ts';
import { environmentOf } from '../../functions/environment.ts';
import { run } from '../../functions/render/render.ts';
import { traced } from '../../functions/traced.ts';
import { storePieces } from './light-pieces.ts';

const env = environmentOf('render', render);

/** The function that makes a shard, without its work. */
export const handler = traced('render', env.TRACING, (event, context) =>
  run(event, {
    timeLeft: () => context.getRemainingTimeInMillis(),
    async makeShard(jobId, shard, signal) {
      const folder = await mkdtemp(join(tmpdir(), 'render-'));
      try {
        await storePieces(jobId, shard, { bucket: env.S3_BUCKET, folder, signal });
        return { rendered: 1, reused: 0 };
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  }),
);
