import { withDigits } from '../../../domain/han-numbers.ts';

/** Facts about a chapter from the name of its file or folder; null where the name does not say. */
export interface ChapterName {
  /** Text before the volume and the number, without brackets. */
  series: string | null;
  volume: string | null;
  number: string | null;
  title: string | null;
}

const amount = String.raw`(\d+(?:[.,]\d+)?(?:\p{L}(?![\p{L}\d]))?)`;
const range = String.raw`${amount}(?:\s?[-–~]\s?(?:ch?\.?\s?)?(\d+(?:[.,]\d+)?)(?![\p{L}\d]))?`;
const notInWord = String.raw`(?<![\p{L}\p{M}])`;
const joint = String.raw`[\s.:#-]*`;

/** Words before a chapter's number, in the languages of comic libraries. */
const chapterWords =
  'chapters?|chapitres?|chap|chp|ch|c|episodes?|ep|issues?|chương|chuong|hồi|cap[ií]tulos?|cap|kapitel|kap|rozdział|глав[аы]?|บทที่|ตอนที่';
const volumeWords = 'volumes?|vol|v|tomes?|tomo|band|bd|tập|tap|quyển|quyen|том[а]?|เล่มที่|เล่ม';

const pattern = (source: string) => new RegExp(source, 'iu');
const chapterMarks = [
  pattern(`${notInWord}(?:${chapterWords})${joint}${range}`),
  pattern(`第?\\s?${range}\\s?[話话回章]`),
  pattern(`제?\\s?${range}\\s?[화회장]`),
  pattern(`#\\s?${range}`),
];
const volumeMarks = [
  pattern(`${notInWord}(?:${volumeWords})${joint}${amount}`),
  pattern(`第?\\s?${amount}\\s?[巻卷冊册권]`),
];
/** `S2`, `Season 2`, `ver 3`, `1080p`, `2nd`: numbers with another meaning. */
const otherNumbers = pattern(
  `${notInWord}(?:s|season|mùa|ver(?:sion)?|part|phần)${joint}\\d+(?!\\p{L})|\\d+(?:p|px|st|nd|rd|th)(?![\\p{L}\\d])`,
);

const bracketed = /\[[^[\]]*\]|\([^()]*\)|\{[^{}]*\}|【[^【】]*】/gu;
const edges = /^[\s\-–—:._,~#]+|[\s\-–—:._,~#([{]+$/gu;

/** Normalises `0012.5` → `12.5`, `003b` → `3b`, `7.0` → `7`; `1.10` stays different from `1.1`. */
export function plainNumber(number: string): string {
  const [, whole = '', fraction = '', letter = ''] =
    /^0*(\d+)(?:[.,]0+(?!\d)|[.,](\d+))?(\p{L}?)$/u.exec(number.trim()) ?? [];
  if (!whole) return number.trim();
  return `${whole}${fraction && `.${fraction}`}${letter.toLowerCase()}`;
}

interface Found {
  number: string;
  from: number;
  to: number;
}

function firstMark(text: string, marks: readonly RegExp[]): Found | undefined {
  for (const mark of marks) {
    const match = mark.exec(text);
    if (!match) continue;
    const [whole, first = '', last] = match;
    const number = last ? `${plainNumber(first)}–${plainNumber(last)}` : plainNumber(first);
    return { number, from: match.index, to: match.index + whole.length };
  }
  return undefined;
}

/**
 * Returns the number of a name without a word for it: the one at the beginning, otherwise the last that is not a year.
 */
function bareNumber(text: string): Found | undefined {
  const found = [
    ...text.matchAll(/(?<![\p{L}\d.])(\d+(?:\.\d+)?(?:[a-z](?![\p{L}\d]))?)(?![\p{L}\d])/giu),
  ].map(({ 0: number, index }) => ({ number, from: index, to: index + number.length }));
  const isYear = ({ number }: Found) => /^(19|20)\d\d$/.test(number);
  const one =
    found.find(({ from }) => from === 0) ??
    found.findLast((candidate) => !isYear(candidate)) ??
    (found.length === 1 ? found[0] : undefined);
  return one && { ...one, number: plainNumber(one.number) };
}

const trimmed = (text: string) => text.replace(/\s+/g, ' ').replace(edges, '').replace(edges, '').trim();

/** Returns the text after a number: `Chapter 27 - The hill (Digital)` → `The hill`, without the source of the scan. */
function titleBehind(text: string, isMarked: boolean): string | null {
  if (!(isMarked ? /^\s*[-–—:]|^\s+\p{L}/u : /^\s*[-–—:]/).test(text)) return null;
  const tags = /\((?!(?:part|phần|pt)\b)[^()]*\)|\[[^[\]]*\]|\{[^{}]*\}/giu;
  return trimmed(text.replace(tags, ' ')) || null;
}

/** Normalises digits and spaces; `c2c` (a scan from cover to cover) looks like a number but is not one. */
const readable = (name: string) =>
  withDigits(name.normalize('NFKC').replace(/[_\s]+/gu, ' '))
    .replace(/(?<![\p{L}\d])c2c(?![\p{L}\d])/giu, ' ')
    .trim();

const blank = (text: string) => ' '.repeat(text.length);

/** Blanks out a match, so that its number is not found again and all positions stay. */
const without = (text: string, found: Found | undefined) =>
  found ? text.slice(0, found.from) + ' '.repeat(found.to - found.from) + text.slice(found.to) : text;

/**
 * Parses a name in the usual forms of filed comics, without its extension: `One Piece v01 c001 (2003)`, `Ch.0012.5`,
 * `[0027]_Chapter_27_-_The_hill_(Part_1)`, `第12話`, `Tập 3 Chương 21`.
 * @param folder name of the series' folder; at the beginning of the name it is the series, including its digits
 */
export function parseChapterName(name: string, folder?: string | null): ChapterName {
  const text = readable(name);
  const prefix = readable(folder ?? '');
  const startsWithSeries = prefix !== '' && text.toLowerCase().startsWith(prefix.toLowerCase());
  const rest = startsWithSeries ? `${' '.repeat(prefix.length)}${text.slice(prefix.length)}` : text;

  const plain = rest.replace(bracketed, blank);
  const marked = firstMark(plain, chapterMarks) ?? firstMark(rest, chapterMarks);
  const unread = without(rest, marked);
  const volume = firstMark(without(plain, marked), volumeMarks) ?? firstMark(unread, volumeMarks);
  const bare = (
    /^\W?\d+(?:\.\d+)?\W?$/u.test(rest.trim()) ? rest : without(without(plain, marked), volume)
  ).replace(new RegExp(otherNumbers, 'giu'), blank);
  const lead = bare.length - bare.trimStart().length;
  const unmarked = marked || volume ? undefined : bareNumber(bare.trim());
  const number = marked ?? (unmarked && { ...unmarked, from: unmarked.from + lead, to: unmarked.to + lead });

  const first = Math.min(number?.from ?? text.length, volume?.from ?? text.length);
  const last = Math.max(number?.to ?? 0, volume?.to ?? 0);
  return {
    series: (startsWithSeries ? prefix : trimmed(text.slice(0, first).replace(bracketed, ' '))) || null,
    volume: volume?.number ?? null,
    number: number?.number ?? null,
    title: number && last > 0 ? titleBehind(rest.slice(last), marked !== undefined) : null,
  };
}

/** Returns whether a name only gives a volume or season, so that it can't be the name of a series. */
export function isPartOfSeries(name: string): boolean {
  const text = readable(name);
  const rest = without(text, firstMark(text, volumeMarks));
  return (
    trimmed(without(rest, firstMark(rest, chapterMarks)).replace(new RegExp(otherNumbers, 'giu'), ' ')) ===
      '' || /^\d+$/.test(text)
  );
}
