import * as z from 'zod';
import { ConfigurationError } from '../../../domain/errors.ts';
import { Blocklist } from '../blocklist.ts';

/** The words that MangaDex uses. */
export const ContentRating = z.enum(['safe', 'suggestive', 'erotica', 'pornographic']);

const id = z.guid('must be the id of mangadex.org, like 0aea9f43-d4a9-4bf7-bebc-550a512f9b95');

const listTitles = 'list the ids of the titles to publish';
const stateRights = 'state your rights to these titles: from whom, for what, since when';
const giveContact = 'give an e-mail or a web address at which MangaDex can reach you';

/** The operator's settings for MangaDex. Without titles, rights and a contact it stays off. */
export const MangaDexSettings = z.strictObject({
  /** Ids of the titles to publish, in this order; no other title is read. */
  titles: z.array(id, listTitles).min(1, listTitles),
  /** The operator's statement of the rights to these titles; the description of each video shows it. */
  rightsStatement: z.string(stateRights).trim().min(20, stateRights),
  /** E-mail or web address in the User-Agent; MangaDex requires one that is not spoofed. */
  contact: z
    .string(giveContact)
    .trim()
    .regex(/^[\x21-\x7e]+[@./][\x21-\x7e]+$/, giveContact),
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
