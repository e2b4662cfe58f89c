import { artifactStore } from '../../aws/artifact-store.ts';
import { jobStore } from '../../aws/job-store.ts';
import { publicationSlots } from '../../aws/publication-slots.ts';
import { environmentForChannel, ledgerOf } from '../../config/channels.ts';
import { environmentForSeries, seriesFiles } from '../../config/settings/series.ts';
import { artifactsOf } from '../../domain/artifacts.ts';
import { channelFolder, channelOf } from '../../domain/channel.ts';
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
  const chapter = await artifacts.getJson(artifactsOf(jobId).chapter, Chapter);
  const { manga_id: mangaId } = chapter;
  const channel = channelOf(chapter);
  const its = environmentForSeries(
    environmentForChannel(env, channel),
    await seriesFiles(artifacts.findJson, chapter),
  );
  const slots = publicationSlots(env.DYNAMODB_COUNTER_TABLE);
  const jobs = jobStore(env.DYNAMODB_JOBS_TABLE);
  const youtube = (until: AbortSignal) =>
    youtubeOf(its, { jobId, channel, ledger: ledgerOf(env, channel), signal: until, log });
  return publishVideo(jobId, folder, {
    ...storesOf(env, channel, signal),
    publisher: createPublisher(env.PUBLISHER, {
      folder: channelFolder(env.PUBLISHER_FOLDER, channel),
      youtube() {
        const { settings, ports } = youtube(signal);
        const timeOfVideo = async () => {
          const { publish_at } = (await jobs.get(jobId)) ?? {};
          return publish_at === undefined ? undefined : new Date(publish_at);
        };
        const reserveTime: YouTubePorts['reserveTime'] = async (nextAfter) => {
          // A later video of its series can have the latest time by now.
          const earlier = await timeOfVideo();
          if (earlier && earlier.getTime() > Date.now()) return earlier;
          const at = await slots.reserve(mangaId, jobId, nextAfter);
          if (at) await jobs.update(jobId, { publish_at: at.toISOString() });
          return at;
        };
        const isOfSeries: YouTubePorts['isOfSeries'] = async (id) =>
          id !== jobId && (await jobs.get(id))?.manga_id === mangaId;
        return { settings, ports: { ...ports, reserveTime, isOfSeries, timeOfVideo } };
      },
    }),
    shorts: its.SHORTS,
    audience:
      env.PUBLISHER === 'youtube'
        ? audiencePorts({ jobId, channel, env, folder, signal, log }, youtube)
        : undefined,
    now: () => new Date(),
    log,
  });
});
