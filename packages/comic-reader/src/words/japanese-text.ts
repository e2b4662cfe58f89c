import type { ReadWord } from '../reading/hocr.ts';
import { letters, mean } from './word-measures.ts';

const leastJapanese = 60;
const japanese = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** Joins columns of Japanese, which has no spaces, into one line; a single kana can be a shout, but never here. */
export function japaneseText(lines: readonly (readonly ReadWord[])[]) {
  const kept = lines
    .flat()
    .filter(({ text, confidence }) => japanese.test(text) && confidence >= leastJapanese);
  const text = kept
    .map((word) => word.text)
    .join('')
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}ー〜～・。、！？!?…「」『』]/gu, '');
  return letters(text) > 1
    ? {
        text,
        judged: text,
        lines: [text],
        confidence: Math.round(mean(kept)),
        doubtful: 0,
        unknown: 0,
        words: [],
        fused: false,
      }
    : null;
}
