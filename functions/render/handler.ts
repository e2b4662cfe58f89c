import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jobStore } from '../../aws/job-store.ts';
import { render } from '../../config/environments.ts';
import type { JobId } from '../../domain/job.ts';
import { findFfmpeg } from '../../providers/media/find-media-binary.ts';
import { makeShard, makeVideo, type RenderPlace } from '../../workers/renderer/render-task.ts';
import { environmentOf } from '../environment.ts';
import { functionLog } from '../lambda.ts';
import { run } from './render.ts';

const env = environmentOf('render', render);
const jobs = jobStore(env.DYNAMODB_JOBS_TABLE);
const { log, logged } = functionLog('render', env.TRACING);
// The layer's program is on PATH.
const ffmpeg = findFfmpeg(env.FFMPEG_PATH);
ffmpeg.catch(() => {});

/** Works in a folder that is deleted afterwards, since a warm function keeps its disk. */
async function inPlace<T>(
  jobId: JobId,
  signal: AbortSignal,
  work: (place: RenderPlace) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'render-'));
  try {
    return await work({ jobId, env, ffmpeg: await ffmpeg, folder, cores: 1, signal, log });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export const handler = logged((event, context) =>
  run(event, {
    timeLeft: () => context.getRemainingTimeInMillis(),
    markRendering: (jobId) => jobs.update(jobId, { status: 'rendering' }),
    addSeconds: jobs.addFunctionSeconds,
    makeShard: (jobId, shard, signal) => inPlace(jobId, signal, (place) => makeShard(shard, place)),
    makeVideo: (jobId, signal) => inPlace(jobId, signal, (place) => makeVideo(place, 'JoinOnFunction')),
  }),
);
