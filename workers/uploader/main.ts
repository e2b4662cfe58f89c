import { artifactStore } from '../../aws/artifact-store.ts';
import { publicationSlots } from '../../aws/publication-slots.ts';
import { secretValue } from '../../aws/secret-value.ts';
import { environmentForSeries, seriesSettings } from '../../config/settings/series.ts';
import { artifactsOf } from '../../domain/artifacts.ts';
import { Chapter } from '../../domain/chapter.ts';
import { createPublisher } from '../../providers/publishers/index.ts';
import type { YouTubePorts } from '../../providers/publishers/youtube/ports.ts';
import { startWorker } from '../start.ts';
import { audiencePorts } from './audience/audience-ports.ts';
import { publishVideo } from './publish-video.ts';
import { storesOf } from './stores.ts';
import { youtubeOf } from './youtube.ts';

await startWorker('uploader', 'UploadError', async ({ jobId, env, folder, signal, log }) => {
  const artifacts = artifactStore(env.S3_BUCKET, signal);
  const { manga_id: mangaId } = await artifacts.getJson(artifactsOf(jobId).chapter, Chapter);
  const its = environmentForSeries(env, await seriesSettings(artifacts.findJson, mangaId));
  const slots = publicationSlots(env.DYNAMODB_COUNTER_TABLE);
  const credentials = () => secretValue(env.YOUTUBE_SECRET, 'youtube');
  const youtube = (until: AbortSignal) => youtubeOf(its, { jobId, credentials, signal: until, log });
  return publishVideo(jobId, folder, {
    ...storesOf(env, signal),
    publisher: createPublisher(env.PUBLISHER, {
      folder: env.PUBLISHER_FOLDER,
      youtube() {
        const { settings, ports } = youtube(signal);
        const reserveTime: YouTubePorts['reserveTime'] = (nextAfter) =>
          slots.reserve(mangaId, jobId, nextAfter);
        return { settings, ports: { ...ports, reserveTime } };
      },
    }),
    shorts: its.SHORTS,
    audience:
      env.PUBLISHER === 'youtube'
        ? audiencePorts({ jobId, env, folder, log }, artifacts, (timeout) =>
            youtube(AbortSignal.any([signal, timeout])),
          )
        : undefined,
    now: () => new Date(),
    log,
  });
});
