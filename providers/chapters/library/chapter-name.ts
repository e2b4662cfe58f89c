import { withDigits } from '../../../domain/han-numbers.ts';
import { type ChapterPart, chapterPart } from './chapter-part.ts';
import { withoutNumberWords } from './number-words.ts';
import { copyOfSystem, wordsOfSeries } from './words-of-others.ts';

/** Facts about a chapter from the name of its file or folder; null where the name does not say. */
export interface ChapterName {
  /** Text before the volume and the number, without brackets. */
  series: string | null;
  volume: string | null;
  number: string | null;
  title: string | null;
  /** Name of an annual, a special or another extra, with its own number, which is none of the chapters: `Annual #1`. */
  extra: string | null;
  /** Part of a chapter in several. */
  part: ChapterPart | null;
}

/** `12`, `12.5`, `12b`, `12.b`; the `v2` of `12v2` is a version, and the `2018` of `c12.2018.Digital` a year. */
const amount = String.raw`(\d+(?:[.,](?!(?:19|20)\d\d(?!\d))\d+)?(?:[.,]?(?!v\.?\d)\p{L}(?![\p{L}\d]))?)`;
/** Matches an amount or a range of two: `1-8`, `c1 - c8`, `9 & 10`. A dash between spaces without a second mark begins a title. */
const rangeOf = (mark: string, end = String.raw`(?!\d|\p{L}(?!\d))`) =>
  String.raw`${amount}(?:(?:[-–~](?:(?:${mark})\.?)?|\s?[-–~]\s?(?:${mark})\.?\s?|\s?[&+]\s?(?:(?:${mark})\.?\s?)?)${amount}${end})?`;
const notInWord = String.raw`(?<![\p{L}\p{M}])`;
const joint = String.raw`[\s.:#-]*`;

/** Words before a chapter's number, in the languages of comic libraries. */
const chapterWords =
  'chapters?|chapitres?|chap|chp|ch|c|episodes?|ep|issues?|chương|chuong|hồi|cap[ií]tulos?|cap|kapitel|kap|rozdział|глав[аы]?|บทที่|ตอนที่';
const volumeWords = String.raw`volumes?|vol|(?<!\d)v|tomes?|tomo|band|bd|tập|tap|quyển|quyen|jilid|том[а]?|เล่มที่|เล่ม`;

const pattern = (source: string) => new RegExp(source, 'iu');
const chapterMarks = [
  pattern(`${notInWord}(?:${chapterWords})${joint}${rangeOf(chapterWords)}`),
  pattern(`第?\\s?${rangeOf('第', '')}\\s?[話话回章]`),
  pattern(`제?\\s?${rangeOf('제', '')}\\s?[화회장]`),
  pattern(`${rangeOf('№', '')}\\s?глав[аы]?(?!\\p{L})`),
  pattern(`#\\s?${rangeOf('#')}`),
  pattern(`${notInWord}s\\d{1,2}[\\s.]?ep?${rangeOf('e')}`),
];
/** The dots of `My.Series.001.2019.Digital`, which stand for spaces. */
const dotBesideNumber = /(?<=\p{L})\.(?=\d)|(?<=\d)\.(?=\p{L}{2}|(?:19|20)\d\d(?!\d))/gu;
const volumeMarks = [
  pattern(`${notInWord}(?:${volumeWords})${joint}${rangeOf(volumeWords)}`),
  pattern(`第?\\s?${rangeOf('第', '')}\\s?[巻卷冊册권]`),
  pattern(`卷\\s?${rangeOf('卷')}`),
  // The French T03 and T.3; with one digit alone it could be a name.
  pattern(`${notInWord}t(?:\\.\\s?(?=\\d)|(?=\\d\\d))(\\d{1,3})(?![\\p{L}\\d])`),
];
/** `[v2]` anywhere, and `v2` after a chapter's number: the second version of a scan. */
const version = String.raw`\s?v\d(?![\d.])`;
const versionTag = /\[v\d\]/giu;
/** `S2`, `Season 2`, `ver 3`, `1080p`, `2nd`: numbers with another meaning. */
const otherNumbers = pattern(
  `${notInWord}(?:s|season|mùa|ver(?:sion)?|part|phần)${joint}\\d+(?!\\p{L})|\\d+(?:p|px|st|nd|rd|th)(?![\\p{L}\\d])`,
);

/**
 * Words before the number of an extra, which is none of the chapters: Kavita's special chapters and issues, in more languages. Before a
 * word for chapters too: `Side Story Ch. 2`.
 */
const extraWords =
  'specials?|extras?|bonus|omake|annuals?|gaiden|side[ -]?stor(?:y|ies)|spin[ -]?offs?|interludes?|hors[ -]s[ée]rie|sp[ée]cial|especial|speciale|spesial|ekstra|sonder(?:band|heft|kapitel)|ngoại (?:truyện|chuyện)|phiên ngoại|(?:tập|chương|chap) đặc biệt|đặc biệt|番外[編編篇编]?|特[別别][編篇编]|外[伝传傳]|おまけ|読み?切り?|特典|외전|번외편?|특별편|스페셜|단편|спецвыпуск|спешл|экстра|ตอนพิเศษ';
const wordOfExtra = `(?:${notInWord}|(?<=[\\p{Script=Han}\\p{Script=Hangul}\\p{Script=Hiragana}\\p{Script=Katakana}ー]))(?:${extraWords}|sp|hs|one[ -]?shots?|fcbd)`;
const extra = pattern(`${wordOfExtra}${joint}$`);
/** `SP01`, `番外01`: a number in the same word. */
const extraWithNumber = new RegExp(`${wordOfExtra}(?=\\d)`, 'giu');
/** A year and the word behind it: `2020 Annual`. */
const extraOfYear = pattern(`^[\\s-]*(?:${extraWords})(?![\\p{L}\\p{M}])`);
/** Nothing but the word for an extra, behind a volume: `Volume 1 Extras`. */
const extraOfVolume = pattern(`^[\\s:–—-]*(?:${extraWords})[\\s:–—-]*$`);
const extraFolder = pattern(`^(?:${extraWords})$`);
const prologue = pattern(
  `^(?:prolog(?:ue)?|lời mở đầu|mở đầu|khởi đầu|序章|序幕|プロローグ|프롤로그)(?![\\p{L}\\p{M}])`,
);

/** A name that is a date. */
const date = /^(?:19|20)\d\d([-.])\d\d?\1\d\d?$/;
/** Roman numbers up to 39, in capitals. */
const roman = /^(X{0,3})(IX|IV|V?I{0,3})$/;
const romanUnits = ['', 'I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX'];

const bracketed = /\[[^[\]]*\]|\([^()]*\)|\{[^{}]*\}|【[^【】]*】/gu;
const edges = /^[\s\-–—:._,~#]+|[\s\-–—:._,~#([{]+$/gu;

/** Normalises `0012.5` → `12.5`, `003b` and `3.b` → `3b`, `7.0` → `7`; `1.10` stays different from `1.1`. */
export function plainNumber(number: string): string {
  const [, whole = '', fraction = '', letter = ''] =
    /^0*(\d+)(?:[.,]0+(?!\d)|[.,](\d+))?[.,]?(\p{L}?)$/u.exec(number.trim()) ?? [];
  if (!whole) return number.trim();
  return `${whole}${fraction && `.${fraction}`}${letter.toLowerCase()}`;
}

/** Returns `1–8`; a second number that is not higher is a part of the first: `38-1` → `38.1`. */
function plainRange(first: string, last: string | undefined): string {
  const [from, to] = [plainNumber(first), plainNumber(last ?? '')];
  if (to === '') return from;
  if (Number.parseFloat(to) > Number.parseFloat(from)) return `${from}–${to}`;
  return /^\d+$/.test(from) && /^\d+$/.test(to) ? `${from}.${to}` : from;
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
    return { number: plainRange(first, last), from: match.index, to: match.index + whole.length };
  }
  return undefined;
}

/** A name that begins with a number without zeros and a word: `7 Seeds 003`. */
const beginsWithNumberOfName = /^[1-9]\d*(?:\.\d+)?\s+\p{L}{2}/u;

/**
 * Returns the number of a name without a word for it: the one at the beginning, otherwise the last that is not a year. `00:30` is a
 * time. Numbers are filled up with zeros to sort files, and names of series have none: in `7 Seeds 003` the last is the chapter's.
 */
function bareNumber(text: string): Found | undefined {
  const bare =
    /(?<![\p{L}\d.:])(\d+(?:\.\d+)?(?:[.,]?(?!v\d)[a-z](?![\p{L}\d]))?)(?:[-–~](\d+(?:\.\d+)?[a-z]?))?(?:v\d+)?(?![\p{L}\d]|:\d)/giu;
  const found = [...text.matchAll(bare)].map(({ 0: whole, 1: first = '', 2: last, index }) => ({
    ...{ number: plainRange(first, last), isYear: /^(19|20)\d\d$/.test(first) },
    ...{ from: index, to: index + whole.length },
  }));
  const last = found.at(-1);
  if (last && /^0\d/.test(text.slice(last.from)) && beginsWithNumberOfName.test(text)) return last;
  return (
    found.find(({ from, isYear }) => from === 0 && (!isYear || found.length === 1)) ??
    found.findLast(({ isYear }) => !isYear) ??
    (found.length === 1 ? found[0] : undefined)
  );
}

/** Returns the number just before a volume: `Solanin 028 Vol. 2`. Without zeros it could belong to the series' name. */
function numberBefore(volume: Found, text: string, isSeriesKnown: boolean): Found | undefined {
  const match = /(?<![\p{L}\d.])\d+(?:\.\d+)?(?=[\s,–—-]*$)/u.exec(text.slice(0, volume.from));
  if (!match || !(isSeriesKnown || /^0\d/.test(match[0]))) return undefined;
  return { number: plainNumber(match[0]), from: match.index, to: match.index + match[0].length };
}

/** A title that is nothing but a part: 前編, 상. */
const partAlone = /^[\p{Script=Han}\p{Script=Hangul}]{1,2}$/u;

const trimmed = (text: string) => text.replace(/\s+/g, ' ').replace(edges, '').replace(edges, '').trim();

/**
 * Returns the text after a number: `Chapter 27 - The hill (Digital)` → `The hill`, without the source of the scan. Corner brackets are the
 * quotation marks of Japanese titles: `第3話「波」`.
 */
function titleBehind(text: string, isMarked: boolean): string | null {
  if (!(isMarked ? /^\s*[-–—:「『]|^\s+\p{L}/u : /^\s*[-–—:「『]/).test(text)) return null;
  const tags = /\((?!(?:part|phần|pt)\b)[^()]*\)|\[[^[\]]*\]|\{[^{}]*\}/giu;
  return trimmed(text.replace(tags, ' ')) || null;
}

/** Returns the number behind a series' name that is a Roman one: `Wolf Song IV`. Alone it could be any word. */
function romanNumber(text: string): Found | undefined {
  const rest = text.trim();
  const [, tens = '', units = ''] = roman.exec(rest) ?? [];
  if (tens + units === '') return undefined;
  const from = text.indexOf(rest);
  return { number: `${10 * tens.length + romanUnits.indexOf(units)}`, from, to: from + rest.length };
}

/** Returns whether a volume's name continues with the word for an extra alone. */
const isExtraOf = (volume: Found | undefined, text: string): volume is Found =>
  volume !== undefined && extraOfVolume.test(text.slice(volume.to).replace(bracketed, ' '));

/** Returns where the name of an extra begins whose number this is; undefined if it is another number. */
function extraBefore({ from, to, number }: Found, text: string): number | undefined {
  const before = extra.exec(text.slice(0, from));
  if (before) return before.index;
  return /^(19|20)\d\d$/.test(number) && extraOfYear.test(text.slice(to)) ? from : undefined;
}

/** Normalises digits and spaces; `c2c` (a scan from cover to cover) looks like a number but is not one. */
const readable = (name: string) =>
  withDigits(
    name
      .replace(/(\d*)½/gu, (_, whole: string) => `${whole || 0}.5`)
      .normalize('NFKC')
      .replace(/[_\s]+/gu, ' '),
  )
    .replace(/(?<![\p{L}\d])c2c(?![\p{L}\d])/giu, ' ')
    .replace(versionTag, ' ')
    .replace(extraWithNumber, '$& ')
    .replace(/^.*$/su, withoutNumberWords)
    .trim();

/** Extends a number over the version after it, which is not a volume. */
function withVersion(found: Found | undefined, text: string): Found | undefined {
  const after = found && new RegExp(`^${version}`, 'iu').exec(text.slice(found.to));
  return after ? { ...found, to: found.to + after[0].length } : found;
}

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
  const text = readable(name.normalize('NFC').replace(copyOfSystem, ''));
  const prefix = readable(folder ?? '');
  const isWhole = prefix !== '' && text.toLowerCase().startsWith(prefix.toLowerCase());
  const ownLength = isWhole ? prefix.length : wordsOfSeries(text.replace(bracketed, blank), prefix);
  const startsWithSeries = ownLength > 0;
  // A dot behind the series stands for a space: My.Series.001.
  const rest = startsWithSeries
    ? `${' '.repeat(ownLength)}${text.slice(ownLength).replace(/^\.(?=\d)/u, ' ')}`
    : text;

  const plain = rest.replace(bracketed, blank);
  const marked = withVersion(firstMark(plain, chapterMarks) ?? firstMark(rest, chapterMarks), rest);
  const unread = without(rest, marked);
  const volume = firstMark(without(plain, marked), volumeMarks) ?? firstMark(unread, volumeMarks);
  const bare = (/^\W?\d+(?:\.\d+)?\W?$/u.test(rest.trim()) ? rest : without(without(plain, marked), volume))
    .replace(new RegExp(otherNumbers, 'giu'), blank)
    .replace(dotBesideNumber, ' ');
  const lead = bare.length - bare.trimStart().length;
  const alone =
    marked || volume || date.test(bare.trim())
      ? undefined
      : ((startsWithSeries ? romanNumber(bare.trim()) : undefined) ?? bareNumber(bare.trim()));
  const numbered: Found | undefined =
    marked ?? (alone && { ...alone, from: alone.from + lead, to: alone.to + lead });
  const extraAt = numbered ? extraBefore(numbered, rest) : isExtraOf(volume, rest) ? volume.from : undefined;
  const number =
    extraAt === undefined
      ? (marked ?? (volume && numberBefore(volume, plain, startsWithSeries)) ?? numbered)
      : undefined;

  const first = Math.min(extraAt ?? text.length, number?.from ?? text.length, volume?.from ?? text.length);
  const last = Math.max(number?.to ?? 0, volume?.to ?? 0);
  const part = chapterPart(text);
  // The title of a chapter without a word for its number can only follow it directly where nothing is before it: `003 The hen`.
  const isMarked =
    marked !== undefined || (number !== undefined && !isWhole && first === 0 && folder != null);
  const title = last > 0 && extraAt === undefined ? titleBehind(rest.slice(last), isMarked) : null;
  return {
    series: (startsWithSeries ? prefix : trimmed(text.slice(0, first).replace(bracketed, ' '))) || null,
    volume: volume?.number ?? null,
    number: number?.number ?? null,
    title: part && partAlone.test(title ?? '') ? null : title,
    extra: extraAt === undefined ? null : trimmed(text.slice(extraAt).replace(bracketed, ' ')) || null,
    part,
  };
}

/** Returns whether a folder has extras in it, by its name. */
export const hasExtras = (folder: string): boolean => extraFolder.test(readable(folder));

/** Returns whether a name is that of what comes before the first chapter. */
export const isPrologue = (name: string): boolean =>
  prologue.test(trimmed(readable(name).replace(bracketed, ' ')));

/** Returns whether a name only gives a volume or season, or says that extras are in it, so that it can't be the name of a series. */
export function isPartOfSeries(name: string): boolean {
  const text = readable(name);
  const rest = without(text, firstMark(text, volumeMarks));
  return (
    hasExtras(name) ||
    trimmed(without(rest, firstMark(rest, chapterMarks)).replace(new RegExp(otherNumbers, 'giu'), ' ')) ===
      '' ||
    /^\d+$/.test(text)
  );
}

const season = pattern(`^(?:s|season|mùa)${joint}(\\d+)$`);

/** Returns the name of a folder's volume or season in Vietnamese, `Tập 2` or `Mùa 2`; null if it has another name. */
export function divisionName(folder: string): string | null {
  if (!isPartOfSeries(folder)) return null;
  const { volume } = parseChapterName(folder);
  const [, seasonNumber] = season.exec(readable(folder)) ?? [];
  if (volume !== null) return `Tập ${volume}`;
  return seasonNumber === undefined ? null : `Mùa ${plainNumber(seasonNumber)}`;
}

/**
 * Returns a name without its groups and versions, `Ch 5 [Mèo] v2` → `ch 5`: chapters of a series with one such name are the same
 * chapter. Round brackets stay, since they also name parts and extras.
 */
export const nameOfWork = (stem: string): string => {
  const original = stem.normalize('NFC').replace(copyOfSystem, '');
  const part = chapterPart(readable(original));
  const name = original
    .replaceAll(/\[[^[\]]*\]|【[^【】]*】/gu, ' ')
    .replace(new RegExp(String.raw`(?<=\d)${version}`, 'giu'), '')
    .replaceAll(/[\s_.,–—-]+/gu, ' ')
    .trim()
    .toLowerCase();
  return part ? `${name} ${part.title}` : name;
};
