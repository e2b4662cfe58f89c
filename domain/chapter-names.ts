import { isSayable } from 'vietnamese-speech';
import type { ChapterMetadata } from './chapter.ts';

type Named = Pick<ChapterMetadata, 'manga_title' | 'number' | 'title' | 'localized_title'>;

/** Words before a chapter's number in file names and titles. Hồi and tập are other kinds of divisions. */
const chapterWord = 'chương|chapter|chap|ch|episode|ep|no|#';
const numbered = new RegExp(
  String.raw`^(?:(?:vol(?:ume)?|quyển)\.?\s*[\d.]+[\s,:–—-]*)?(?:${chapterWord})\.?\s*(\d+(?:[.,]\d+)?)(?![\p{L}\d])[\s.:–—|-]*`,
  'iu',
);
const bareNumber = /^(\d+(?:[.,]\d+)?)(?:\s*[.:–—|-]\s+|$)/u;

const withoutZeros = (number: string) => number.replace(/(?<![\d.,])0+(?=\d)/gu, '');
const sameNumber = (one: string, other: string) =>
  withoutZeros(one).replace(',', '.') === withoutZeros(other).replace(',', '.');
const folded = (text: string) => text.normalize('NFC').toLowerCase();

/** Returns the chapter's number as it follows the word Chương: without that word and without leading zeros. */
export function chapterNumber({ number }: Pick<Named, 'number'>): string | null {
  const text = (number ?? '').normalize('NFC').replace(/\s+/gu, ' ').trim();
  const bare = text.replace(new RegExp(String.raw`^(?:${chapterWord})\.?\s*(?=\d)`, 'iu'), '');
  return withoutZeros(bare) || null;
}

/** Returns the chapter's title without series and number, which many sources repeat; null if nothing is left. */
export function ownTitle(chapter: Named): string | null {
  const number = chapterNumber(chapter);
  const series = chapter.manga_title.trim();
  let title = (chapter.title ?? '').normalize('NFC').replace(/\s+/gu, ' ').trim();
  if (series !== '' && folded(title).startsWith(folded(series))) {
    const rest = title.slice(series.length);
    if (/^\s*[:–—|,-]\s*\S/u.test(rest) || rest === '' || numbered.test(rest.trim()))
      title = rest.replace(/^[\s:–—|,-]+/u, '');
  }
  if (number === null) return title || null;
  const found = numbered.exec(title) ?? bareNumber.exec(title);
  return (found && sameNumber(found[1] ?? '', number) ? title.slice(found[0].length) : title) || null;
}

const wordsIn = (text: string) => folded(text).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

/** Returns whether a text has words of the names and numbers of series and chapters only, which the welcome says as well. */
export function repeatsTitle(text: string, video: Named & { parts?: readonly Named[] | undefined }): boolean {
  const names = [video, ...(video.parts ?? [])].flatMap((named) => [
    ...[named.manga_title, named.localized_title, named.title],
    ...[named.number, chapterNumber(named)],
  ]);
  const known = new Set(['chương', 'tập', ...names.flatMap((name) => wordsIn(name ?? ''))]);
  const words = wordsIn(text);
  return words.length > 0 && words.every((word) => known.has(word));
}

/**
 * Returns a name of the series that a Vietnamese voice can say: its own, localized or romanised one; null without one.
 */
export const spokenSeries = ({ manga_title, localized_title }: Named): string | null =>
  [manga_title, localized_title ?? ''].find((name) => isSayable(name)) ?? null;
