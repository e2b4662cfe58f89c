import { byNaturalOrder } from '../../../domain/natural-order.ts';
import type { Release } from './responses.ts';
import type { MangaDexSettings } from './settings.ts';

export const groupsOf = ({ relationships }: Release) =>
  relationships.filter(({ type }) => type === 'scanlation_group');

/**
 * A chapter is a number of a title, not an upload: groups upload the same chapter, upload it again and translate it later,
 * and it must not be published twice. An upload without a number is identified by its own id.
 */
export function chapterIdOf(titleId: string, { id, attributes: { chapter } }: Release): string {
  const number = chapter?.trim();
  if (!number) return `mangadex/${titleId}/id-${id}`;
  return `mangadex/${titleId}/${number.replace(/^0+(?=\d)/, '')}`;
}

export const titleIdOf = (chapterId: string): string | undefined =>
  /^mangadex\/([^/]+)\/./.exec(chapterId)?.[1];

/** Returns whether a release is hosted by MangaDex, published, and not blocked. */
function isReadable(release: Release, { blocked }: MangaDexSettings, now: number): boolean {
  const { externalUrl, isUnavailable, pages, publishAt } = release.attributes;
  return (
    !externalUrl &&
    !isUnavailable &&
    pages > 0 &&
    Date.parse(publishAt) <= now &&
    !groupsOf(release).some(({ id }) => blocked.groups.includes(id))
  );
}

/** Releases without a number, such as extras, come last. */
function numberOf({ attributes }: Release): number {
  const number = Number.parseFloat(attributes.chapter ?? '');
  return Number.isNaN(number) ? Number.MAX_VALUE : number;
}

export const hasNumber = (release: Release): boolean => numberOf(release) !== Number.MAX_VALUE;

/**
 * Returns the chapters of a title in order, each with the release to read: among several the one in the most preferred
 * language, then the earliest.
 */
export function chaptersOf(
  titleId: string,
  feed: readonly Release[],
  settings: MangaDexSettings,
  now: number,
): Map<string, Release> {
  const rank = ({ attributes }: Release) => settings.languages.indexOf(attributes.translatedLanguage);
  const best = new Map<string, Release>();
  // A takedown of one upload applies to the chapter, also in the uploads of others.
  const blocked = new Set(
    feed.filter(({ id }) => settings.blocked.chapters.includes(id)).map((one) => chapterIdOf(titleId, one)),
  );
  for (const id of settings.blocked.chapters) blocked.add(id);
  const readable = feed.filter((release) => rank(release) >= 0 && isReadable(release, settings, now));
  const preferred = readable.sort(
    (a, b) =>
      rank(a) - rank(b) ||
      Date.parse(a.attributes.publishAt) - Date.parse(b.attributes.publishAt) ||
      (a.id < b.id ? -1 : 1),
  );
  for (const release of preferred) {
    const id = chapterIdOf(titleId, release);
    if (!best.has(id) && !blocked.has(id)) best.set(id, release);
  }
  return new Map(
    [...best].sort(([a, one], [b, two]) => numberOf(one) - numberOf(two) || byNaturalOrder(a, b)),
  );
}
