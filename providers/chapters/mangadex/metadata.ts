import { isSayable } from 'vietnamese-speech';
import type { ChapterMetadata, Credit, ReadingDirection } from '../../../domain/chapter.ts';
import { groupsOf } from './releases.ts';
import type { Manga, Release } from './responses.ts';
import type { MangaDexSettings } from './settings.ts';

/** Returns the Vietnamese title if there is one, then the English one, then the title's original. */
function titleOf({ id, attributes: { title, altTitles } }: Manga): string {
  const vietnamese = title.vi ?? altTitles.find((alternative) => alternative.vi)?.vi;
  return (vietnamese ?? title.en ?? Object.values(title)[0] ?? id).normalize('NFC').trim() || id;
}

/** Returns the first alternative title in Latin letters, a Vietnamese one before others; null without one. */
function localizedTitleOf(manga: Manga): string | null {
  const { title, altTitles } = manga.attributes;
  const all = [title, ...altTitles].flatMap((names) => Object.entries(names));
  const preferred = [...all].sort(([one], [other]) => preference(one) - preference(other));
  return (
    preferred
      .map(([, name]) => name.normalize('NFC').trim())
      .find((name) => isSayable(name) && name !== titleOf(manga)) ?? null
  );
}

/** MangaDex marks a romanised title with the language and `-ro`. */
function preference(language: string): number {
  const place = ['vi', 'en'].indexOf(language);
  if (place >= 0) return place;
  return language.endsWith('-ro') ? 2 : 3;
}

/** Webtoons have the tag Long Strip; other Japanese comics are read from the right. */
function directionOf({ attributes: { tags, originalLanguage } }: Manga): ReadingDirection {
  if (tags.some(({ attributes }) => attributes.name.en === 'Long Strip')) return 'ttb';
  if (originalLanguage === 'ja') return 'rtl';
  return originalLanguage === 'ko' || originalLanguage === 'en' ? 'ltr' : 'unknown';
}

/** MangaDex's acceptable use policy asks to credit the groups and MangaDex itself. */
function creditsOf(manga: Manga, release: Release): Credit[] {
  const named = (role: string, type: string, { relationships }: Pick<Manga, 'relationships'>) =>
    relationships.flatMap((one) =>
      one.type === type && one.attributes?.name ? [{ role, name: one.attributes.name }] : [],
    );
  const groups = groupsOf(release).map(({ id, attributes }) => ({
    role: 'Nhóm dịch',
    name: attributes?.name ?? `https://mangadex.org/group/${id}`,
  }));
  return [
    ...named('Kịch bản', 'author', manga),
    ...named('Tranh', 'artist', manga),
    ...groups,
    { role: 'Đăng tại', name: 'MangaDex' },
  ];
}

/** Returns the id of a title's series. */
export const mangaIdOf = (titleId: string) => `mangadex-${titleId}`;

/** Returns the metadata of a chapter. The operator's statement of rights is its licence. */
export function metadataOf(
  chapterId: string,
  manga: Manga,
  release: Release,
  { rightsStatement }: MangaDexSettings,
): ChapterMetadata {
  const { chapter, title, translatedLanguage } = release.attributes;
  return {
    chapter_id: chapterId,
    manga_id: mangaIdOf(manga.id),
    manga_title: titleOf(manga),
    localized_title: localizedTitleOf(manga),
    number: chapter?.trim() || null,
    title: title?.trim() || null,
    // A description in another language than the video's is not useful.
    summary: manga.attributes.description.vi?.trim() || null,
    language: translatedLanguage,
    reading_direction: directionOf(manga),
    credits: creditsOf(manga, release),
    licence: rightsStatement,
    source: { name: 'mangadex', url: `https://mangadex.org/chapter/${release.id}` },
  };
}
