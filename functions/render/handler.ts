import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { render } from '../../config/environments.ts';
import { findFfmpeg } from '../../providers/media/find-media-binary.ts';
import { makeShard } from '../../workers/renderer/render-task.ts';
import { environmentOf } from '../environment.ts';
import { functionLog } from '../lambda.ts';
import { run } from './render.ts';

const env = environmentOf('render', render);
const { log, logged } = functionLog('render', env.TRACING);
// The layer's program is on PATH.
const ffmpeg = findFfmpeg(env.FFMPEG_PATH);
ffmpeg.catch(() => {});

export const handler = logged((event, context) =>
  run(event, {
    timeLeft: () => context.getRemainingTimeInMillis(),
    async makeShard(jobId, shard, signal) {
      // A warm function keeps its disk.
      const folder = await mkdtemp(join(tmpdir(), 'render-'));
      try {
        return await makeShard(shard, { jobId, env, ffmpeg: await ffmpeg, folder, cores: 1, signal, log });
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  }),
);
