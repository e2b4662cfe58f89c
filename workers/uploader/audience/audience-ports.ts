import { artifactStore } from '../../../aws/artifact-store.ts';
import { audienceRecords } from '../../../aws/audience-records.ts';
import { audienceReviews } from '../../../aws/audience-reviews.ts';
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
  env: Environment<'S3_BUCKET' | 'DYNAMODB_COUNTER_TABLE' | 'THUMBNAIL_IMPRESSIONS'>;
  folder: string;
  signal: AbortSignal;
  log: Log;
}

/** Connects the audience of a YouTube channel with its reports and with the bucket. */
export function audiencePorts(
  { jobId, channel, env, folder, signal, log }: Place,
  youtube: (signal: AbortSignal) => ReturnType<typeof youtubeOf>,
): AudiencePorts {
  const artifacts = artifactStore(env.S3_BUCKET, signal);
  const records = audienceRecords(artifacts, channel);
  const reviews = audienceReviews(env.DYNAMODB_COUNTER_TABLE);
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
      if (!(await reviews.claim(channel, now()))) return;
      const limit = AbortSignal.any([signal, AbortSignal.timeout(longestReviewMs)]);
      const { settings, ports } = youtube(limit);
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
          signal: limit,
        },
      );
    },
  };
}
