import type { JobId } from '../../domain/job.ts';
import type { VideoMetadata } from '../../domain/publication.ts';

/** A finished video as files on this machine. */
export interface VideoToPublish {
  jobId: JobId;
  video: string;
  captions: string;
  thumbnail: string;
  metadata: VideoMetadata;
  /** Told before the step from which on the video may be out; where that throws, the step is not taken. */
  beforeOut(): Promise<void>;
  /** What else belongs to the video, such as its shots, for a publisher that keeps it; fetched when asked for. */
  extras?: () => Promise<{ name: string; file: string }[]>;
}

interface Published {
  url: string;
  /** What is missing on the published video, and why; publishing it again tries just that. */
  notes?: string[];
}

/** Puts a finished video before its viewers. Publishing the same job again must not make a second video. */
export interface Publisher {
  readonly name: string;
  /** Returns the address of the published video. Throws YouTubeQuotaError when the day's allowance is used up. */
  publish(video: VideoToPublish): Promise<Published>;
}
