import type { ArtifactStore } from '../../../aws/artifact-store.ts';
import { audienceRecords, claimAudienceReview } from '../../../aws/audience-records.ts';
import type { Environment } from '../../../config/variables.ts';
import type { JobId } from '../../../domain/job.ts';
import type { Log } from '../../../domain/log.ts';
import { Script } from '../../../domain/script.ts';
import { Speech } from '../../../domain/speech.ts';
import { Thumbnails } from '../../../domain/thumbnails.ts';
import { channelAudience } from '../../../providers/publishers/youtube/audience.ts';
import { videoIdOf } from '../../../providers/publishers/youtube/unpublish.ts';
import type { AudiencePorts } from '../publish-video.ts';
import type { youtubeOf } from '../youtube.ts';
import { recordAudience } from './record-audience.ts';
import { reviewAudience } from './review-audience.ts';

/** The machine waits for the review; what is left is done by the next one. */
const longestReviewMs = 120_000;

interface Place {
  jobId: JobId;
  channel: string;
  env: Environment<'DYNAMODB_COUNTER_TABLE' | 'THUMBNAIL_IMPRESSIONS'>;
  folder: string;
  log: Log;
}

/** Connects the audience of a YouTube channel with its reports and with the bucket. */
export function audiencePorts(
  { jobId, channel, env, folder, log }: Place,
  artifacts: ArtifactStore,
  youtube: (signal: AbortSignal) => ReturnType<typeof youtubeOf>,
): AudiencePorts {
  const records = audienceRecords(artifacts, channel);
  const enough = env.THUMBNAIL_IMPRESSIONS;
  const now = () => new Date();
  return {
    async record(publication, title) {
      const videoId = videoIdOf(publication.url);
      if (videoId === undefined) return;
      await recordAudience(
        publication,
        { videoId, title, compares: enough > 0, folder },
        {
          findScript: (key) => artifacts.findJson(key, Script),
          findSpeech: (key) => artifacts.findJson(key, Speech),
          findThumbnails: (key) => artifacts.findJson(key, Thumbnails),
          findAudience: records.find,
          putAudience: records.put,
          download: artifacts.download,
          upload: artifacts.upload,
        },
      );
    },

    async review() {
      if (!(await claimAudienceReview(env.DYNAMODB_COUNTER_TABLE, channel, now()))) return;
      const signal = AbortSignal.timeout(longestReviewMs);
      const { settings, ports } = youtube(signal);
      await reviewAudience(
        { enough, folder },
        {
          audience: channelAudience(jobId, settings, ports),
          records: records.newestFirst,
          putAudience: records.put,
          putReview: records.putReview,
          exists: artifacts.exists,
          download: artifacts.download,
          log,
          now,
          signal,
        },
      );
    },
  };
}
