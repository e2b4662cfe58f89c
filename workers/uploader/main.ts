import { secretValue } from '../../aws/secret-value.ts';
import { createPublisher } from '../../providers/publishers/index.ts';
import { startWorker } from '../start.ts';
import { publishVideo } from './publish-video.ts';
import { storesOf } from './stores.ts';
import { youtubeOf } from './youtube.ts';

await startWorker('uploader', 'UploadError', ({ jobId, env, folder, signal, log }) =>
  publishVideo(jobId, folder, {
    ...storesOf(env, signal),
    publisher: createPublisher(env.PUBLISHER, {
      folder: env.PUBLISHER_FOLDER,
      youtube: () =>
        youtubeOf(env, {
          jobId,
          credentials: () => secretValue(env.YOUTUBE_SECRET, 'youtube'),
          signal,
          log,
        }),
    }),
    now: () => new Date(),
  }),
);
