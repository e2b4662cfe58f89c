import * as z from 'zod';
import { ConfigurationError } from '../../domain/errors.ts';

const id = z.guid('must be an id of mangadex.org');
const ids = z.array(id).default([]);
/** An upload on MangaDex, or a chapter as this project identifies it: the title and the number. */
const chapterIds = z.array(z.union([id, z.string().regex(/^mangadex\/[^/]+\/.+$/)])).default([]);

/** A chapter of the library by its path without the extension, or a folder for all chapters in it. */
const paths = z
  .array(z.string().regex(/^[^/].*[^/]$|^[^/]$/, 'must be a path inside the library'))
  .default([]);

/** Takedowns, never listed or read again: MangaDex titles, groups and chapters, and library paths. */
export const Blocklist = z.strictObject({ titles: ids, groups: ids, chapters: chapterIds, library: paths });
export type Blocklist = z.infer<typeof Blocklist>;

/** Parses an operator's blocklist. A missing list blocks nothing; a broken one throws. */
export function parseBlocklist(value: unknown): Blocklist {
  const parsed = Blocklist.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ConfigurationError(
    `The blocklist can't be used: ${issue?.path.join('.')}: ${issue?.message}; it must have titles, groups and chapters, each a list of ids, and library, a list of paths`,
  );
}

export const mergeBlocklists = (a: Blocklist, b: Blocklist): Blocklist => ({
  titles: [...a.titles, ...b.titles],
  groups: [...a.groups, ...b.groups],
  chapters: [...a.chapters, ...b.chapters],
  library: [...a.library, ...b.library],
});

/** Normalises a path for comparison: a disk can compose the same letters differently. */
const comparable = (path: string) => path.normalize('NFC');

/**
 * Returns whether a chapter of the library is blocked, alone or with its folder. A path blocks everything of that name: an
 * archive in any format, and a folder next to it.
 */
export function isBlockedInLibrary({ library }: Blocklist, chapterId: string): boolean {
  const id = comparable(chapterId);
  const bare = id.replace(/ \(folder\)$|\.(cbz|zip|cbr|rar|cb7|7z|cbt|tar)$/i, '');
  return library.map(comparable).some((path) => id === path || bare === path || id.startsWith(`${path}/`));
}
