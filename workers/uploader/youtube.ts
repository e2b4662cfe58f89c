import { setTimeout as sleep } from 'node:timers/promises';
import { secretValue } from '../../aws/secret-value.ts';
import { uploadLedger } from '../../aws/upload-ledger.ts';
import { uploadProgress } from '../../aws/upload-progress.ts';
import { allowanceOf, type ledgerOf } from '../../config/channels.ts';
import type { Environment } from '../../config/variables.ts';
import { channelSecret } from '../../domain/channel.ts';
import type { JobId } from '../../domain/job.ts';
import {
  type YouTubePorts,
  type YouTubeSettings,
  youtubeEndpoints,
} from '../../providers/publishers/youtube/ports.ts';

/** Variables for publishing on YouTube. */
export type YouTubeEnvironment = Environment<
  | 'DYNAMODB_JOBS_TABLE'
  | 'DYNAMODB_COUNTER_TABLE'
  | 'CHANNELS'
  | 'YOUTUBE_SECRET'
  | 'YOUTUBE_PRIVACY'
  | 'YOUTUBE_PUBLISH_AFTER_HOURS'
  | 'YOUTUBE_PUBLISH_AT'
  | 'YOUTUBE_PUBLISH_TIMEZONE'
  | 'YOUTUBE_MADE_FOR_KIDS'
  | 'YOUTUBE_SYNTHETIC_MEDIA'
  | 'YOUTUBE_CATEGORY'
  | 'YOUTUBE_CAPTIONS'
  | 'YOUTUBE_PLAYLISTS'
  | 'YOUTUBE_PLAYLIST'
  | 'YOUTUBE_UPLOADS_PER_DAY'
  | 'YOUTUBE_UNITS_PER_DAY'
  // A server other than Google's, with `/token` below it for tokens.
  | 'YOUTUBE_ENDPOINT'
>;

interface YouTubeTask extends Pick<YouTubePorts, 'signal' | 'log'> {
  jobId: JobId;
  channel: string;
  ledger: ReturnType<typeof ledgerOf>;
}

/** Returns settings and ports of the YouTube publisher for one job; `env` has the settings of its channel and series. */
export function youtubeOf(
  env: YouTubeEnvironment,
  { jobId, channel, ledger: place, signal, log }: YouTubeTask,
): { settings: YouTubeSettings; ports: Omit<YouTubePorts, 'reserveTime' | 'isOfSeries' | 'timeOfVideo'> } {
  const ledger = uploadLedger(env.DYNAMODB_COUNTER_TABLE, place);
  const time = env.YOUTUBE_PUBLISH_AT;
  const playlist = env.YOUTUBE_PLAYLIST;
  const endpoint = env.YOUTUBE_ENDPOINT;
  return {
    settings: {
      channel,
      privacy: env.YOUTUBE_PRIVACY,
      publishAfterHours: env.YOUTUBE_PUBLISH_AFTER_HOURS,
      ...(time && { publishAt: { time, timezone: env.YOUTUBE_PUBLISH_TIMEZONE } }),
      madeForKids: env.YOUTUBE_MADE_FOR_KIDS,
      syntheticMedia: env.YOUTUBE_SYNTHETIC_MEDIA,
      categoryId: env.YOUTUBE_CATEGORY,
      captions: env.YOUTUBE_CAPTIONS,
      playlists: env.YOUTUBE_PLAYLISTS,
      ...(playlist && { playlist }),
      allowance: allowanceOf(env, channel),
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
      credentials: () => secretValue(channelSecret(env.YOUTUBE_SECRET, channel), 'youtube'),
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
