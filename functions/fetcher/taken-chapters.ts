import type { TakenChapter } from '../../aws/chapter-ledger.ts';
import type { Log } from '../../domain/log.ts';
import type { ChapterListing } from '../../providers/chapters/chapter-source.ts';

/** The chapters that a job can't claim now, as its source lists them. */
export function takenChapters(taken: ReadonlyMap<string, TakenChapter>, log: Log) {
  const byFile = new Map([...taken.values()].map((one) => [one.file, one]));

  /** Returns the chapter's entry. The file of a known chapter gets another id when a file of its name is added. */
  const entryOf = ({ chapter_id, file }: ChapterListing): TakenChapter | undefined =>
    taken.get(chapter_id) ?? (file === undefined ? undefined : byFile.get(file));

  return {
    entryOf,

    /** Returns whether the chapter is taken; one whose name another file had before, and which therefore is never published, is reported. */
    isTaken(listing: ChapterListing): boolean {
      const { chapter_id, file } = listing;
      const before = taken.get(chapter_id)?.file;
      if (file !== undefined && before !== undefined && before !== file)
        log({ level: 'WARN', event: 'chapter_has_a_name_that_is_taken', chapter_id, file, taken_by: before });
      return entryOf(listing) !== undefined;
    },

    /** Returns the version of the chapter that is made instead, or was. */
    madeFrom({ chapter_id, versions = [] }: ChapterListing, claimed: readonly string[]): string | undefined {
      if (taken.has(chapter_id)) return undefined;
      return versions.find((id) => claimed.includes(id) || (taken.get(id)?.status ?? 'failed') !== 'failed');
    },

    /** Returns whether the chapter is to be published, but not now, and not from another version of it. */
    isUnfinished(listing: ChapterListing): boolean {
      const status = entryOf(listing)?.status;
      if (status === undefined || status === 'published' || status === 'blocked') return false;
      const isOpen = (id: string) => status === 'failed' && !taken.has(id);
      return !(listing.versions ?? []).some((id) => isOpen(id) || taken.get(id)?.status === 'published');
    },

    /** Returns whether the chapter is out, or can be at any time, since a person can approve it. */
    isAhead(listing: ChapterListing): boolean {
      const entry = entryOf(listing);
      return entry?.isOut === true || entry?.status === 'held';
    },
  };
}
