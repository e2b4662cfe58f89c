import { z } from 'zod';
import { ConfigurationError } from '../domain/errors.ts';
import { VideoFormat } from '../domain/shots.ts';
import { moodManners, moodsPattern, voiceNames } from '../domain/voice-settings.ts';
import type { Config } from './settings.ts';

/** What a deployment makes and knows the name, id or ARN of. The local cloud makes the same. */
export type ResourceName =
  | 'artifactsBucket'
  | 'jobsTable'
  | 'countersTable'
  | 'chaptersTable'
  | 'errorTopic'
  | 'youtubeSecret'
  | 'llmSecret'
  | 'voiceSecret'
  | 'workerSubnets'
  | 'rendererImage'
  | 'rendererSecurityGroup'
  | 'rendererInstanceProfile'
  | 'uploaderImage'
  | 'uploaderSecurityGroup'
  | 'uploaderInstanceProfile'
  /** Of the worker that a function starts: the S3 URL of its code and the SHA-256, and its log group. */
  | 'workerBundle'
  | 'workerBundleHash'
  | 'workerLogs';

type Source = { resource: ResourceName } | { setting: keyof Config };

interface Variable<T> {
  source: Source;
  schema: z.ZodType<T>;
}

const text = z.string().min(1);
/** One value or several, separated by commas and tried in turn. */
const alternatives = text.transform((value) => value.split(',').map((one) => one.trim()));
/** Several values separated by commas; none when it is empty, which a deployment leaves out. */
const list = z
  .string()
  .default('')
  .transform((value) => value.split(',').filter((one) => one !== ''));
const contentRatings = z.array(z.enum(['safe', 'suggestive', 'erotica', 'pornographic']));
const anyText = z.string().default('');
/** The first one is the video that is published. */
const videoFormats = z
  .enum([...VideoFormat.options, 'both'])
  .transform((chosen) => VideoFormat.options.filter((format) => chosen === 'both' || chosen === format));
const amount = z.coerce.number().min(0);
const optionalText = z
  .string()
  .optional()
  .transform((value) => value || undefined);

function resource<T>(name: ResourceName, schema: z.ZodType<T>): Variable<T> {
  return { source: { resource: name }, schema };
}
function setting<T>(name: keyof Config, schema: z.ZodType<T>): Variable<T> {
  return { source: { setting: name }, schema };
}

/** Every environment variable of the functions and workers: who fills it, and what it must look like. */
export const variables = {
  S3_BUCKET: resource('artifactsBucket', text),
  DYNAMODB_JOBS_TABLE: resource('jobsTable', text),
  DYNAMODB_COUNTER_TABLE: resource('countersTable', text),
  DYNAMODB_CHAPTERS_TABLE: resource('chaptersTable', text),
  ERROR_NOTIFICATION_TOPIC_ARN: resource('errorTopic', optionalText),

  RUNBOOK_URL: setting('runbookUrl', text),
  ON_DOUBT: setting('onDoubt', z.enum(['hold', 'publish', 'fail'])),
  DAILY_QUOTA: setting('dailyQuota', z.coerce.number().int().min(0).default(10)),
  QUOTA_TIMEZONE: setting('quotaTimezone', text),
  CHAPTER_SOURCE: setting('chapterSource', z.enum(['library', 'mangadex'])),
  LIBRARY: setting('library', text),
  MANGADEX_TITLES: setting('mangadexTitles', list),
  MANGADEX_RIGHTS: setting('mangadexRights', anyText),
  MANGADEX_CONTACT: setting('mangadexContact', anyText),
  MANGADEX_LANGUAGES: setting('mangadexLanguages', list),
  MANGADEX_CONTENT_RATINGS: setting('mangadexContentRatings', list.pipe(contentRatings)),
  MANGADEX_DATA_SAVER: setting('mangadexDataSaver', z.stringbool()),
  MANGADEX_URL: setting('mangadexUrl', z.url()),
  MANGADEX_REPORT_URL: setting('mangadexReportUrl', z.url()),
  MANGADEX_ALLOW_LOOPBACK: setting('mangadexAllowLoopback', z.stringbool()),
  CHAPTERS_PER_VIDEO: setting('chaptersPerVideo', z.coerce.number().int().min(1)),
  CHAPTER_ATTEMPTS: setting('chapterAttempts', z.coerce.number().int().min(1)),
  CHAPTER_RETRY_HOURS: setting('chapterRetryHours', z.coerce.number().min(0)),
  PAGE_LANGUAGES: setting('pageLanguages', list.pipe(z.array(z.enum(['vi', 'en', 'ja'])).min(1))),
  NARRATOR: setting('narrator', z.enum(['ocr', 'llm'])),
  LLM_SECRET: resource('llmSecret', text),
  LLM_SERVICE: setting('llmService', z.enum(['deepinfra', 'openai', 'gemini', 'compatible', 'bedrock'])),
  LLM_BASE_URL: setting('llmBaseUrl', optionalText),
  /** Bedrock's. */
  LLM_REGION: setting('region', text),
  LLM_MODEL: setting('llmModel', anyText),
  LLM_JSON_SCHEMA: setting('llmJsonSchema', z.stringbool()),
  LLM_PAGES_AT_ONCE: setting('llmPagesAtOnce', z.coerce.number().int().min(1).max(16)),
  LLM_REQUESTS_PER_MINUTE: setting('llmRequestsPerMinute', amount),
  LLM_MAX_TOKENS: setting('llmMaxTokens', amount.int()),
  LLM_MAX_COST_USD: setting('llmMaxCostUsd', amount),
  LLM_PRICE_PER_MILLION_IN: setting('llmPricePerMillionIn', amount),
  LLM_PRICE_PER_MILLION_OUT: setting('llmPricePerMillionOut', amount),
  VOICE: setting('voice', list.pipe(z.array(z.enum(voiceNames)).min(1))),
  VOICE_SECRET: resource('voiceSecret', text),
  VOICE_MIXING: setting('voiceMixing', z.stringbool()),
  VOICE_SPEAKER: setting('voiceSpeaker', text),
  VOICE_RATE: setting('voiceRate', z.coerce.number()),
  VOICE_PITCH: setting('voicePitch', z.coerce.number()),
  VOICE_MOODS: setting('voiceMoods', z.string().regex(moodsPattern).default('').transform(moodManners)),
  VOICE_CONCURRENCY: setting('voiceConcurrency', z.coerce.number().int().min(1)),
  VOICE_EDGE_ENDPOINT: setting('voiceEdgeEndpoint', optionalText),
  VOICE_AZURE_ENDPOINT: setting('voiceAzureEndpoint', optionalText),
  PUBLISHER: setting('publisher', z.enum(['folder', 'youtube'])),
  YOUTUBE_SECRET: resource('youtubeSecret', text),
  YOUTUBE_PRIVACY: setting('youtubePrivacy', z.enum(['private', 'unlisted', 'public'])),
  YOUTUBE_PUBLISH_AFTER_HOURS: setting('youtubePublishAfterHours', z.coerce.number().min(0)),
  YOUTUBE_MADE_FOR_KIDS: setting('youtubeMadeForKids', z.stringbool()),
  YOUTUBE_SYNTHETIC_MEDIA: setting('youtubeSyntheticMedia', z.stringbool()),
  YOUTUBE_CATEGORY: setting('youtubeCategory', text),
  YOUTUBE_CAPTIONS: setting('youtubeCaptions', z.stringbool()),
  YOUTUBE_PLAYLISTS: setting('youtubePlaylists', z.stringbool()),
  YOUTUBE_UPLOADS_PER_DAY: setting('youtubeUploadsPerDay', z.coerce.number().int().min(0)),
  YOUTUBE_UNITS_PER_DAY: setting('youtubeUnitsPerDay', z.coerce.number().int().min(0)),
  YOUTUBE_ENDPOINT: setting('youtubeEndpoint', optionalText),
  PUBLISHER_FOLDER: setting('publisherFolder', text),
  VIDEO_FORMAT: setting('videoFormat', videoFormats),
  BURN_SUBTITLES: setting('burnSubtitles', z.stringbool()),
  MUSIC: setting('music', text),
  MUSIC_CREDIT: setting('musicCredit', optionalText),
  FFMPEG_PATH: setting('ffmpegPath', optionalText),

  RENDERER_AMI_ID: resource('rendererImage', text),
  RENDERER_INSTANCE_TYPE: setting('rendererInstanceType', alternatives),
  RENDERER_SECURITY_GROUP_ID: resource('rendererSecurityGroup', text),
  RENDERER_SUBNET_ID: resource('workerSubnets', alternatives),
  RENDERER_IAM_INSTANCE_PROFILE: resource('rendererInstanceProfile', text),
  UPLOADER_AMI_ID: resource('uploaderImage', text),
  UPLOADER_INSTANCE_TYPE: setting('uploaderInstanceType', alternatives),
  UPLOADER_SECURITY_GROUP_ID: resource('uploaderSecurityGroup', text),
  UPLOADER_SUBNET_ID: resource('workerSubnets', alternatives),
  UPLOADER_IAM_INSTANCE_PROFILE: resource('uploaderInstanceProfile', text),

  // For machines that boot from an image; the local cloud runs a worker from its sources.
  WORKER_BUNDLE: resource('workerBundle', optionalText),
  WORKER_BUNDLE_SHA256: resource('workerBundleHash', optionalText),
  WORKER_LOG_GROUP: resource('workerLogs', optionalText),
} satisfies Record<string, Variable<unknown>>;

export type VariableName = keyof typeof variables;
export type Environment<Name extends VariableName> = {
  [N in Name]: z.output<(typeof variables)[N]['schema']>;
};

/** Parses the named variables; a missing one names itself and who should have set it. */
export function readVariables<Name extends VariableName>(
  owner: string,
  names: readonly Name[],
  raw: Readonly<Record<string, string | undefined>>,
): Environment<Name> {
  const values = names.map((name) => {
    const { schema, source } = variables[name];
    const parsed = schema.safeParse(raw[name]);
    if (parsed.success) return [name, parsed.data];
    const origin =
      'resource' in source
        ? `the deployment fills it from the resource ${source.resource}`
        : `the setting ${source.setting} of config/settings.ts fills it`;
    const state =
      raw[name] === undefined ? 'is missing' : `can't be used (${parsed.error.issues[0]?.message})`;
    throw new ConfigurationError(`${owner}: environment variable ${name} ${state}; ${origin}`);
  });
  return Object.fromEntries(values) as Environment<Name>;
}

/** The raw environment that a deployment, real or local, gives to whoever needs the named variables. */
export function fillVariables(
  names: readonly VariableName[],
  config: Config,
  resources: Readonly<Record<ResourceName, string>>,
): Record<string, string> {
  return Object.fromEntries(
    names.map((name) => {
      const { source } = variables[name];
      return [name, 'resource' in source ? resources[source.resource] : String(config[source.setting])];
    }),
  );
}
