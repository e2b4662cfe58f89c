import type { JobId } from '../../../domain/job.ts';
import type { Log } from '../../../domain/log.ts';
import type { UploadState } from '../../../domain/publication.ts';
import type { SecretValue } from '../../../domain/secrets.ts';
import type { TimeOfDay } from '../../../domain/time-of-day.ts';
import type { YouTubeChannel } from '../../../domain/youtube-channels.ts';
import type { QuotaAllowance, QuotaEntry, QuotaSpent } from '../../../domain/youtube-quota.ts';

/** Settings for the channel's videos; all of them are sent with every video. */
export interface YouTubeSettings {
  /** Name of the channel. */
  channel: string;
  privacy: 'private' | 'unlisted' | 'public';
  /** Hours from the start of the upload until a private video becomes public, if those before it in its series are; 0 leaves it private. */
  publishAfterHours: number;
  /** Time of day at which a private video becomes public, instead of those hours. */
  publishAt?: TimeOfDay;
  madeForKids: boolean;
  syntheticMedia: boolean;
  /** Number of a category in videoCategories.list; 1 is film and animation, 24 entertainment. */
  categoryId: string;
  captions: boolean;
  playlists: boolean;
  /** Title of the playlist, instead of the title of the series. */
  playlist?: string;
  allowance: QuotaAllowance;
  /** Origin of the API, `https://www.googleapis.com`. */
  endpoint: string;
  /** Address of the token endpoint, `https://oauth2.googleapis.com/token`. */
  tokenEndpoint: string;
  /** Origin of the Reporting API, `https://youtubereporting.googleapis.com`. */
  reportingEndpoint: string;
  /** Origin of the Analytics API, `https://youtubeanalytics.googleapis.com`. */
  analyticsEndpoint: string;
}

export const youtubeEndpoints = {
  endpoint: 'https://www.googleapis.com',
  tokenEndpoint: 'https://oauth2.googleapis.com/token',
  reportingEndpoint: 'https://youtubereporting.googleapis.com',
  analyticsEndpoint: 'https://youtubeanalytics.googleapis.com',
} as const;

/** Scope for the reports of a channel; a consent can lack it. */
export const reportsScope = 'https://www.googleapis.com/auth/yt-analytics.readonly';

/** Stores the progress of one job's upload, where every machine finds it. */
interface UploadProgress {
  load(): Promise<UploadState | undefined>;
  save(state: UploadState): Promise<void>;
}

interface QuotaLedger {
  spent(day: string): Promise<QuotaSpent>;
  /** Records that YouTube itself accepts no more on this day, of the Google project or of the channel. */
  close(day: string, reason: string, of: 'project' | 'channel'): Promise<void>;
  /** Records that YouTube refuses the channel until a person does something, and the end of that. */
  refuse(reason: string): Promise<void>;
  admit(): Promise<void>;
  /** Returns why the channel can't publish; undefined if it can. */
  refusal(): Promise<object | undefined>;
  /** Records the YouTube channel that the consent is of. Returns why it can't be used; undefined if it can. */
  own(channel: YouTubeChannel): Promise<string | undefined>;
  /** Records a call, once however often it is repeated; false when the allowance has no room for it. */
  spend(entry: QuotaEntry): Promise<boolean>;
}

/** Ports of the publisher for one job. */
export interface YouTubePorts {
  credentials(): Promise<SecretValue<'youtube'>>;
  progress: UploadProgress;
  /** The same for the job's Short. */
  shortProgress: UploadProgress;
  ledger: QuotaLedger;
  /**
   * Reserves the time at which the job's video becomes public; the same one for a repeated call.
   * @param nextAfter returns the first time after the latest one of the series; undefined if the video needs none
   */
  reserveTime(nextAfter: (taken: Date | undefined) => Date | undefined): Promise<Date | undefined>;
  /** Returns whether another job tells the same series. */
  isOfSeries(jobId: JobId): Promise<boolean>;
  /** Returns the time that was reserved for the job's video. */
  timeOfVideo(): Promise<Date | undefined>;
  now(): Date;
  /** Resolves after this many milliseconds; rejects as soon as the work is aborted. */
  wait(ms: number): Promise<void>;
  log: Log;
  /** Aborts the work. */
  signal: AbortSignal;
}
