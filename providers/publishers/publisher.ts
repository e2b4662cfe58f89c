import type { JobId } from '../../domain/job.ts';
import type { VideoMetadata } from '../../domain/publication.ts';

/** A finished video as files on this machine. */
export interface VideoToPublish {
  jobId: JobId;
  video: string;
  captions: string;
  thumbnail: string;
  metadata: VideoMetadata;
  /** Called before the step that can put the video online; if it throws, the step is not taken. */
  beforeOut(): Promise<void>;
  /** Further files of the video, such as its shots, for a publisher that keeps them; fetched on demand. */
  extras?: () => Promise<{ name: string; file: string }[]>;
}

/** An upright excerpt of a job's published video, as a file on this machine. */
export type ShortToPublish = Pick<VideoToPublish, 'jobId' | 'video' | 'metadata' | 'beforeOut'>;

interface Published {
  url: string;
  /** Missing parts of the published video, with the reason; publishing it again retries only that. */
  notes?: string[];
  /** Remarks for the operator about a complete publication. */
  remarks?: string[];
}

/** Publishes finished videos. Publishing the same job again must not make a second video. */
export interface Publisher {
  readonly name: string;
  /** Returns the address of the published video. Throws YouTubeQuotaError when the day's allowance is used up. */
  publish(video: VideoToPublish): Promise<Published>;
  /** Publishes the Short of a published job, once. Throws YouTubeQuotaError when it would take the day's last uploads. */
  publishShort(short: ShortToPublish): Promise<{ url: string }>;
}
