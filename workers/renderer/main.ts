import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { artifactStore } from '../../aws/artifact-store.ts';
import { jobStore } from '../../aws/job-store.ts';
import { findFfmpeg } from '../../providers/media/find-media-binary.ts';
import { startWorker } from '../start.ts';
import { renderVideo } from './render-video.ts';

await startWorker('renderer', 'RenderError', async ({ jobId, env, folder, signal }) => {
  const artifacts = artifactStore(env.S3_BUCKET);
  const jobs = jobStore(env.DYNAMODB_JOBS_TABLE);
  const { seconds } = await renderVideo(
    jobId,
    {
      readJson: (key) => artifacts.getJson(key, z.unknown()),
      download: artifacts.download,
      exists: artifacts.exists,
      upload: artifacts.upload,
      reportProgress: (done, total) => jobs.reportProgress(jobId, { step: 'StartRenderer', done, total }),
    },
    {
      formats: env.VIDEO_FORMAT,
      ffmpeg: await findFfmpeg(env.FFMPEG_PATH),
      workDirectory: folder,
      cores: availableParallelism(),
      signal,
    },
  );
  await jobs.update(jobId, { video_seconds: seconds });
  return { job_id: jobId, status: 'completed' };
});
