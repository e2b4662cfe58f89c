import { setTimeout as sleep } from 'node:timers/promises';
import { uploadLedger } from '../../aws/upload-ledger.ts';
import { uploadProgress } from '../../aws/upload-progress.ts';
import type { JobId } from '../../domain/job.ts';
import {
  type YouTubePorts,
  type YouTubeSettings,
  youtubeEndpoints,
} from '../../providers/publishers/youtube/ports.ts';

/** Variables for publishing on YouTube. */
export interface YouTubeEnvironment {
  DYNAMODB_JOBS_TABLE: string;
  DYNAMODB_COUNTER_TABLE: string;
  YOUTUBE_PRIVACY: YouTubeSettings['privacy'];
  YOUTUBE_PUBLISH_AFTER_HOURS: number;
  YOUTUBE_PUBLISH_AT: string | undefined;
  YOUTUBE_PUBLISH_TIMEZONE: string;
  YOUTUBE_MADE_FOR_KIDS: boolean;
  YOUTUBE_SYNTHETIC_MEDIA: boolean;
  YOUTUBE_CATEGORY: string;
  YOUTUBE_CAPTIONS: boolean;
  YOUTUBE_PLAYLISTS: boolean;
  YOUTUBE_PLAYLIST: string | undefined;
  YOUTUBE_UPLOADS_PER_DAY: number;
  YOUTUBE_UNITS_PER_DAY: number;
  /** A server other than Google's, with `/token` below it for tokens. */
  YOUTUBE_ENDPOINT: string | undefined;
}

interface YouTubeTask extends Pick<YouTubePorts, 'credentials' | 'signal' | 'log'> {
  jobId: JobId;
}

/** Returns settings and ports of the YouTube publisher for one job. */
export function youtubeOf(
  env: YouTubeEnvironment,
  { jobId, credentials, signal, log }: YouTubeTask,
): { settings: YouTubeSettings; ports: Omit<YouTubePorts, 'reserveTime'> } {
  const ledger = uploadLedger(env.DYNAMODB_COUNTER_TABLE);
  const time = env.YOUTUBE_PUBLISH_AT;
  const playlist = env.YOUTUBE_PLAYLIST;
  const endpoint = env.YOUTUBE_ENDPOINT;
  return {
    settings: {
      privacy: env.YOUTUBE_PRIVACY,
      publishAfterHours: env.YOUTUBE_PUBLISH_AFTER_HOURS,
      ...(time && { publishAt: { time, timezone: env.YOUTUBE_PUBLISH_TIMEZONE } }),
      madeForKids: env.YOUTUBE_MADE_FOR_KIDS,
      syntheticMedia: env.YOUTUBE_SYNTHETIC_MEDIA,
      categoryId: env.YOUTUBE_CATEGORY,
      captions: env.YOUTUBE_CAPTIONS,
      playlists: env.YOUTUBE_PLAYLISTS,
      ...(playlist && { playlist }),
      allowance: { uploads: env.YOUTUBE_UPLOADS_PER_DAY, units: env.YOUTUBE_UNITS_PER_DAY },
      ...(endpoint
        ? {
            endpoint,
            tokenEndpoint: new URL('/token', endpoint).href,
            reportingEndpoint: endpoint,
            analyticsEndpoint: endpoint,
          }
        : youtubeEndpoints),
    },
    ports: {
      credentials,
      progress: uploadProgress(env.DYNAMODB_JOBS_TABLE, jobId),
      shortProgress: uploadProgress(env.DYNAMODB_JOBS_TABLE, jobId, 'short_upload'),
      ledger,
      now: () => new Date(),
      wait: (ms) => sleep(ms, undefined, { signal }),
      log,
      signal,
    },
  };
}
