import { type Lettering, speechText, writtenText } from 'vietnamese-speech';
import { usualRate } from '../../domain/speech.ts';

/** Maximum length of a segment spoken in one breath, in characters, for the synthesizer and the subtitle. */
export const longestSegment = 220;

/** Makes one line of plain text: NFC, no control or invisible characters, single spaces. */
export function plain(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029\ufffd]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}

/**
 * Converts lettering to sentences of the script, as in a subtitle. `speechText` speaks them like the lettering.
 * @returns an empty string when no letter or digit is left
 */
export function speakable(lettering: string, around?: Lettering): string {
  const text = writtenText(lettering, around);
  if (text === '') return '';
  return capitalizeSentences(/[.!?…]["”’)\]]?$/u.test(text) ? text : `${text}.`);
}

/** Capitalises words that begin a sentence; an address, `v.v.` and `x2` are not such words. */
function capitalizeSentences(text: string): string {
  return text.replace(
    /(^|(?<!v\.v)[.!?]["”’)\]]?\s+)(["“‘([]?)(\p{Ll})(?![\p{L}\p{M}]*(?:\d|[.@/:]\p{L}|\/))/gu,
    (_, before: string, quote: string, letter: string) => before + quote + letter.toUpperCase(),
  );
}

/** Returns how long a voice takes for a text, in seconds, if it is `rate` percent faster than usual. Numbers are longer when they are spoken. */
export const secondsToSay = (text: string, rate = 0): number =>
  speechText(text).spoken.length / (usualRate * (1 + rate / 100));

/** Splits a long text at sentence ends, otherwise at commas or spaces, into parts of at most `longest` characters. */
export function breaths(text: string, longest = longestSegment): string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > longest) {
    const window = rest.slice(0, longest + 1);
    const at =
      lastMatch(window, /[.!?…]["”’)]?\s/gu) || lastMatch(window, /[,;:]\s/gu) || lastMatch(window, /\s/gu);
    const end = at || wholeCharacters(rest, longest);
    parts.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  if (rest) parts.push(rest);
  return parts;
}

/** Returns the start of the text after the last match; 0 if the last two thirds have no match. */
function lastMatch(text: string, pattern: RegExp): number {
  let end = 0;
  for (const match of text.matchAll(pattern)) end = match.index + match[0].length;
  return end > text.length / 3 ? end : 0;
}

/** Moves a position so that it does not split a surrogate pair. */
const wholeCharacters = (text: string, at: number) =>
  /[\ud800-\udbff]/.test(text[at - 1] ?? '') ? at - 1 : at;
