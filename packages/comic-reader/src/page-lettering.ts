import { type BlockText, canBeVietnamese, type LetteringReader, textsOf } from './block-texts.ts';
import {
  type FoundBlock,
  isSpeechWithoutWords,
  type Kind,
  kindsOf,
  looksWritten,
  mostLostShare,
} from './found-block.ts';
import type { Box, Bubble, PageReading } from './page/page.ts';
import { wordsSeen } from './read-block.ts';
import type { ReadWord } from './reading/hocr.ts';
import { runsDown } from './reading/languages.ts';
import { partsWithout, type RowPart } from './row-parts.ts';
import type { SeenLines } from './seen-lines.ts';
import type { BubbleText } from './words/bubble-text.ts';
import { chanceWrong } from './words/chance-wrong.ts';
import type { SignKind } from './words/signs.ts';
import {
  couldBeSpeech,
  foreignWord,
  kindsElsewhere,
  type RowElsewhere,
  rowElsewhere,
} from './words-elsewhere.ts';

/** Lettering that was found and read on a page; boxes and areas are in the page's pixels. */
export interface PageLettering
  extends Pick<
    PageReading,
    | 'lettering_area'
    | 'unread_area'
    | 'unread'
    | 'lines'
    | 'unread_lines'
    | 'fused_bubbles'
    | 'language'
    | 'square_letters'
  > {
  /** In no particular order. */
  bubbles: Bubble[];
  /**
   * Number of words of speech that are not spoken, because the language does not have them, all readings are uncertain or
   * their balloon has no words, and of numbers on which the readings differ.
   */
  lost: number;
  /** Expected number of wrong words in speech that is spoken. */
  wrong: number;
}

type ReadLettering = Omit<PageLettering, 'square_letters'>;

/** Lines that are read where nothing else was: pages of comics have fewer, and each of the thousands of a newspaper takes two readings. */
const mostElsewhere = 200;

/**
 * Chooses the words of all blocks of a page, and measures what was not read.
 * @param seen lines that show what was not found; null if nothing reads them
 * @param scale pixels of the places of blocks for each pixel of the page
 */
export async function letteringOf(
  blocks: readonly FoundBlock[],
  seen: SeenLines | null,
  scale: number,
  reader: LetteringReader | null,
): Promise<ReadLettering> {
  const { language, texts } = await textsOf(
    blocks.map(({ toRead }) => toRead),
    reader,
  );
  const found: ReadLettering = {
    bubbles: [],
    unread: [],
    lettering_area: 0,
    unread_area: 0,
    lines: 0,
    unread_lines: 0,
    language,
    fused_bubbles: 0,
    lost: 0,
    wrong: 0,
  };
  const isVertical = reader !== null && runsDown(reader.read);
  const kinds = isVertical
    ? blocks.map(({ isLarge }): Kind => (isLarge ? 'sound' : 'said'))
    : kindsOf(blocks, texts);
  // A letter of Japanese is many pieces.
  const isCounted = reader !== null && !isVertical;
  /** True for each block that gave words, counts as lost words, or is none of speech. */
  const gave: boolean[] = [];
  for (const [i, block] of blocks.entries()) {
    const text = texts[i] as BlockText;
    const kind = kinds[i] as Kind;
    if (kind === 'sound' || kind === 'sign') {
      addShown(found, block, kind, text.spoken);
      gave.push(true);
      continue;
    }
    const { lost } = found;
    addSpeech(found, block, kind, text);
    gave.push(text.read !== null || found.lost > lost);
    addUnread(found, block, text.spoken, isCounted);
  }
  const accounted = blocks.filter((_, i) => gave[i]).flatMap(({ lines }) => lines);
  if (!seen || !canBeVietnamese(language)) return found;
  const kindOf = kindsElsewhere(blocks, texts, kinds, scale);
  const usual = usualHeight(seen.lines, accounted);
  const missed = seen.lines
    .map((line) => ({ line, parts: partsWithout(line, accounted) }))
    .filter(({ parts }) => parts.length > 0);
  for (const { parts } of missed.slice(mostElsewhere))
    found.unread.push(...parts.map((part) => ({ ...part, reason: 'texture' as const })));
  for (const { line, parts } of missed.slice(0, mostElsewhere)) {
    const readings = await seen.read(line);
    for (const part of parts) {
      const own = readings.map((words) => words.filter(({ box }) => standsIn(box, part)));
      const row = rowElsewhere(part, own, accounted, usual);
      if (row) addElsewhere(found, row, kindOf(row));
      else addUnknown(found, part, own, usual);
    }
  }
  return found;
}

const standsIn = ({ x, w }: Box, part: Box): boolean => x + w / 2 >= part.x && x + w / 2 < part.x + part.w;

/** Returns the usual height of the lines that the detector saw where words were read; of all of them if there are none. */
function usualHeight(seen: readonly RowPart[], read: readonly Box[]): number {
  const isRead = seen.filter((line) => partsWithout(line, read).length === 0);
  const heights = (isRead.length > 0 ? isRead : seen).map(({ h }) => h);
  return heights.sort((a, b) => a - b)[heights.length >> 1] ?? 1;
}

/** Adds a row that only the detector found: words that were lost, or a sign, or what could be either. */
function addElsewhere(found: ReadLettering, row: RowElsewhere, kind: SignKind): void {
  const { x, y, w, h, text, words, letters, confidence } = row;
  if (kind === 'said') {
    found.lost += words;
    found.unread.push({ x, y, w, h, letters, reason: 'no_words' });
  } else {
    const unsure = kind !== 'sign' && { unsure_kind: true as const };
    found.bubbles.push({ x, y, w, h, text, confidence, kind: 'sign', ...unsure });
  }
}

/** Adds a part of a line in which nothing Vietnamese was read: a sign in another language, or what could be speech. */
function addUnknown(
  found: ReadLettering,
  part: RowPart,
  readings: readonly (readonly ReadWord[])[],
  usual: number,
): void {
  const other = foreignWord(readings);
  if (other) {
    const { letters: _, ...box } = part;
    found.bubbles.push({ ...box, text: other.text, confidence: other.confidence, kind: 'sign' });
  } else if (couldBeSpeech(part, readings, usual)) found.unread.push({ ...part, reason: 'texture' });
}

/** Adds a sound or a sign. Without words it is ignored, since the dialogue loses nothing. */
function addShown(
  found: ReadLettering,
  { box }: FoundBlock,
  kind: 'sound' | 'sign',
  text: BubbleText | null,
): void {
  if (!text) return;
  found.bubbles.push({ ...box, text: text.lines.join('\n'), confidence: text.confidence, kind });
  if (kind === 'sign' && isMostlyLost(text)) found.lost += text.doubtful;
}

/** Adds what a block says or could say, and the words that it lost. */
function addSpeech(
  found: ReadLettering,
  block: FoundBlock,
  kind: 'unsaid' | 'unsure' | 'said',
  { read, spoken, leftOut }: BlockText,
): void {
  if (spoken) {
    found.bubbles.push({
      ...block.box,
      text: spoken.text,
      confidence: spoken.confidence,
      ...(kind === 'unsaid' && { kind: 'sign' as const }),
      ...(kind !== 'said' && { unsure_kind: true as const }),
    });
    found.lost += spoken.doubtful;
    if (block.place.shape === 'balloon' && spoken.fused) found.fused_bubbles++;
    if (kind !== 'unsaid') found.wrong += spoken.words.reduce((sum, word) => sum + chanceWrong(word), 0);
  }
  const seen = !read && block.toRead && isSpeechWithoutWords(block) ? wordsSeen(block.toRead) : 0;
  found.lost += leftOut + seen;
}

/** Adds the area and the lines of a block, and those without words. */
function addUnread(
  found: ReadLettering,
  block: FoundBlock,
  text: BubbleText | null,
  isCounted: boolean,
): void {
  const { box, letters, area, rows } = block;
  const plainArea = !isCounted || looksWritten(block) ? block.plainArea : 0;
  found.lettering_area += text ? area : plainArea;
  if (isCounted && text) {
    found.lines += rows;
    found.unread_lines += Math.max(0, rows - text.lines.length);
  }
  const unread = text ? area * (isCounted ? lostShare(text, letters) : 0) : plainArea;
  if (unread === 0) return;
  found.unread.push({ ...box, reason: 'no_words', letters });
  found.unread_area += unread;
}

/** Returns whether more words of a text are unknown than known: its kind was judged by few, so it could be speech. */
const isMostlyLost = ({ text, doubtful, unknown }: BubbleText): boolean =>
  unknown >= (text.match(/[\p{L}\p{M}\p{N}]+/gu)?.length ?? 0) + doubtful - unknown;

/** Returns the share of a block's letters that are missing in its words; 0 if that is small. */
function lostShare({ text }: BubbleText, letters: number): number {
  const lost = 1 - (text.match(/[\p{L}\p{N}]/gu)?.length ?? 0) / Math.max(1, letters);
  return lost > mostLostShare ? lost : 0;
}
