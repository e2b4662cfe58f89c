import { z } from 'zod';
import { ConfigurationError } from '../domain/errors.ts';
import { moodsPattern, speakerPattern, voiceNames, voicePattern } from '../domain/voice-settings.ts';

/** One value, or several separated by commas that are tried in turn. */
const alternatives = z.string().regex(/^[^,\s]+(,[^,\s]+)*$/, 'comma-separated, without spaces');

/** Several values separated by commas, or none. */
const list = z.string().regex(/^([^,\s]+(,[^,\s]+)*)?$/, 'comma-separated, without spaces');

const musicPattern = /^(off|calm|[\p{L}\p{N}][\p{L}\p{N} ._()-]*\.(mp3|m4a|ogg|opus|flac|wav))$/u;

const yesOrNo = z.union([z.boolean(), z.stringbool()]);

export const voices = z.string().regex(voicePattern, `must be ${voiceNames.join(', ')}, or several by comma`);

/** YouTube's own limit is 100 uploads a day for one project. */
const maxDailyUploads = 100;

/** The regions of AWS's standard partition that this project was planned for. */
export const regions = [
  ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'sa-east-1'],
  ...['eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-central-1', 'eu-north-1', 'eu-south-1'],
  ...['ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3', 'ap-southeast-5', 'ap-southeast-7'],
  ...['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-east-1', 'ap-south-1'],
] as const;

/** A zone of the tz database that this Node knows. */
export const timezone = z
  .string()
  .refine(isTimezone, 'must be a zone like Asia/Ho_Chi_Minh or America/Los_Angeles');

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** What a pipeline may be told, in the cloud or on one machine, with its default. */
export const Settings = z.strictObject({
  /** AWS region, or the region that the local cloud plays. */
  region: z.enum(regions).default('us-east-1'),
  /** Videos a day at most. */
  dailyQuota: z.coerce
    .number()
    .int()
    .min(0)
    .max(maxDailyUploads, `YouTube allows ${maxDailyUploads} uploads a day; set 0 to ${maxDailyUploads}`)
    .default(10),
  /** Whose midnight ends the quota day; YouTube counts in Los Angeles. */
  quotaTimezone: timezone.default('America/Los_Angeles'),

  /** Where chapters come from. */
  chapterSource: z.enum(['library', 'mangadex']).default('library'),
  /** `bucket` for the `library/` prefix of the artifacts bucket, else a folder or one CBZ file on disk. */
  library: z.string().default('bucket'),
  /** MangaDex is off until the operator lists titles and states the rights to them; the statement is published. */
  mangadexTitles: list.default(''),
  mangadexRights: z.string().default(''),
  /** An e-mail or web address at which MangaDex can reach the operator. */
  mangadexContact: z.string().default(''),
  mangadexLanguages: list.default('vi'),
  mangadexContentRatings: list.default('safe,suggestive'),
  mangadexDataSaver: yesOrNo.default(false),
  /** Another peer than MangaDex itself, for tests; loopback is refused unless it is allowed here. */
  mangadexUrl: z.url().default('https://api.mangadex.org'),
  mangadexReportUrl: z.url().default('https://api.mangadex.network/report'),
  mangadexAllowLoopback: yesOrNo.default(false),
  /** Chapters of a series that follow each other go into one video, up to so many. */
  chaptersPerVideo: z.coerce.number().int().min(1).max(50).default(1),
  /** How often a failed chapter is tried in all, and how long after a failure it may be tried again. */
  chapterAttempts: z.coerce.number().int().min(1).default(3),
  chapterRetryHours: z.coerce.number().min(0).default(20),

  /**
   * Languages of the lettering that pages are read in, the first where a chapter does not say; the trained data of
   * each goes along with scriptgen (vi 1.4 MB, en 3 MB, ja 2 MB). Japanese is read in columns; it helps the `llm`
   * narrator, while `ocr`, which retells what it reads in Vietnamese, passes over it.
   */
  pageLanguages: z
    .string()
    .regex(/^(vi|en|ja)(,(vi|en|ja))*$/, 'must be vi, en, ja, or several by comma')
    .default('vi,en'),

  /** Who writes the narration. */
  narrator: z.enum(['ocr', 'llm']).default('ocr'),
  /** For `llm`: who serves the model. `compatible` is whatever else speaks OpenAI's protocol, at `llmBaseUrl`. */
  llmService: z.enum(['deepinfra', 'openai', 'gemini', 'compatible', 'bedrock']).default('deepinfra'),
  llmBaseUrl: z.union([z.literal(''), z.url({ protocol: /^https?$/ })]).default(''),
  /** The model's name at that service; it has to see pictures. */
  llmModel: z.string().regex(/^\S*$/, 'must be one word').default(''),
  /** Off for endpoints that know no JSON schema. */
  llmJsonSchema: yesOrNo.default(true),
  llmPagesAtOnce: z.coerce.number().int().min(1).max(16).default(4),
  /** 0 leaves the pace to the endpoint. */
  llmRequestsPerMinute: z.coerce.number().min(0).default(0),
  /** What one job may spend, 0 for no bound; the pages beyond it are told from their lettering. */
  llmMaxTokens: z.coerce.number().int().min(0).default(1_500_000),
  llmMaxCostUsd: z.coerce.number().min(0).default(0),
  /** The service's own prices, US dollars a million tokens; the cost on the job's record comes from these. */
  llmPricePerMillionIn: z.coerce.number().min(0).default(0),
  llmPricePerMillionOut: z.coerce.number().min(0).default(0),
  /** Who speaks it: `espeak`, `edge` or `azure`, or several by comma, tried in turn when one can't be had. */
  voice: voices.default('espeak'),
  /** One video in several voices, rather than anew in the next one when a voice is lost in the middle. */
  voiceMixing: yesOrNo.default(false),
  /** Of `edge` and `azure`: who speaks, percent faster or slower, hertz higher or lower. */
  voiceSpeaker: z
    .string()
    .regex(speakerPattern, 'must be like vi-VN-HoaiMyNeural or vi-VN-NamMinhNeural')
    .default('vi-VN-HoaiMyNeural'),
  voiceRate: z.coerce.number().int().min(-50).max(100).default(0),
  voicePitch: z.coerce.number().int().min(-50).max(50).default(0),
  /** What is different for a mood: `mood=speaker/rate/pitch` by comma, as in `sad=/-10/-4,angry=/8/3`. */
  voiceMoods: z
    .string()
    .regex(moodsPattern, 'must be mood=speaker/rate/pitch by comma, like sad=/-10/-4')
    .default(''),
  /** Utterances at once with `edge`; many are punished with refusals for minutes. */
  voiceConcurrency: z.coerce.number().int().min(1).max(8).default(4),
  /** Other peers than Microsoft's own, for tests and private endpoints. */
  voiceEdgeEndpoint: z.string().default(''),
  voiceAzureEndpoint: z.string().default(''),
  /** Who publishes the video. */
  publisher: z.enum(['folder', 'youtube']).default('folder'),
  /** What YouTube is told of each video; `youtubePublishAfterHours` makes a private one public later. */
  youtubePrivacy: z.enum(['private', 'unlisted', 'public']).default('private'),
  youtubePublishAfterHours: z.coerce.number().min(0).default(0),
  youtubeMadeForKids: yesOrNo.default(false),
  youtubeSyntheticMedia: yesOrNo.default(true),
  youtubeCategory: z
    .string()
    .regex(/^\d{1,2}$/, 'must be the number of a category, like 24')
    .default('24'),
  /** Captions cost 400 units a video: of the usual 10,000 a day they leave room for 18 videos. */
  youtubeCaptions: yesOrNo.default(true),
  youtubePlaylists: yesOrNo.default(true),
  /** The allowances of the Google project; see docs/deploy.md for raising them. */
  youtubeUploadsPerDay: z.coerce.number().int().min(0).default(100),
  youtubeUnitsPerDay: z.coerce.number().int().min(0).default(10_000),
  /** Another peer than YouTube itself, for tests. */
  youtubeEndpoint: z.string().default(''),
  /** Where the folder publisher puts finished videos. */
  publisherFolder: z.string().default('out'),

  /** The shape of the video; `both` makes the upright one besides, which the folder publisher keeps. */
  videoFormat: z.enum(['16:9', '9:16', 'both']).default('16:9'),
  /** Subtitles drawn into the pictures as well, for players that show none; files of them are made in any case. */
  burnSubtitles: yesOrNo.default(false),
  /** Music under the voice: `off`, `calm` for the project's own loop, or a file below `library/music/` of the bucket. */
  music: z
    .string()
    .regex(musicPattern, 'must be off, calm, or the name of an .mp3, .m4a, .ogg, .opus, .flac or .wav file')
    .default('off'),
  /** Who made that file and under which licence it may be used; stands in the description of each video. */
  musicCredit: z.string().max(300).default(''),

  /**
   * What becomes of a chapter that could not be read or told well enough: `hold` it for a person before it costs a voice
   * or a machine, `publish` it all the same and say so, or `fail` it. docs/doubt.md has what is measured.
   */
  onDoubt: z.enum(['hold', 'publish', 'fail']).default('hold'),

  /** `manual`: a person approves each video before it is published, within so many hours. */
  review: z.enum(['off', 'manual']).default('off'),
  reviewHours: z.coerce
    .number()
    .int()
    .min(1)
    .max(24 * 14)
    .default(48),

  /** Where the links of notifications lead: this file on the website of your repository. */
  runbookUrl: z.string().min(1).default('docs/runbook.md'),

  /** Instance types, cheapest first; on a lack of capacity the next is tried. */
  rendererInstanceType: alternatives.default('c5.2xlarge'),
  uploaderInstanceType: alternatives.default('t3.medium'),
  /** An FFmpeg of your own; else one on PATH, else the one that comes with the project. */
  ffmpegPath: z.string().default(''),
});

/** What one setting asks of another. */
export function isComplete<T extends Pick<z.infer<typeof Settings>, LlmChoice | MusicChoice>>(
  { narrator, llmService, llmModel, llmBaseUrl, music, musicCredit }: T,
  { addIssue }: z.RefinementCtx,
): void {
  const missing = (name: LlmChoice | MusicChoice, message: string) =>
    addIssue({ code: 'custom', path: [name], message });
  if (music.includes('.') && !musicCredit)
    missing('musicCredit', `music ${music} needs to say who made it and under which licence`);
  if (narrator !== 'llm') return;
  if (!llmModel)
    missing('llmModel', `narrator llm needs the name of a model of ${llmService} that sees pictures`);
  if (llmService === 'compatible' && !llmBaseUrl)
    missing('llmBaseUrl', 'llmService compatible needs the address, like http://host:11434/v1');
}
type MusicChoice = 'music' | 'musicCredit';
type LlmChoice = 'narrator' | 'llmService' | 'llmModel' | 'llmBaseUrl';

export const Config = Settings.superRefine(isComplete);
export type Config = z.infer<typeof Config>;

/** Fills in the defaults; an unknown or impossible setting is named with what would be allowed. */
export function parseConfig(settings: z.input<typeof Config>): Config {
  return parseSettings(Config, settings, 'The configuration');
}

/** Parses settings; `origin` names where they can be mended. */
export function parseSettings<T>(schema: z.ZodType<T>, settings: unknown, origin: string): T {
  const parsed = schema.safeParse(settings);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => {
    if (issue.code === 'unrecognized_keys')
      return `${issue.keys.join(', ')}: is no setting; config/settings.ts lists them`;
    const name = issue.path.join('.');
    if (isMissing(issue, settings)) return `${name}: is missing${howToGet[name] ?? ''}`;
    return `${name || 'config'}: ${issue.message}`;
  });
  throw new ConfigurationError(`${origin} can't be used: ${problems.join('; ')}`);
}

const howToGet: Record<string, string> = {
  workerAmi: '; make ami builds the image and prints its id',
  state: '; name the bucket of the Terraform state, as docs/deploy.md shows',
};

function isMissing(issue: z.core.$ZodIssue, settings: unknown): boolean {
  let value: unknown = settings;
  for (const key of issue.path) value = (value as Record<PropertyKey, unknown> | undefined)?.[key];
  return issue.code === 'invalid_type' && value === undefined && issue.path.length > 0;
}
