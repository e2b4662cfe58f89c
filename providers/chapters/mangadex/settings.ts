import * as z from 'zod';
import { mangadexNeeds } from '../../../config/settings/mangadex.ts';
import { ConfigurationError } from '../../../domain/errors.ts';
import { Blocklist } from '../blocklist.ts';

/** The words that MangaDex uses. */
export const ContentRating = z.enum(['safe', 'suggestive', 'erotica', 'pornographic']);

/** The operator's settings for MangaDex. Without titles, rights and a contact it stays off. */
export const MangaDexSettings = z.strictObject({
  ...mangadexNeeds,
  /** Languages of the pages, preferred first; for a chapter in two languages the first is used. */
  languages: z
    .array(z.string().regex(/^[a-z]{2,3}(-[a-z0-9]{2,4})?$/, 'must be codes of MangaDex like vi, en, pt-br'))
    .min(1)
    .default(['vi']),
  /** Smaller, recompressed pages; their hash is not checked. */
  dataSaver: z.boolean().default(false),
  contentRatings: z.array(ContentRating).min(1).default(['safe', 'suggestive']),
  /** Takedowns; further ones can be stored elsewhere, where they need no deployment. */
  blocked: Blocklist.prefault({}),
  apiUrl: z.url().default('https://api.mangadex.org'),
  reportUrl: z.url().default('https://api.mangadex.network/report'),
  /** For a peer on this machine instead of MangaDex; see the web client. */
  allowLoopback: z.boolean().default(false),
});
export type MangaDexSettings = z.infer<typeof MangaDexSettings>;
export type MangaDexInput = z.input<typeof MangaDexSettings>;

const settingNames: Record<string, string> = {
  titles: 'mangadexTitles',
  rightsStatement: 'mangadexRights',
  contact: 'mangadexContact',
  languages: 'mangadexLanguages',
  contentRatings: 'mangadexContentRatings',
  blocked: 'mangadexBlocked',
};

/** Parses the settings. Throws a ConfigurationError that lists everything that is missing. */
export function parseMangaDexSettings(input: unknown): MangaDexSettings {
  const parsed = MangaDexSettings.safeParse(input ?? {});
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ path: [field = '', ...rest], message }) =>
      `${[settingNames[String(field)] ?? String(field), ...rest].join('.')}: ${message}`,
  );
  throw new ConfigurationError(
    `MangaDex is off until titles, rights and a contact are set in the configuration: ${problems.join('; ')}`,
  );
}
