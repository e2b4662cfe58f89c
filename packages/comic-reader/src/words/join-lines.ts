import type { ReadWord } from '../reading/hocr.ts';

/**
 * Joins lines; `meant` says for each line except the last whether its break is kept. A line that ends in a hyphen continues
 * without a space.
 */
export function join(lines: readonly ReadWord[][], meant: readonly boolean[]): string {
  let text = '';
  for (const [i, line] of lines.entries()) {
    const next = line.map((w) => w.text).join(' ');
    if (text === '') text = next;
    else if (/\p{Ll}-$/u.test(text) && /^\p{Ll}/u.test(next)) text = text.slice(0, -1) + next;
    else text = `${text}${meant[i - 1] ? '\n' : ' '}${next}`;
  }
  return text;
}

/** Removes signs without a meaning and spaces before punctuation. */
export function tidy(text: string): string {
  return (
    text
      .normalize('NFC')
      .replace(/["“”()]/gu, '')
      // Other signs have a meaning beside digits, and some between letters: km/h, an@mail.com.
      .replace(
        /((?<=\p{N}\s?)[-+−–=<>≤≥≠×÷*^/°℃℉‰%$€£¥￥₩₫→⇒➔➜⟶]+|[-+−~#№√$€£¥￥₩₫](?=\s?\p{N})|(?<=\p{L})[/@](?=\p{L})|:\/\/)|[^\p{L}\p{M}\p{N}\s.,;:!?…'’&%-]/gu,
        (_, meant?: string) => meant ?? ' ',
      )
      .replace(/\s+([.,;:!?…])/gu, '$1')
      // A stray mark before a word is the rim of a bubble.
      .replace(/(^|\s)(?:(?![-+−~#№√$€£¥￥₩₫]\s?\p{N}|& )[^\p{L}\p{N}\s])+(?=[\p{L}\p{N}])/gu, '$1')
      .replace(/[^\S\n]+/gu, ' ')
      .replace(/ ?\n\s*/gu, '\n')
      .trim()
  );
}
