import { ChapterUnreadable } from '../../../domain/errors.ts';
import { type Blocklist, isBlockedInLibrary } from '../blocklist.ts';
import type { MangaDexApi } from './api.ts';
import { chapterIdOf, groupsOf } from './releases.ts';

export interface Takedown {
  /** Returns why a chapter is affected, in a few words; undefined if it is not. Takes the ids of the chapter ledger. */
  reasonFor(chapterId: string): string | undefined;
  /** Entries of the blocklist that MangaDex no longer has, so their title and number are unknown. */
  unknown: string[];
}

/**
 * Finds the chapters that a blocklist affects, including published ones. A chapter of a blocked group could have been read
 * from another group's upload; the video's description shows which.
 */
export async function takedownOf(
  blocklist: Blocklist,
  listedTitles: readonly string[],
  api: Pick<MangaDexApi, 'chapter' | 'feed'>,
): Promise<Takedown> {
  const { titles, groups, chapters } = blocklist;
  const reasons = new Map<string, string>();
  const unknown: string[] = [];
  for (const id of chapters) {
    if (id.startsWith('mangadex/')) {
      reasons.set(id, 'the chapter is blocked');
      continue;
    }
    try {
      const release = await api.chapter(id);
      const title = release.relationships.find(({ type }) => type === 'manga');
      if (title) reasons.set(chapterIdOf(title.id, release), `its upload ${id} is blocked`);
      else unknown.push(id);
    } catch (error) {
      if (!(error instanceof ChapterUnreadable)) throw error;
      unknown.push(id);
    }
  }
  for (const title of groups.length > 0 ? listedTitles : []) {
    for (const release of await api.feed(title)) {
      const group = groupsOf(release).find(({ id }) => groups.includes(id));
      const id = chapterIdOf(title, release);
      if (group && !reasons.has(id))
        reasons.set(id, `the group ${group.attributes?.name ?? group.id} is blocked`);
    }
  }
  return {
    reasonFor(chapterId) {
      if (titles.some((title) => chapterId.startsWith(`mangadex/${title}/`))) return 'the title is blocked';
      if (isBlockedInLibrary(blocklist, chapterId)) return 'its path in the library is blocked';
      return reasons.get(chapterId);
    },
    unknown,
  };
}
