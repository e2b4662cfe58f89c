import { z } from 'zod';
import { ConfigurationError } from './domain/errors.ts';

/** One value, or several separated by commas that are tried in turn. */
const alternatives = z.string().regex(/^[^,\s]+(,[^,\s]+)*$/, 'comma-separated, without spaces');

/** YouTube's own limit is 100 uploads a day for one project. */
const maxDailyUploads = 100;

/** Everything an operator may set, with its default. */
export const Config = z.strictObject({
  /** AWS region, or the region that the local cloud plays. */
  region: z.string().default('us-east-1'),
  /** Videos a day at most. */
  dailyQuota: z.coerce.number().int().min(0).max(maxDailyUploads).default(10),
  /** Whose midnight ends the quota day; YouTube counts in Los Angeles. */
  quotaTimezone: z.string().default('America/Los_Angeles'),

  /** Where chapters come from. */
  chapterSource: z.enum(['library']).default('library'),
  /** `bucket` for the `library/` prefix of the artifacts bucket, else a folder or one CBZ file on disk. */
  library: z.string().default('bucket'),
  /** How often a failed chapter is tried in all, and how long after a failure it may be tried again. */
  chapterAttempts: z.coerce.number().int().min(1).default(3),
  chapterRetryHours: z.coerce.number().min(0).default(20),

  /** Who writes the narration. */
  narrator: z.enum(['ocr']).default('ocr'),
  /** Who speaks it. */
  voice: z.enum(['espeak']).default('espeak'),
  /** Who publishes the video. */
  publisher: z.enum(['folder']).default('folder'),
  /** Where the folder publisher puts finished videos. */
  publisherFolder: z.string().default('out'),

  /** Instance types, cheapest first; on a lack of capacity the next is tried. */
  rendererInstanceType: alternatives.default('c5.2xlarge'),
  uploaderInstanceType: alternatives.default('t3.medium'),
  /** An FFmpeg of your own; else one on PATH, else the one that comes with the project. */
  ffmpegPath: z.string().default(''),
});
export type Config = z.infer<typeof Config>;

/** Fills in the defaults; an unknown or impossible setting is named with what would be allowed. */
export function parseConfig(settings: z.input<typeof Config>): Config {
  const parsed = Config.safeParse(settings);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    (issue) => `${issue.path.join('.') || 'config'}: ${issue.message}`,
  );
  throw new ConfigurationError(`The configuration can't be used: ${problems.join('; ')}`);
}
