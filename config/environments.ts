import type { VariableName } from './variables.ts';

/**
 * The variables of each function and worker, apart from the manifests: a bundle contains its list only, so that a changed
 * permission or time limit is not new code.
 */

type Names = readonly VariableName[];

/** Joins two lists. Marked as pure where it is called, so that bundlers leave out what is not used. */
const join = <const A extends Names, const B extends Names>(first: A, second: B) =>
  [...first, ...second] as const;

/** Location and hash of a machine's code, and its log group, which the boot scripts of the image read; how long it stays. */
const machine = [
  'WORKER_BUNDLE',
  'WORKER_BUNDLE_SHA256',
  'WORKER_LOG_GROUP',
  'DYNAMODB_MACHINES_TABLE',
  'WORKER_IDLE_MINUTES',
] as const satisfies Names;

/** Variables of every process that makes videos. */
export const render = [
  'S3_BUCKET',
  'DYNAMODB_JOBS_TABLE',
  'VIDEO_FORMAT',
  'BURN_SUBTITLES',
  'CHANNELS',
  'SHORTS',
  'MUSIC',
  'MUSIC_BY_MOOD',
  'MUSIC_CREDIT',
  'CONTENT_CREDENTIALS',
  'SIGNING_SECRET',
  'FFMPEG_PATH',
  'TRACING',
] as const satisfies Names;

/** The FFmpeg of a stage whose shards are made by functions: machines use the same one, or they would not find the pieces. */
const sameFfmpeg = ['FFMPEG_BUNDLE', 'FFMPEG_BUNDLE_SHA256'] as const satisfies Names;

export const renderer = /* @__PURE__ */ join(/* @__PURE__ */ join(render, sameFfmpeg), machine);

export const uploader = /* @__PURE__ */ join(
  [
    'S3_BUCKET',
    'DYNAMODB_JOBS_TABLE',
    'DYNAMODB_CHAPTERS_TABLE',
    'PUBLISHER',
    'PUBLISHER_FOLDER',
    'CHANNELS',
    'DAILY_QUOTA',
    'SHORTS',
    'DYNAMODB_COUNTER_TABLE',
    'YOUTUBE_SECRET',
    'YOUTUBE_PRIVACY',
    'YOUTUBE_PUBLISH_AFTER_HOURS',
    'YOUTUBE_PUBLISH_AT',
    'YOUTUBE_PUBLISH_TIMEZONE',
    'YOUTUBE_MADE_FOR_KIDS',
    'YOUTUBE_SYNTHETIC_MEDIA',
    'YOUTUBE_CATEGORY',
    'YOUTUBE_CAPTIONS',
    'YOUTUBE_PLAYLISTS',
    'YOUTUBE_PLAYLIST',
    'YOUTUBE_UPLOADS_PER_DAY',
    'YOUTUBE_UNITS_PER_DAY',
    'THUMBNAIL_IMPRESSIONS',
    'YOUTUBE_ENDPOINT',
    'TRACING',
  ],
  machine,
);

export const checkQuota = [
  'DYNAMODB_COUNTER_TABLE',
  'DYNAMODB_JOBS_TABLE',
  'MAX_DAILY_COST_USD',
  'CHANNELS',
  'DAILY_QUOTA',
  'QUOTA_TIMEZONE',
  'PUBLISHER',
  'YOUTUBE_CAPTIONS',
  'YOUTUBE_PLAYLISTS',
  'YOUTUBE_UPLOADS_PER_DAY',
  'YOUTUBE_UNITS_PER_DAY',
  'RENDERER_INSTANCE_TYPE',
  'UPLOADER_INSTANCE_TYPE',
  'WORKER_IDLE_MINUTES',
  'RENDER_SHARDS',
  'RENDER_SHARDS_ON',
  'NARRATOR',
  'LLM_REQUESTS_PER_MINUTE',
  'VOICE',
  'VOICE_CONCURRENCY',
  'VOICE_AZURE_REQUESTS_PER_MINUTE',
  'TRACING',
] as const satisfies Names;

export const fetcher = [
  'S3_BUCKET',
  'DYNAMODB_JOBS_TABLE',
  'DYNAMODB_CHAPTERS_TABLE',
  'DYNAMODB_COUNTER_TABLE',
  'CHAPTER_SOURCE',
  'LIBRARY',
  'CHANNELS',
  'CHANNELS_FROM_LIBRARY',
  'READING_DIRECTION',
  'SERIES_ORDER',
  'MANGADEX_TITLES',
  'MANGADEX_RIGHTS',
  'MANGADEX_CONTACT',
  'MANGADEX_LANGUAGES',
  'MANGADEX_CONTENT_RATINGS',
  'MANGADEX_DATA_SAVER',
  'MANGADEX_URL',
  'MANGADEX_REPORT_URL',
  'MANGADEX_ALLOW_LOOPBACK',
  'CHAPTERS_PER_VIDEO',
  'CHAPTER_ATTEMPTS',
  'REVIEW',
  'REVIEW_HOURS',
  'QUOTA_TIMEZONE',
  'TRACING',
] as const satisfies Names;

export const scriptgen = [
  'S3_BUCKET',
  'DYNAMODB_JOBS_TABLE',
  'DYNAMODB_CHAPTERS_TABLE',
  'DYNAMODB_COUNTER_TABLE',
  'PAGE_LANGUAGES',
  'NARRATOR',
  'NARRATION_TONE',
  'NARRATION_HOOK',
  'NARRATION_RECAP',
  'NARRATION_NEXT_CHAPTER',
  'NARRATION_PROOFREADING',
  'SYNTHETIC_NOTICE',
  'VOICE_CAST',
  'VOICE_RATE',
  'CHANNELS',
  // What a file beside the chapters can't make looser is a remark of the verdict.
  'SERIES_ORDER',
  'YOUTUBE_PRIVACY',
  'YOUTUBE_PUBLISH_AT',
  'YOUTUBE_PUBLISH_AFTER_HOURS',
  'YOUTUBE_MADE_FOR_KIDS',
  'LIKENESS_VIDEOS',
  'DOUBT_THRESHOLDS',
  'LLM_SECRET',
  'LLM_SERVICE',
  'LLM_BASE_URL',
  'REGION',
  'LLM_MODEL',
  'LLM_JSON_SCHEMA',
  'LLM_PAGES_AT_ONCE',
  'LLM_REQUESTS_PER_MINUTE',
  'LANES',
  'LLM_MAX_TOKENS',
  'LLM_MAX_COST_USD',
  'LLM_PRICE_PER_MILLION_IN',
  'LLM_PRICE_PER_MILLION_OUT',
  'TRACING',
] as const satisfies Names;

export const ttsgen = [
  'S3_BUCKET',
  'DYNAMODB_JOBS_TABLE',
  'VOICE',
  'VOICE_SECRET',
  'VOICE_MIXING',
  'VOICE_CAST',
  'VOICE_CAST_SPEAKERS',
  'VOICE_SPEAKER',
  'VOICE_RATE',
  'VOICE_PITCH',
  'VOICE_MOODS',
  'VOICE_CONCURRENCY',
  'LANES',
  'VOICE_EDGE_ENDPOINT',
  'VOICE_AZURE_ENDPOINT',
  'VOICE_AZURE_REQUESTS_PER_MINUTE',
  'FFMPEG_PATH',
  'TRACING',
] as const satisfies Names;

export const startRenderer = /* @__PURE__ */ join(
  [
    'RENDERER_AMI_ID',
    'RENDERER_INSTANCE_TYPE',
    'RENDERER_SECURITY_GROUP_ID',
    'RENDERER_SUBNET_ID',
    'RENDERER_IAM_INSTANCE_PROFILE',
    'RENDER_SHARDS',
    'RENDER_SHARDS_ON',
    'LANES',
  ],
  renderer,
);

export const rendererCallback = [
  'DYNAMODB_JOBS_TABLE',
  'DYNAMODB_MACHINES_TABLE',
  'TRACING',
] as const satisfies Names;

export const startUploader = /* @__PURE__ */ join(
  [
    'UPLOADER_AMI_ID',
    'UPLOADER_INSTANCE_TYPE',
    'UPLOADER_SECURITY_GROUP_ID',
    'UPLOADER_SUBNET_ID',
    'UPLOADER_IAM_INSTANCE_PROFILE',
  ],
  uploader,
);

export const uploaderCallback = [
  'DYNAMODB_JOBS_TABLE',
  'DYNAMODB_MACHINES_TABLE',
  'TRACING',
] as const satisfies Names;

export const cleanup = ['S3_BUCKET', 'DYNAMODB_JOBS_TABLE', 'TRACING'] as const satisfies Names;

export const incrementCounter = [
  'DYNAMODB_COUNTER_TABLE',
  'DYNAMODB_JOBS_TABLE',
  'CHANNELS',
  'QUOTA_TIMEZONE',
  'TRACING',
] as const satisfies Names;

export const handleError = [
  'S3_BUCKET',
  'DYNAMODB_JOBS_TABLE',
  'DYNAMODB_CHAPTERS_TABLE',
  'DYNAMODB_COUNTER_TABLE',
  'CHAPTER_RETRY_HOURS',
  'CHAPTER_ATTEMPTS',
  'REVIEW',
  'REVIEW_HOURS',
  'CHANNELS',
  'QUOTA_TIMEZONE',
  'DAILY_QUOTA',
  'PUBLISHER',
  'YOUTUBE_UPLOADS_PER_DAY',
  'YOUTUBE_UNITS_PER_DAY',
  'ERROR_NOTIFICATION_TOPIC_ARN',
  'RUNBOOK_URL',
  'ON_DOUBT',
  'SERIES_ORDER',
  'TRACING',
] as const satisfies Names;
