import type { JobId } from '../../../domain/job.ts';
import {
  callCosts,
  forecast,
  mostThumbnailChanges,
  shortage,
  youtubeDay,
} from '../../../domain/youtube-quota.ts';
import { accessToken } from './access-token.ts';
import { youtubeApi } from './api.ts';
import { forOperator, YouTubeApiError } from './api-error.ts';
import { setThumbnail } from './attach.ts';
import { reportsScope, type YouTubePorts, type YouTubeSettings } from './ports.ts';
import { type ChannelReports, channelReports } from './reports.ts';
import { retryCall } from './retry-call.ts';

const attempts = 4;

/** A channel's audience: what YouTube reports of it, and the thumbnails that it sees. */
export interface ChannelAudience extends ChannelReports {
  /** Whether the owner's consent covers reports. */
  covered(): Promise<boolean>;
  /** Returns how many thumbnails can be changed today, so that the next video still has the units that it needs. */
  changesLeft(): Promise<number>;
  /** Shows a thumbnail; false if the video no longer exists. Throws PipelineError. */
  showThumbnail(videoId: string, file: string): Promise<boolean>;
}

type Ports = Omit<YouTubePorts, 'reserveTime' | 'isOfSeries' | 'timeOfVideo' | 'shortProgress'>;

/** Connects to the audience of the channel. The job is named in the ledger. */
export function channelAudience(jobId: JobId, settings: YouTubeSettings, ports: Ports): ChannelAudience {
  const token = accessToken(ports.credentials, settings.tokenEndpoint);
  const api = youtubeApi(jobId, token, settings, ports);
  const reports = channelReports(api, settings, ports);

  /** Throws what the operator can do about a refusal. */
  const told = <Args extends unknown[], T>(work: (...args: Args) => Promise<T>) => {
    return (...args: Args): Promise<T> =>
      work(...args).catch((error: unknown) => {
        throw error instanceof YouTubeApiError ? forOperator(error) : error;
      });
  };

  return {
    covered: async () => (await token.scopes()).includes(reportsScope),
    reach: told(reports.reach),
    retention: told(reports.retention),

    async changesLeft() {
      const { cost } = callCosts['thumbnails.set'];
      const spent = await ports.ledger.spent(youtubeDay(ports.now()));
      const { units } = forecast({ captions: settings.captions, playlist: settings.playlists });
      if (shortage(spent, { uploads: 0, units: units + cost }, settings.allowance)) return 0;
      const left = settings.allowance.units - spent.units - units;
      return mostThumbnailChanges(settings.allowance.units, left);
    },

    showThumbnail: told(async (videoId, file) => {
      try {
        await retryCall(() => setThumbnail(api, videoId, file), { attempts }, ports);
        return true;
      } catch (error) {
        if (error instanceof YouTubeApiError && error.reason === 'videoNotFound') return false;
        throw error;
      }
    }),
  };
}
