import { z } from 'zod';

/** `job-` and a name that is safe in an S3 key, a file name and an EC2 tag. */
export const JobId = z.string().regex(/^job-[a-z0-9][a-z0-9-]{2,62}$/, 'a job id looks like job-1f0c9a…');
export type JobId = z.infer<typeof JobId>;

export const JobStatus = z.enum([
  'fetching',
  'scripting',
  'speaking',
  'rendering',
  'awaiting_review',
  'needs_review',
  'uploading',
  'published',
  'failed',
]);
/** `awaiting_review`: a finished video waits for a person. `needs_review`: a doubtful chapter does, before it is spoken. */
export type JobStatus = z.infer<typeof JobStatus>;

/**
 * What becomes of a chapter that is held for a person: it is published as it is told, or not at all, or given back to be
 * made again with today's settings.
 */
export const ReviewVerdict = z.enum(['approve', 'reject', 'retry']);
export type ReviewVerdict = z.infer<typeof ReviewVerdict>;

/** How far the step at work has come; `done` of `total` in the step's own unit (pages, segments, percent). */
export const JobProgress = z.object({
  step: z.string(),
  done: z.number().nonnegative(),
  total: z.number().nonnegative(),
  /** About how long the rest will take, from steps that can tell. */
  seconds_left: z.number().int().nonnegative().optional(),
});
export type JobProgress = z.infer<typeof JobProgress>;

/** An item of the jobs table. Field names are the wire's and the contract's. Times are ISO 8601, UTC. */
export const Job = z.object({
  job_id: JobId,
  status: JobStatus,
  chapter_id: z.string().optional(),
  /** All chapters of the video, where it tells several; the first is `chapter_id`. */
  chapter_ids: z.array(z.string()).min(1).optional(),
  manga_id: z.string().optional(),
  manga_title: z.string().optional(),
  created_at: z.string().optional(),
  updated_at: z.string(),
  progress: JobProgress.optional(),
  page_count: z.number().int().optional(),
  segment_count: z.number().int().optional(),
  /** What stood in the way of the narration, and what was done instead. */
  narration_notes: z.array(z.string()).optional(),
  /** What the language model was paid for, and how much that is in US dollars. */
  llm_tokens_in: z.number().int().nonnegative().optional(),
  llm_tokens_out: z.number().int().nonnegative().optional(),
  llm_cost_usd: z.number().nonnegative().optional(),
  speech_seconds: z.number().optional(),
  video_seconds: z.number().optional(),
  /** Letters of titles and credits that the renderer has no font for: they are missing in the pictures. */
  undrawn_letters: z.array(z.string()).optional(),
  instance_id: z.string().optional(),
  instance_type: z.string().optional(),
  spot_request_id: z.string().optional(),
  /** The token that the current machine answers; kept so that a callback can answer for a dead machine. */
  task_token: z.string().optional(),
  /** The token that a reviewer's verdict answers, while one is waited for. */
  review_token: z.string().optional(),
  /** Why the chapter is doubtful, one reason each: it waits for a person, or was published all the same. */
  doubt_reasons: z.array(z.string()).optional(),
  held_at: z.string().optional(),
  /** When the operator was told of the doubt. */
  doubt_told_at: z.string().optional(),
  /** What a person decided about a held chapter, who and why, and the execution that carried it out. */
  review_verdict: ReviewVerdict.optional(),
  reviewed_by: z.string().optional(),
  reviewed_at: z.string().optional(),
  review_reason: z.string().optional(),
  reviewed_in: z.string().optional(),
  youtube_url: z.string().optional(),
  published_at: z.string().optional(),
  /** The quota day this job was counted on; set once, so that a retry after midnight counts nothing twice. */
  counted_on: z.string().optional(),
  cleaned_at: z.string().optional(),
  error_name: z.string().optional(),
  error_message: z.string().optional(),
  failed_at: z.string().optional(),
  failed_state: z.string().optional(),
});
export type Job = z.infer<typeof Job>;
