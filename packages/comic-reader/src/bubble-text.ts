import type { ReadWord } from './hocr.ts';
import { type Bounds, meantBreaks, OPEN } from './line-breaks.ts';
import type { Box } from './page.ts';
import {
  belongsToNumber,
  isCry,
  isLetterOf,
  isNumber,
  isSaidSign,
  isShort,
  isSpelt,
  isStumble,
  isUnit,
} from './said-writing.ts';
import { isSayable, isVietnameseSyllable, partedSyllables } from './syllable.ts';

/** What a bubble says, in NFC, and how sure that is (0 to 100). */
export interface BubbleText {
  /** As one line, but for breaks that are meant. */
  text: string;
  /** Line by line, as it is lettered. */
  lines: string[];
  confidence: number;
  /** Words and numbers that were read and left out, and numbers kept that are not sure. */
  doubtful: number;
  /** How many of the words that are kept are wrong, as far as their chances tell. */
  wrong: number;
}

/**
 * Least confidence of a word that looks right, and of one that does not (a name, a foreign word). Measured: nine
 * of ten true words have 90 and more, art that was taken for letters rarely reaches 60.
 */
const LIKELY = 35;
/** The same for other languages, whose words can't be told by their build; among sure words they need less. */
const LIKELY_FOREIGN = 65;
/** The same for either where the bubble's other words are sure. */
const LIKELY_IN_COMPANY = 25;
/** Middle confidence of the bubble's other words that makes a doubtful one likely. */
const SURE_COMPANY = 88;
const UNLIKELY = 70;
const LEAST_LINE = 45;
const LEAST_BUBBLE = 60;
/** A scrap of up to this many letters has no context that would speak for it, unless it stands in a balloon. */
const SCRAP = 4;
const LEAST_SCRAP = 84;

/**
 * Makes clean text of the recogniser's words: lines joined unless their break is meant, hyphenation at line ends undone, and everything
 * dropped that is likelier art than language, since a false word sounds worse than a missing one.
 * @param lines words line by line from the top
 * @param language BCP 47; Vietnamese words are also judged by their build
 * @param bounds of the lines: in a balloon or a box a short word is not a piece of art
 * @returns null when nothing is left that could be spoken
 */
export function bubbleText(
  lines: readonly (readonly ReadWord[])[],
  language: string,
  bounds: Bounds = OPEN,
): BubbleText | null {
  if (language.toLowerCase().startsWith('ja')) return japaneseText(lines);
  const vietnamese = language.startsWith('vi');
  const inBalloon = bounds.shape !== 'open';
  const mended = lines.map((line) => line.flatMap((word) => mend(word, vietnamese)));
  const kept: ReadWord[][] = [];
  const all = mended.flat().filter((w) => signs(w.text) > 0);
  const company = (word: ReadWord) => all.length > 2 && middle(all.filter((w) => w !== word)) >= SURE_COMPANY;
  for (const line of mended) {
    const spoken = line.filter((w) => signs(w.text) > 0);
    const sure = spoken.some((w) => letters(w.text) > 2 && w.confidence >= SURE_COMPANY && company(w));
    if (spoken.length === 0 || (mean(spoken) < LEAST_LINE && !sure)) continue;
    const words = line.filter(
      (w, i) =>
        !w.disputed && !areLetters(line, i) && (keeps(w, vietnamese, company(w)) || keepsWritten(line, i)),
    );
    if (words.some((w) => signs(w.text) > 0)) kept.push(words);
  }
  const words = kept.flat().filter((w) => signs(w.text) > 0);
  if (words.length === 0) return null;
  const confidence = mean(words);
  const size = words.reduce((sum, w) => sum + signs(w.text), 0);
  // Numbers alone are a page's, or stand on things, unless they are in a balloon.
  const written =
    inBalloon && words.some(({ text }) => isNumber(text) || isShort(text) || isSpelt(bare(text)));
  const isScrap = size <= SCRAP && (!inBalloon || (written && !words.some((w) => isSayable(bare(w.text)))));
  if (confidence < (isScrap ? LEAST_SCRAP : LEAST_BUBBLE)) return null;
  if (!written && (size < 2 || !words.some((w) => isSayable(bare(w.text)) || isCry(bare(w.text)))))
    return null;
  if (
    size <= SCRAP &&
    vietnamese &&
    !written &&
    !words.some((w) => isVietnameseSyllable(bare(w.text)) || /(.)\1/u.test(w.text))
  )
    return null;
  const text = tidy(join(kept, meantBreaks(kept, bounds)));
  const doubtful = all.filter((word) =>
    words.includes(word)
      ? /\p{N}/u.test(word.text) && word.confidence < SURE_COMPANY
      : word.disputed || isWordLike(word, inBalloon),
  ).length;
  if (signs(text) === 0) return null;
  const rows = kept.map((line) => tidy(join([line], []))).filter((line) => signs(line) > 0);
  const wrong = words.reduce((sum, word) => sum + (word.wrong ?? 0), 0);
  return { text, lines: rows, confidence: Math.round(confidence), doubtful, wrong };
}

/**
 * Undoes what can only be a misreading: a dagger is a handwritten t, a nought among capitals an O, and in Vietnamese
 * two words grown together are parted.
 */
function mend(word: ReadWord, vietnamese: boolean): ReadWord[] {
  const text = word.text
    .normalize('NFC')
    .replace(/†/gu, 't')
    // The second of two question marks, or its half.
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

const LEAST_JAPANESE = 60;
const japanese = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** Joins columns of Japanese, which has no spaces, into one line; a single kana can be a shout, but never here. */
function japaneseText(lines: readonly (readonly ReadWord[])[]): BubbleText | null {
  const kept = lines
    .flat()
    .filter(({ text, confidence }) => japanese.test(text) && confidence >= LEAST_JAPANESE);
  const text = kept
    .map((word) => word.text)
    .join('')
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}ー〜～・。、！？!?…「」『』]/gu, '');
  return letters(text) > 1
    ? { text, lines: [text], confidence: Math.round(mean(kept)), doubtful: 0, wrong: 0 }
    : null;
}

const CONTRACTION = /^[a-z]+(n['’]+t|['’]+(s|re|ve|ll|d|m))$/i;

/** With any of its marks: `ở` is a word of one letter, and a frequent one. */
const startsWithVowel = (word: string) => /^[aeiouy]/i.test(word.normalize('NFD'));

/** Punctuation stays only where it is sure; numbers and words by confidence and build. */
function keeps({ text, confidence }: ReadWord, vietnamese: boolean, amongSure: boolean): boolean {
  const word = bare(text);
  if (letters(word) === 0) {
    if (/^\d[\d.,]*$/.test(word)) return confidence >= UNLIKELY;
    return /^[!?.…]+$/u.test(text) && confidence >= UNLIKELY;
  }
  if (!/^[\p{L}\p{M}\d'’.,-]+$/u.test(word)) return false;
  // A digit among letters is a misread letter or a unit, as in 60Ko.
  if (/\p{L}\d/u.test(word)) return false;
  const parts = word.split(/[-.,'’]+/u).filter((part) => letters(part) > 0);
  const likely = vietnamese
    ? parts.every((part) => isVietnameseSyllable(part))
    : CONTRACTION.test(word) || parts.every((part) => isSayable(part));
  if (likely && (letters(word) > 1 || startsWithVowel(word))) {
    // The apostrophe is what the recogniser doubts: letters before and a known ending after it are a word.
    if (!vietnamese && amongSure && CONTRACTION.test(word)) return true;
    if (amongSure) return confidence >= LIKELY_IN_COMPANY;
    return confidence >= (vietnamese ? LIKELY : LIKELY_FOREIGN);
  }
  return (
    confidence >= UNLIKELY && (letters(word) > 1 ? isSayable(word) : !vietnamese && /^[ia]$/i.test(word))
  );
}

/** Returns whether speech can say a token that is not built like a word, alone or beside its neighbours. */
function keepsWritten(line: readonly ReadWord[], at: number): boolean {
  const { text, confidence } = line[at] as ReadWord;
  if (confidence < UNLIKELY) return false;
  if (isNumber(text) || isShort(text) || isCry(bare(text)) || isStumble(text) || isUnit(text)) return true;
  if (isSpelt(bare(text))) return confidence >= LEAST_SCRAP;
  const [before, after] = [line[at - 1]?.text ?? '', line[at + 1]?.text ?? ''];
  if (/\p{N}\p{L}{0,2}$/u.test(before) && belongsToNumber(text)) return true;
  if (isSaidSign(text)) return signs(before) > 0 && signs(after) > 0;
  return isLetterOf(
    line
      .slice(Math.max(0, at - 2), at)
      .map((word) => word.text)
      .join(' '),
    bare(text),
  );
}

/** Whether noughts stand alone, where they are the letter O as well: they belong to a number as in 50 000. */
const areLetters = (line: readonly ReadWord[], at: number) =>
  /^0+$/.test(bare(line[at]?.text ?? '')) && !/\p{N}$/u.test(line[at - 1]?.text ?? '');

/**
 * Whether what was left out was a word. In a balloon there is nothing else; elsewhere what was read with less confidence is a
 * stroke beside the words.
 */
const isWordLike = ({ text, confidence }: ReadWord, inBalloon: boolean) =>
  (inBalloon || confidence >= LIKELY) && (letters(text) > 1 || /\p{N}/u.test(text));

/** A line that ends in a hyphen continues without a space; the hyphen of a Latin compound is kept in Vietnamese. */
function join(lines: readonly ReadWord[][], meant: readonly boolean[]): string {
  let text = '';
  for (const [i, line] of lines.entries()) {
    const next = line.map((w) => w.text).join(' ');
    if (text === '') text = next;
    else if (/\p{Ll}-$/u.test(text) && /^\p{Ll}/u.test(next)) text = text.slice(0, -1) + next;
    else text = `${text}${meant[i - 1] ? '\n' : ' '}${next}`;
  }
  return text;
}

function tidy(text: string): string {
  return (
    text
      .normalize('NFC')
      .replace(/["“”()]/gu, '')
      // Other signs say something beside digits, and some between letters: km/h, an@mail.com.
      .replace(
        /((?<=\p{N}\s?)[-+−–=<>≤≥≠×÷*^/°℃℉‰%$€£¥￥₩₫]+|[-+−~#№√$€£¥￥₩₫](?=\s?\p{N})|(?<=\p{L})[/@](?=\p{L})|:\/\/)|[^\p{L}\p{M}\p{N}\s.,;:!?…'’&%-]/gu,
        (_, meant?: string) => meant ?? ' ',
      )
      .replace(/\s+([.,;:!?…])/gu, '$1')
      // A stray mark in front of a word: the rim of a bubble.
      .replace(/(^|\s)(?:(?![-+−~#№√$€£¥￥₩₫]\s?\p{N}|& )[^\p{L}\p{N}\s])+(?=[\p{L}\p{N}])/gu, '$1')
      .replace(/[^\S\n]+/gu, ' ')
      .replace(/ ?\n\s*/gu, '\n')
      .trim()
  );
}

const bare = (text: string) => text.normalize('NFC').replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
const letters = (text: string) => text.match(/\p{L}/gu)?.length ?? 0;
/** Letters and digits: all that can be said. */
const signs = (text: string) => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
const middle = (words: readonly ReadWord[]) =>
  words.map(({ confidence }) => confidence).sort((a, b) => a - b)[words.length >> 1] ?? 0;
const mean = (words: readonly ReadWord[]) =>
  words.reduce((sum, w) => sum + w.confidence * Math.max(1, signs(w.text)), 0) /
  Math.max(
    1,
    words.reduce((sum, w) => sum + Math.max(1, signs(w.text)), 0),
  );
