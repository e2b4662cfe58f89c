import { z } from 'zod';
import { JobId } from './job.ts';

/** What viewers read about a video. Limits are YouTube's: 100 characters, 5,000 bytes, 500 for all tags. */
export const VideoMetadata = z.object({
  title: z.string().min(1).max(100),
  description: z.string(),
  tags: z.array(z.string()),
  language: z.literal('vi'),
  /** The work that the chapter is of; its chapters share a playlist. */
  series: z.string().min(1).max(150).optional(),
});
export type VideoMetadata = z.infer<typeof VideoMetadata>;

/** publication.json: written right after a publisher took the video. */
export const Publication = z.object({
  job_id: JobId,
  publisher: z.string(),
  url: z.string(),
  published_at: z.string(),
  /** What is missing on the published video, and why. Publishing the job again tries just that. */
  notes: z.array(z.string()).optional(),
});
export type Publication = z.infer<typeof Publication>;

/** What hangs on a video besides itself; each is done once. */
export const UploadStep = z.enum(['thumbnail', 'captions', 'playlist']);
export type UploadStep = z.infer<typeof UploadStep>;

/** How far the upload of a job is, kept on the job, so that another machine continues it. Sizes in bytes. */
export const UploadState = z.object({
  /** Size of the video that the session was opened for. */
  size: z.number().int().positive(),
  /** Where the bytes go. Whoever has it may upload, so it is dropped once the video is there. */
  session: z.url().optional(),
  /** Bytes that are known to have arrived. */
  sent: z.number().int().nonnegative(),
  /** The last byte may have been sent: a video may exist even if nobody heard so. */
  may_be_finished: z.boolean(),
  video_id: z.string().optional(),
  done: z.array(UploadStep),
});
export type UploadState = z.infer<typeof UploadState>;
