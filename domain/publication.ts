import * as z from 'zod';
import { JobId } from './job.ts';

/** Text that viewers read about a video. The limits are YouTube's: 100 characters, 5,000 bytes, 500 for all tags. */
export const VideoMetadata = z.object({
  title: z.string().min(1).max(100),
  description: z.string(),
  tags: z.array(z.string()),
  language: z.literal('vi'),
  /** The work that the chapter belongs to; its chapters share a playlist. */
  series: z.string().min(1).max(150).optional(),
});
export type VideoMetadata = z.infer<typeof VideoMetadata>;

/** publication.json: written right after a publisher accepted the video. */
export const Publication = z.object({
  job_id: JobId,
  publisher: z.string(),
  url: z.string(),
  published_at: z.string(),
  /** Size of the video that was sent. */
  bytes: z.number().nonnegative().optional(),
  /** Its Short, once that is published too. */
  short: z.object({ url: z.string(), published_at: z.string(), bytes: z.number().nonnegative() }).optional(),
  /** Missing parts of the published video, with the reason. Publishing the job again retries only that. */
  notes: z.array(z.string()).optional(),
  /** Remarks for the operator about a complete publication. */
  remarks: z.array(z.string()).optional(),
});
export type Publication = z.infer<typeof Publication>;

/** Additions to a video; each is done once. */
export const UploadStep = z.enum(['thumbnail', 'captions', 'playlist']);
export type UploadStep = z.infer<typeof UploadStep>;

/** Returns the note about an addition that a published video lacks. */
export const lackingNote = (step: UploadStep, why: string): string => `${step}: ${why}`;

/** Returns whether a published video lacks an addition. */
export const lacks = ({ notes = [] }: Pick<Publication, 'notes'>, step: UploadStep): boolean =>
  notes.some((note) => note.startsWith(lackingNote(step, '')));

/** Progress of a job's upload, stored on the job so that another machine can continue it. Sizes in bytes. */
export const UploadState = z.object({
  /** Size of the video that the session was opened for. */
  size: z.number().int().positive(),
  /** Address of the upload session. It grants the upload, so it is deleted once the video exists. */
  session: z.url().optional(),
  /** Number of bytes confirmed by the server. */
  sent: z.number().int().nonnegative(),
  /** The last byte could have been sent: a video can exist even without a response. */
  may_be_finished: z.boolean(),
  video_id: z.string().optional(),
  done: z.array(UploadStep),
});
export type UploadState = z.infer<typeof UploadState>;
