import type { Log } from '../../../domain/log.ts';
import type { UploadState } from '../../../domain/publication.ts';
import type { SecretValue } from '../../../domain/secrets.ts';
import type { QuotaAllowance, QuotaBucket, QuotaSpent } from '../../../domain/youtube-quota.ts';

/** How the channel's videos are published; every one of these is sent with every video. */
export interface YouTubeSettings {
  privacy: 'private' | 'unlisted' | 'public';
  /** Hours from the start of the upload until a private video becomes public; 0 leaves it private. */
  publishAfterHours: number;
  madeForKids: boolean;
  syntheticMedia: boolean;
  /** A number of videoCategories.list; 1 is film and animation, 24 entertainment. */
  categoryId: string;
  captions: boolean;
  playlists: boolean;
  allowance: QuotaAllowance;
  /** Where the API is, `https://www.googleapis.com`. */
  endpoint: string;
  /** Where a refresh token becomes an access token, `https://oauth2.googleapis.com/token`. */
  tokenEndpoint: string;
}

export const youtubeEndpoints = {
  endpoint: 'https://www.googleapis.com',
  tokenEndpoint: 'https://oauth2.googleapis.com/token',
} as const;

/** Keeps how far the upload of one job is, where every machine finds it. */
interface UploadProgress {
  load(): Promise<UploadState | undefined>;
  save(state: UploadState): Promise<void>;
}

interface QuotaLedger {
  spent(day: string): Promise<QuotaSpent>;
  /** YouTube itself takes no more on this day. */
  close(day: string, reason: string): Promise<void>;
  /** Writes one call down, once whatever is repeated; false when the allowance has no room for it. */
  spend(entry: {
    day: string;
    bucket: QuotaBucket;
    cost: number;
    call: string;
    allowance: number;
  }): Promise<boolean>;
}

/** What the publisher of one job asks of the world around it. */
export interface YouTubePorts {
  credentials(): Promise<SecretValue<'youtube'>>;
  progress: UploadProgress;
  ledger: QuotaLedger;
  now(): Date;
  /** Resolves after so many milliseconds, rejects as soon as the work is called off. */
  wait(ms: number): Promise<void>;
  log: Log;
  /** Calls the work off. */
  signal: AbortSignal;
}
