import { z } from 'zod';
import { ConfigurationError } from '../../../domain/errors.ts';

const id = z.guid('must be an id of mangadex.org');
const ids = z.array(id).default([]);
/** An upload on MangaDex, or the chapter as this project calls it: the title and the number. */
const chapterIds = z.array(z.union([id, z.string().regex(/^mangadex\/[^/]+\/.+$/)])).default([]);

/** Takedowns: ids of titles, groups and chapters that are never listed or read again. */
export const Blocklist = z.strictObject({ titles: ids, groups: ids, chapters: chapterIds });
export type Blocklist = z.infer<typeof Blocklist>;

/** Parses a blocklist that an operator keeps; nothing at all blocks nothing, but a broken one must never do so. */
export function parseBlocklist(value: unknown): Blocklist {
  const parsed = Blocklist.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ConfigurationError(
    `The blocklist can't be used: ${issue?.path.join('.')}: ${issue?.message}; it holds titles, groups and chapters, each a list of ids`,
  );
}

export const mergeBlocklists = (a: Blocklist, b: Blocklist): Blocklist => ({
  titles: [...a.titles, ...b.titles],
  groups: [...a.groups, ...b.groups],
  chapters: [...a.chapters, ...b.chapters],
});
