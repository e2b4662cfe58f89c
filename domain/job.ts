import * as z from 'zod';
import { FollowingChapter } from './following-chapter.ts';
import { ApprovedNote, LimitingNote } from './limiting-note.ts';
import { VideoFormats } from './video-format.ts';

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

/** A job that an execution works on, or that waits in one. */
export const statusesAtWork: ReadonlySet<JobStatus> = new Set<JobStatus>(
  JobStatus.exclude(['needs_review', 'published', 'failed']).options,
);

/**
 * A person's verdict on a held chapter: publish it as it is told, block it, or release it to be made again with today's
 * settings.
 */
export const ReviewVerdict = z.enum(['approve', 'reject', 'retry']);
export type ReviewVerdict = z.infer<typeof ReviewVerdict>;

/** Progress of the current step; `done` of `total` in the step's own unit (pages, segments, percent). */
export const JobProgress = z.object({
  step: z.string(),
  done: z.number().nonnegative(),
  total: z.number().nonnegative(),
  /** Estimated time left, from steps that can estimate it. */
  seconds_left: z.number().int().nonnegative().optional(),
});
export type JobProgress = z.infer<typeof JobProgress>;

/** A machine that worked for a job. Without `ended_at` it still runs, or its end was not reported. */
const Machine = z.object({
  worker: z.enum(['renderer', 'uploader']),
  type: z.string(),
  started_at: z.string(),
  ended_at: z.string().optional(),
});
export type Machine = z.infer<typeof Machine>;

/** An item of the jobs table, with the field names of the specification. Times are ISO 8601, UTC. */
export const Job = z.object({
  job_id: JobId,
  status: JobStatus,
  chapter_id: z.string().optional(),
  /** All chapters of the video, if it has several; the first is `chapter_id`. */
  chapter_ids: z.array(z.string()).min(1).optional(),
  /** A chapter that belongs after those of the job in their series, and was out or held when they were claimed. */
  overtaken_by: z.string().optional(),
  /** The chapter behind them, if the source had one. */
  followed_by: FollowingChapter.optional(),
  /** The channel that the video is for, unless it is the first one; set once. */
  channel: z.string().optional(),
  /** Its series says that it makes a Short of each video. */
  shorts: z.boolean().optional(),
  /** The shapes of its video, if its series says which. */
  video_format: VideoFormats.optional(),
  manga_id: z.string().optional(),
  manga_title: z.string().optional(),
  created_at: z.string().optional(),
  updated_at: z.string(),
  progress: JobProgress.optional(),
  page_count: z.number().int().optional(),
  segment_count: z.number().int().optional(),
  /** Problems of the narration, and what was done instead. */
  narration_notes: z.array(z.string()).optional(),
  /** Changes, findings and unread parts of the proofreading. */
  script_notes: z.array(z.string()).optional(),
  /** Names in the settings of its series that the series does not have. */
  series_notes: z.array(z.string()).optional(),
  /** Tokens of the language model that were paid for, and their price in US dollars. */
  llm_tokens_in: z.number().int().nonnegative().optional(),
  llm_tokens_out: z.number().int().nonnegative().optional(),
  llm_cost_usd: z.number().nonnegative().optional(),
  /** Characters that a paid voice spoke; fewer were paid for if it had spoken some of them before. */
  paid_characters: z.number().int().nonnegative().optional(),
  speech_seconds: z.number().optional(),
  /** Peculiarities of the characters' voices that a listener could notice. */
  voice_notes: z.array(z.string()).optional(),
  video_seconds: z.number().optional(),
  /** Letters of titles and credits without a font: they are missing in the pictures. */
  undrawn_letters: z.array(z.string()).optional(),
  /** Why its video, or its Short, has no signed content credentials although it should. */
  credentials_missing: z.string().optional(),
  /** Number of stored pieces of the render, or parts of its sound, that were found broken and made again. */
  broken_pieces: z.number().int().nonnegative().optional(),
  instance_id: z.string().optional(),
  instance_type: z.string().optional(),
  spot_request_id: z.string().optional(),
  /** Every machine of the job, by its id. */
  machines: z.record(z.string(), Machine).optional(),
  /** Seconds of functions that rendered it; a call that died is not in it. */
  function_seconds: z.number().nonnegative().optional(),
  /** Bytes of its artifacts, when they were deleted. */
  stored_bytes: z.number().nonnegative().optional(),
  /** Bytes that were sent to the internet. */
  uploaded_bytes: z.number().nonnegative().optional(),
  /** Task token of the current machine, stored so that a callback can fail the task of a dead machine. */
  task_token: z.string().optional(),
  /** Task tokens of the machines that share its render, by the number of their shard. */
  shard_tokens: z.record(z.string(), z.string()).optional(),
  /** Task token of a pending review. */
  review_token: z.string().optional(),
  /** Reasons why the chapter is doubtful: it waits for a person, or was published anyway. */
  doubt_reasons: z.array(z.string()).optional(),
  /** Notes of its source that are among the reasons: an approval remembers them. */
  limiting_notes: z.array(LimitingNote).optional(),
  /** Notes of its source that are not, because a person approved them with an earlier chapter. */
  approved_notes: z.array(ApprovedNote).optional(),
  held_at: z.string().optional(),
  /** When the operator was notified of the doubt. */
  doubt_told_at: z.string().optional(),
  /** A person's verdict on a held chapter, with name and reason, and the execution that carried it out. */
  review_verdict: ReviewVerdict.optional(),
  reviewed_by: z.string().optional(),
  reviewed_at: z.string().optional(),
  review_reason: z.string().optional(),
  reviewed_in: z.string().optional(),
  youtube_url: z.string().optional(),
  /** When its scheduled video becomes public. */
  publish_at: z.string().optional(),
  /** Length of its Short, its address once it is published, or why it has none although it should. */
  short_seconds: z.number().optional(),
  short_url: z.string().optional(),
  short_missing: z.string().optional(),
  published_at: z.string().optional(),
  /** Missing parts of its published video, and remarks for the operator. */
  publication_notes: z.array(z.string()).optional(),
  /** Quota day that this job counted toward; set once, so that a retry after midnight does not count twice. */
  counted_on: z.string().optional(),
  cleaned_at: z.string().optional(),
  error_name: z.string().optional(),
  error_message: z.string().optional(),
  /** Last lines of the log of the worker that failed. */
  error_log: z.string().optional(),
  failed_at: z.string().optional(),
  failed_state: z.string().optional(),
  /** The execution that runs the job again; the end of an earlier one does not affect it. */
  continued_in: z.string().optional(),
  /** Status when its execution ended before the job did. Its steps do not continue until a redrive removes this. */
  stopped_while: JobStatus.optional(),
});
export type Job = z.infer<typeof Job>;

/** Returns the task tokens of the machines that a job waits for. */
export const taskTokensOf = ({
  task_token,
  shard_tokens = {},
}: Pick<Job, 'task_token' | 'shard_tokens'>): string[] => [
  ...(task_token ? [task_token] : []),
  ...Object.values(shard_tokens),
];

/** Returns the ids of the chapters that a job holds, in order; none before it has one. */
export const chaptersHeldBy = (job: Pick<Job, 'chapter_id' | 'chapter_ids'> | undefined): string[] =>
  job?.chapter_ids ?? (job?.chapter_id ? [job.chapter_id] : []);
