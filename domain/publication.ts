import { z } from 'zod';
import { JobId } from './job.ts';

/** What viewers read about a video. Limits are YouTube's: 100 characters, 5,000 bytes, 500 for all tags. */
export const VideoMetadata = z.object({
  title: z.string().min(1).max(100),
  description: z.string(),
  tags: z.array(z.string()),
  language: z.literal('vi'),
});
export type VideoMetadata = z.infer<typeof VideoMetadata>;

/** publication.json: written once, right after a publisher took the video. */
export const Publication = z.object({
  job_id: JobId,
  publisher: z.string(),
  url: z.string(),
  published_at: z.string(),
});
export type Publication = z.infer<typeof Publication>;
