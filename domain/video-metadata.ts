import type { Chapter } from './chapter.ts';
import { chapterNumber, ownTitle } from './chapter-names.ts';
import { VideoMetadata } from './publication.ts';
import type { Presentation } from './script.ts';
import { sentencesOf } from './sentences.ts';
import type { Short } from './short.ts';
import { syntheticNotice } from './synthetic-notice.ts';

/** YouTube's limits: title in characters, description in bytes, all tags together in characters. */
const maxTitle = 100;
const maxDescription = 5000;
const maxTags = 500;
const maxSeries = 150;
/** A number has a few digits; a source's text for it is limited, and a shorter name would not be recognisable. */
const longestNumber = 40;
const longestVolumes = 200;
const shortestName = 12;
const separator = ' – ';

/** YouTube rejects angle brackets, and line breaks in a title. */
const withoutBrackets = (text: string) => text.replace(/[<>]/g, '');
const oneLine = (text: string) => withoutBrackets(text).replace(/\s+/g, ' ').trim();

const ellipsis = '…';

/** Cuts a text to a length by some measure; never splits what a reader sees as one character. */
function cut(text: string, most: number, measure: (part: string) => number): string {
  if (measure(text) <= most) return text;
  let left = most - measure(ellipsis);
  if (left <= 0) return '';
  let kept = '';
  for (const { segment } of new Intl.Segmenter('vi', { granularity: 'grapheme' }).segment(text)) {
    left -= measure(segment);
    if (left < 0) break;
    kept += segment;
  }
  return `${kept.trimEnd()}${ellipsis}`;
}

/** YouTube does not define a character: in UTF-16 units a text is never shorter than YouTube's count. */
const cutToLength = (text: string, length: number) => cut(text, length, (part) => part.length);
const bytesOf = (text: string) => Buffer.byteLength(text);
const cutToBytes = (text: string, bytes: number) => cut(text, bytes, bytesOf);

/** A tag with a space counts with the quotes that YouTube adds, and commas separate tags (videos resource). */
const tagLength = (tag: string) => tag.length + (tag.includes(' ') ? 2 : 0);

/** Returns as many of the tags, each once, as YouTube accepts; the first have priority. */
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

/** Sources write "Licence: CC BY 4.0" as often as "CC BY 4.0"; the word is removed, since it is added once. */
export const licenceOf = (licence: string) =>
  licence.trim().replace(/^(giấy phép|licen[cs]e)\s*[:：–-]\s*/iu, '');

/** Returns the addresses of the chapters of a video, each once. */
const sourcesOf = (chapter: Chapter): string[] => [
  ...new Set((chapter.parts ?? [chapter]).flatMap(({ source }) => source.url ?? [])),
];

/** Returns `Tập 3` for the volumes of a video; ComicInfo of Western comics has the year of the series there. */
function volumesOf(chapter: Chapter): string {
  const volumes = new Set((chapter.parts ?? [chapter]).flatMap(({ volume }) => volume ?? []));
  const named = [...volumes].filter((volume) => !/^(?:19|20)\d\d$/.test(volume)).map(oneLine);
  return named.length === 0 ? '' : `Tập: ${cutToLength(named.join(', '), longestVolumes)}`;
}

const joined = (parts: readonly (string | null | undefined)[], by: string) => parts.filter(Boolean).join(by);

/** Returns as many lines as fit, and one that counts what is left out. */
function linesWithin(lines: readonly string[], bytes: number, others: (named: number) => string): string {
  if (bytesOf(lines.join('\n')) <= bytes) return lines.join('\n');
  let left = bytes - bytesOf(others(0));
  const cut = lines.findIndex((line) => {
    left -= bytesOf(line) + 1;
    return left < 0;
  });
  return joined([...lines.slice(0, cut), others(cut)], '\n');
}

/** Returns credits such as `Tranh: An`, and how many people are not named. */
function creditsWithin(credits: Chapter['credits'], bytes: number): string {
  const lines = credits.map(({ role, name }) => `${role}: ${name}`);
  return linesWithin(lines, bytes, (named) => {
    const known = new Set(credits.slice(0, named).map(({ name }) => name));
    const others = new Set(credits.map(({ name }) => name).filter((name) => !known.has(name)));
    return others.size === 0 ? '' : `Và ${others.size} người khác`;
  });
}

/** Shares of the imprint's room that credits and sources have at least, however long the licence is. */
const leastShare = { credits: 0.5, sources: 0.2 };

/**
 * Returns volume, credits, licence, sources and notice in at most so many bytes. If there is too little room, for which the chapter was
 * held, the last credits and sources are counted instead of named, and a licence that takes more than all the room is cut.
 */
function imprint(
  chapter: Chapter,
  { music, narrator }: Pick<VideoFacts, 'music' | 'narrator'>,
  most: number,
): string {
  const made = (...[credits, licence, sources]: readonly string[]) => {
    const ours = [music && `Nhạc: ${oneLine(music)}`, syntheticNotice(narrator)];
    return withoutBrackets(joined([volumesOf(chapter), credits, licence, sources, ...ours], '\n\n'));
  };
  const licence = chapter.licence ? `Giấy phép: ${licenceOf(chapter.licence)}` : '';
  const urls = sourcesOf(chapter);
  const room = most - bytesOf(made()) - 6;
  const leftBy = (...others: readonly string[]) => others.reduce((left, text) => left - bytesOf(text), room);
  const sources = linesWithin(
    urls.map((url) => `Nguồn: ${url}`),
    Math.max(leastShare.sources * room, leftBy(licence)),
    (named) => `Và ${urls.length - named} nguồn khác`,
  );
  const credits = creditsWithin(
    chapter.credits,
    Math.max(leastShare.credits * room, leftBy(licence, sources)),
  );
  return made(credits, cutToBytes(licence, leftBy(credits, sources)), sources);
}

/**
 * Bytes of a description that the steps after the script can need: the credit of the music, and in a Short the title and address of the
 * whole video.
 */
const neededLater = 1300;

/** Returns how many bytes of a description the imprint takes, and for how many there is room. */
export const imprintSpace = (chapter: Chapter, narrator: string): { bytes: number; room: number } => ({
  bytes: bytesOf(imprint(chapter, { narrator }, Number.POSITIVE_INFINITY)),
  room: maxDescription - neededLater,
});

/** Facts about a video in addition to the source's metadata of its chapter. */
export interface VideoFacts {
  /** The list of the video's chapters, if it has one. */
  contents?: string | undefined;
  /** From a narrator that knows the story; without it the source's own words are used. */
  presentation?: Presentation | undefined;
  /** Author and licence of the music. */
  music?: string | undefined;
  /** The narrator; without it only the voice is known to be a machine's. */
  narrator?: string | undefined;
}

function numberOf(chapter: Chapter): string {
  const number = chapterNumber(chapter);
  return number === null ? '' : `Chương ${cutToLength(oneLine(number), longestNumber)}`;
}

/**
 * Returns `Ngõ Mây – Chương 1: Kẻ trộm ô` in as many characters as YouTube accepts. The number distinguishes the videos
 * of a series, so it is always kept in full: the chapter's name is cut first, then the series'.
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

/** Returns the text of a video's thumbnail: the headline, otherwise the title or number, in any script. */
export function coverText(chapter: Chapter, presentation?: Presentation): string {
  const place = joined([chapter.manga_title, numberOf(chapter)], separator);
  return oneLine(presentation?.headline || ownTitle(chapter) || place);
}

/** Returns title, description and tags of a Short: its last words as a title, and the address of the whole video first. */
export function shortMetadata(
  chapter: Chapter,
  { last_words }: Pick<Short, 'last_words'>,
  { url, ...facts }: { url: string } & VideoFacts,
): VideoMetadata {
  const place = joined([oneLine(chapter.manga_title), numberOf(chapter)], separator);
  const { title: whole, tags } = videoMetadata(chapter, { presentation: facts.presentation });
  const words = oneLine(sentencesOf(last_words).at(-1) ?? last_words);
  // The place is short with few exceptions; then the words stand alone.
  const room = maxTitle - place.length - 3;
  const title =
    room >= shortestName ? joined([cutToLength(words, room), place], ' | ') : cutToLength(words, maxTitle);
  const head = withoutBrackets(`Xem đầy đủ: ${whole}\n${url}`);
  const fixed = imprint(chapter, facts, maxDescription - bytesOf(head) - 2);
  return VideoMetadata.parse({
    title: title || whole,
    description: joined([head, fixed], '\n\n'),
    tags,
    language: 'vi',
  });
}

/** Returns title, description and tags of a chapter's video: the story's or the source's, always with the imprint. */
export function videoMetadata(
  chapter: Chapter,
  { contents, presentation, ...facts }: VideoFacts = {},
): VideoMetadata {
  const own = ownTitle(chapter);
  const title = titleOf(chapter, presentation?.headline || own) || 'Truyện tranh';
  const series = oneLine(chapter.manga_title);
  // The headline replaced the chapter's own title.
  const ownHeading =
    presentation && joined([chapter.manga_title, joined([numberOf(chapter), own], ': ')], separator);
  const about = presentation
    ? joined([presentation.description, own && ownHeading], '\n\n')
    : (chapter.summary ?? '');
  const obligatory = imprint(chapter, facts, maxDescription);
  const listed = withoutBrackets(joined([contents, obligatory], '\n\n'));
  const fixed = bytesOf(listed) <= maxDescription ? listed : obligatory;
  const room = maxDescription - bytesOf(fixed) - 2;
  return VideoMetadata.parse({
    title,
    description: joined([cutToBytes(withoutBrackets(about).trim(), room), fixed], '\n\n'),
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
