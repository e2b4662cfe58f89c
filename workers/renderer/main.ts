import { availableParallelism } from 'node:os';
import { artifactStore } from '../../aws/artifact-store.ts';
import { findFfmpeg } from '../../providers/media/find-media-binary.ts';
import { startWorker } from '../start.ts';
import { fetchFfmpeg } from './fetch-ffmpeg.ts';
import { makeShard, makeVideo } from './render-task.ts';

await startWorker('renderer', 'RenderError', async ({ jobId, shard, env, folder, signal, log }) => {
  const { FFMPEG_BUNDLE: url, FFMPEG_BUNDLE_SHA256: sha256 } = env;
  const { download } = artifactStore(env.S3_BUCKET, signal);
  const ffmpeg = url
    ? await fetchFfmpeg({ url, sha256 }, folder, download)
    : await findFfmpeg(env.FFMPEG_PATH);
  const place = { jobId, env, ffmpeg, folder, cores: availableParallelism(), signal, log };
  if (!shard) await makeVideo(place);
  else await makeShard(shard, place);
  return { job_id: jobId, status: 'completed', ...(shard && { shard: shard.number }) };
});
