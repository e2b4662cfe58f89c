import type { Chapter } from './chapter.ts';
import { chapterNumber, ownTitle } from './chapter-names.ts';
import { VideoMetadata } from './publication.ts';
import type { Presentation } from './script.ts';

/** YouTube's limits: title in characters, description in bytes, all tags together in characters. */
const maxTitle = 100;
const maxDescription = 5000;
const maxTags = 500;
const maxSeries = 150;
/** A number is a few digits; what a source writes for one is bounded, and a name cut shorter than this says nothing. */
const longestNumber = 40;
const shortestName = 12;
const separator = ' – ';

/** YouTube refuses angle brackets and turns line breaks of a title into errors. */
const withoutBrackets = (text: string) => text.replace(/[<>]/g, '');
const oneLine = (text: string) => withoutBrackets(text).replace(/\s+/g, ' ').trim();

const ellipsis = '…';
const characters = new Intl.Segmenter('vi', { granularity: 'grapheme' });

/** A text that is at most so long by some measure; what a reader sees as one character is never cut in two. */
function cut(text: string, most: number, measure: (part: string) => number): string {
  if (measure(text) <= most) return text;
  let left = most - measure(ellipsis);
  if (left <= 0) return '';
  let kept = '';
  for (const { segment } of characters.segment(text)) {
    left -= measure(segment);
    if (left < 0) break;
    kept += segment;
  }
  return `${kept.trimEnd()}${ellipsis}`;
}

/** YouTube does not say what it counts as a character: in UTF-16 a text is never shorter than it thinks. */
const cutToLength = (text: string, length: number) => cut(text, length, (part) => part.length);
const cutToBytes = (text: string, bytes: number) => cut(text, bytes, Buffer.byteLength);

/** A tag with a space counts with the quotes that YouTube puts around it, and commas stand between (videos resource). */
const tagLength = (tag: string) => tag.length + (tag.includes(' ') ? 2 : 0);

/** As many of the tags, each once, as YouTube takes; the first are the dearest. */
export function fitTags(tags: readonly string[]): string[] {
  const kept = new Map<string, string>();
  let length = 0;
  for (const tag of tags.map((raw) => oneLine(raw.replaceAll(',', ' ')))) {
    const key = tag.toLowerCase();
    const added = tagLength(tag) + (kept.size > 0 ? 1 : 0);
    if (!tag || kept.has(key) || length + added > maxTags) continue;
    kept.set(key, tag);
    length += added;
  }
  return [...kept.values()];
}

/** Sources write "Licence: CC BY 4.0" as often as "CC BY 4.0"; the word is said once. */
export const licenceOf = (licence: string) =>
  licence.trim().replace(/^(giấy phép|licen[cs]e)\s*[:：–-]\s*/iu, '');

function sourcesOf(chapter: Chapter): string {
  const urls = new Set((chapter.parts ?? [chapter]).flatMap(({ source }) => source.url ?? []));
  return [...urls].map((url) => `Nguồn: ${url}`).join('\n');
}

/** Who made it, who may use it how, where it is from: never cut for the sake of the summary. */
function imprint(chapter: Chapter, music: string | undefined): string[] {
  return [
    chapter.credits.map(({ role, name }) => `${role}: ${name}`).join('\n'),
    chapter.licence ? `Giấy phép: ${licenceOf(chapter.licence)}` : '',
    sourcesOf(chapter),
    music ? `Nhạc: ${oneLine(music)}` : '',
    'Giọng đọc được tạo bằng máy.',
  ].filter(Boolean);
}

/** What is known of a video besides what the source says of its chapter. */
export interface VideoFacts {
  /** The list of the video's chapters, where it has one. */
  contents?: string | undefined;
  /** From a narrator that knows the story; without it the source's own words will do. */
  presentation?: Presentation | undefined;
  /** Whose music is heard, and under which licence. */
  music?: string | undefined;
}

function numberOf(chapter: Chapter): string {
  const number = chapterNumber(chapter);
  return number === null ? '' : `Chương ${cutToLength(oneLine(number), longestNumber)}`;
}
const joined = (parts: readonly (string | null | undefined)[], by: string) => parts.filter(Boolean).join(by);

/**
 * `Ngõ Mây – Chương 1: Kẻ trộm ô` in as many characters as YouTube takes. The number tells the videos of a series
 * apart, so it is there in full whatever is cut: the chapter's own name first, then the series'.
 */
function titleOf(chapter: Chapter, own: string | null | undefined): string {
  const series = oneLine(chapter.manga_title);
  const number = numberOf(chapter);
  const name = oneLine(own ?? '');
  if (!number) return cutToLength(joined([series, name], ' – '), maxTitle);
  const room = maxTitle - number.length - (series ? separator.length : 0);
  const place = joined([cutToLength(series, room), number], separator);
  const left = maxTitle - place.length - 2;
  return name.length <= left || left >= shortestName ? joined([place, cutToLength(name, left)], ': ') : place;
}

/** What stands on a video's thumbnail: what makes one curious, or else what it is, in whatever letters that is. */
export function coverText(chapter: Chapter, presentation?: Presentation): string {
  const place = joined([chapter.manga_title, numberOf(chapter)], separator);
  return oneLine(presentation?.headline || ownTitle(chapter) || place);
}

/** Title, description and tags of a chapter's video: the story's, else the source's, always with the imprint. */
export function videoMetadata(
  chapter: Chapter,
  { contents, presentation, music }: VideoFacts = {},
): VideoMetadata {
  const own = ownTitle(chapter);
  const title = titleOf(chapter, presentation?.headline || own) || 'Truyện tranh';
  const series = oneLine(chapter.manga_title);
  // The chapter's own title gave way to the headline.
  const ownHeading =
    presentation && joined([chapter.manga_title, joined([numberOf(chapter), own], ': ')], separator);
  const about = presentation
    ? joined([presentation.description, own && ownHeading], '\n\n')
    : (chapter.summary ?? '');
  const fixed = withoutBrackets(joined([contents, ...imprint(chapter, music)], '\n\n'));
  const room = maxDescription - Buffer.byteLength(fixed) - 2;
  return VideoMetadata.parse({
    title,
    description: cutToBytes(
      joined([cutToBytes(withoutBrackets(about).trim(), room), fixed], '\n\n'),
      maxDescription,
    ),
    tags: fitTags([
      chapter.manga_title,
      ...(presentation?.tags ?? []),
      'truyện tranh',
      'đọc truyện',
      'manga',
      'tiếng Việt',
      ...chapter.credits.map(({ name }) => name),
    ]),
    language: 'vi',
    ...(series && { series: cutToLength(series, maxSeries) }),
  });
}
