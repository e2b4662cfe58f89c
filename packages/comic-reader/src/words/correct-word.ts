import type { Box } from '../page/page.ts';
import type { ReadWord } from '../reading/hocr.ts';
import { partedSyllables } from './syllable.ts';

/**
 * Corrects what must be a misreading: a dagger is a handwritten t, a zero among capitals an O, and two Vietnamese words
 * that were run together are split.
 */
export function corrected(word: ReadWord, vietnamese: boolean): ReadWord[] {
  const text = word.text
    .normalize('NFC')
    .replace(/†/gu, 't')
    // The second of two question marks, or a half of it.
    .replace(/(?<=\p{L}[?!]+)\d+$/u, '')
    .replace(/(?<=\p{Lu})0(?!\d)|(?<![\d.,])0(?=\p{Lu}{2})/gu, 'O');
  const [, before, core, after] = /^([^\p{L}]*)(.*?)([^\p{L}]*)$/su.exec(text) ?? [];
  const parts = vietnamese && core ? partedSyllables(core) : null;
  if (!parts) return [{ ...word, text }];
  const [first, second] = partedBox(word.box, parts[0].length / (core ?? '').length);
  return [
    { ...word, text: before + parts[0], ...(first && { box: first }) },
    { ...word, text: parts[1] + after, ...(second && { box: second }) },
  ];
}

function partedBox(box: Box | undefined, at: number): [] | [Box, Box] {
  if (!box) return [];
  const w = at * box.w;
  return [
    { ...box, w },
    { ...box, x: box.x + w, w: box.w - w },
  ];
}
