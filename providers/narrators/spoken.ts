/** Longest segment that is said in one breath, in characters; a synthesizer and a subtitle both like it short. */
export const LONGEST = 220;

/** Makes one line of plain text: NFC, no control or invisible characters, single spaces. */
export function plain(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029\ufffd]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}

/**
 * Makes lettering speakable: capitals brought to sentence case (voices spell them), ellipses and shouted marks made
 * single, stray marks removed, a full stop where no mark ends it.
 * @returns an empty string when no letter or digit is left
 */
export function speakable(lettering: string): string {
  const text = lowerShouting(plain(lettering))
    .replace(/[^\p{L}\p{M}\p{N}\s.,;:!?…'’"“”()%&/+-]/gu, ' ')
    .replace(/&/gu, ' và ')
    .replace(/\.{2,}/gu, '…')
    .replace(/[!?…]*\?[!?…]*/gu, '?')
    .replace(/[!…]*![!…]*/gu, '!')
    .replace(/…[.…]*/gu, '…')
    .replace(/\s+([.,;:!?…])/gu, '$1')
    .replace(/([,;:])[.,;:]+/gu, '$1')
    .replace(/([.!?…])[.,;:]+/gu, '$1')
    // A mark grown together with the next word, but not 4.0 or 1:2.
    .replace(/([.,;:!?…])(?=\p{L})/gu, '$1 ')
    .replace(/\s+/gu, ' ')
    .replace(/^[^\p{L}\p{N}"“(]+/u, '')
    .replace(/[\s,;:–-]+$/u, '')
    .trim();
  if (!/[\p{L}\p{N}]/u.test(text)) return '';
  return capitalizeSentences(/[.!?…]["”’)]?$/u.test(text) ? text : `${text}.`);
}

/** Comics are often lettered in capitals altogether, and single words in capitals are shouted. */
function lowerShouting(text: string): string {
  const capitals = text.match(/\p{Lu}/gu)?.length ?? 0;
  const small = text.match(/\p{Ll}/gu)?.length ?? 0;
  if (capitals > 2 && small * 4 <= capitals) return text.toLowerCase();
  return text.replace(/[\p{L}\p{M}]{2,}/gu, (word) =>
    word === word.toUpperCase() ? word.toLowerCase() : word,
  );
}

function capitalizeSentences(text: string): string {
  return text.replace(
    /(^|[.!?]["”’)]?\s+)(["“‘(]?)(\p{Ll})/gu,
    (_, before: string, quote: string, letter: string) => before + quote + letter.toUpperCase(),
  );
}

/** Splits a long text at ends of sentences, else at commas, else at spaces, into parts of at most `longest` characters. */
export function breaths(text: string, longest = LONGEST): string[] {
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

/** Where the text after the last match starts; 0 when there is none in the later two thirds. */
function lastMatch(text: string, pattern: RegExp): number {
  let end = 0;
  for (const match of text.matchAll(pattern)) end = match.index + match[0].length;
  return end > text.length / 3 ? end : 0;
}

/** Does not cut a surrogate pair in two. */
const wholeCharacters = (text: string, at: number) =>
  /[\ud800-\udbff]/.test(text[at - 1] ?? '') ? at - 1 : at;
