import type { Lettering } from './lettering.ts';

/** Scripts without spaces between words. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
/** Made when it is first needed, since its dictionaries take 20 ms to load. */
let segmenter: Intl.Segmenter | undefined;
const opening = /^[\p{Ps}\p{Pi}]+$/u;

/** An unbreakable part of a line: a word, and whether a space separates it from the one before. */
interface Word {
  text: string;
  space: boolean;
}

/** Splits a text where a line can end: at spaces, and between the words of scripts without spaces. */
function wordsOf(text: string): Word[] {
  return text.split(' ').flatMap((part) => {
    const inside = unspaced.test(part) ? withPunctuation(part) : [part];
    return inside.map((text, index) => ({ text, space: index === 0 }));
  });
}

/** Returns words, each with the brackets before and the punctuation after it: no line begins with a full stop. */
function withPunctuation(text: string): string[] {
  const joined: string[] = [];
  segmenter ??= new Intl.Segmenter('ja', { granularity: 'word' });
  for (const { segment, isWordLike } of segmenter.segment(text)) {
    const last = joined.at(-1);
    const joins = last !== undefined && (opening.test(last) || !(isWordLike || opening.test(segment)));
    if (joins) joined[joined.length - 1] = last + segment;
    else joined.push(segment);
  }
  return joined;
}

const added = (line: string | undefined, { text, space }: Word) =>
  line === undefined ? text : `${line}${space ? ' ' : ''}${text}`;

type Measure = Pick<Lettering, 'widthOf'>;

/** Breaks words into lines of at most `width`, relative to the letters' size; undefined if they need more lines. */
export function inLines(
  text: string,
  width: number,
  mostLines: number,
  letters: Measure,
): string[] | undefined {
  return placed(wordsOf(text), width, mostLines, letters);
}

function placed(words: readonly Word[], width: number, mostLines: number, { widthOf }: Measure) {
  const lines: string[] = [];
  for (const word of words) {
    if (widthOf(word.text) > width) return undefined;
    const line = added(lines.at(-1), word);
    if (lines.length > 0 && widthOf(line) <= width) lines[lines.length - 1] = line;
    else lines.push(word.text);
  }
  return lines.length <= mostLines ? lines : undefined;
}

/**
 * Breaks text into lines without leaving anything out: words that are too long for a line, such as addresses, continue in
 * the next one, after a slash if possible. Undefined if it needs more lines.
 */
export function inLinesWhole(
  text: string,
  width: number,
  mostLines: number,
  { widthOf }: Measure,
): string[] | undefined {
  const lines: string[] = [];
  for (const word of wordsOf(text)) {
    const parts = widthOf(word.text) > width ? partsOf(word.text, width, widthOf) : [word.text];
    for (const [index, part] of parts.entries()) {
      const line = added(lines.at(-1), { text: part, space: index === 0 && word.space });
      if (widthOf(line) <= width) lines[Math.max(0, lines.length - 1)] = line;
      else lines.push(part);
    }
  }
  return lines.length <= mostLines ? lines : undefined;
}

/** Splits a word after slashes; parts that are still too long, letter by letter. */
function partsOf(word: string, width: number, widthOf: Measure['widthOf']): string[] {
  const parts = word.match(/[^/]*\/+|[^/]+/g) ?? [word];
  return parts.flatMap((part) => (widthOf(part) > width ? [...part] : [part]));
}

/** Returns as many words as fit, with an ellipsis. */
export function shortened(text: string, width: number, mostLines: number, letters: Measure): string[] {
  const words = wordsOf(text);
  while (words.length > 1) {
    words.pop();
    const last = words.length - 1;
    const cut = words.map((word, index) =>
      index === last ? { ...word, text: `${word.text.replace(/[\s,.;:–—、。-]+$/u, '')}…` } : word,
    );
    const lines = placed(cut, width, mostLines, letters);
    if (lines) return lines;
  }
  return [];
}
