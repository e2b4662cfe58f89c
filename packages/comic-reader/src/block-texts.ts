import { allReadings, type BlockToRead, readsSyllables, surerText } from './read-block.ts';
import type { PageLanguage } from './reading/languages.ts';
import type { Stretch } from './reading/readings.ts';
import type { Recognizer } from './reading/recognizer.ts';
import type { TextDetector } from './reading/text-detector.ts';
import { type BubbleText, bubbleText } from './words/bubble-text.ts';
import { chooseWords } from './words/choose-words.ts';
import { ownWords } from './words/foreign-words.ts';
import { languageOf } from './words/language-of.ts';
import { handOf } from './words/page-hand.ts';
import { vietnamese } from './words/vietnamese.ts';

export interface LetteringReader {
  /** Recognizers of the same lettering, the best first. */
  recognizers: readonly Recognizer[];
  detector: TextDetector;
  /** BCP 47 of the page. */
  said: string;
  /** The language whose data reads it. */
  read: PageLanguage;
}

/** Text of a block. */
export interface BlockText {
  /** As it was read; null without words. */
  read: BubbleText | null;
  /** Without words that are impossible in the language; null if nothing remains. */
  spoken: BubbleText | null;
  /** Number of these words. */
  leftOut: number;
}

/** Reads the blocks of a page, in the language that the first readings of all of them are in. */
export async function textsOf(
  blocks: readonly (BlockToRead | null)[],
  reader: LetteringReader | null,
): Promise<{ language: string | null; texts: BlockText[] }> {
  const words = blocks.flatMap((block) => block?.first[0]?.lines.flat() ?? []);
  const language = reader?.read === 'ja' ? null : languageOf(words.map(({ text }) => text));
  if (!reader) return { language, texts: blocks.map(() => ({ read: null, spoken: null, leftOut: 0 })) };
  if (reader.read === 'vi' && canBeVietnamese(language))
    return { language, texts: withOwnWords(await vietnameseTexts(blocks, reader)) };
  const texts = await foreignTexts(blocks, reader);
  return { language, texts: texts.map((read) => ({ read, spoken: read, leftOut: 0 })) };
}

/** Returns whether words whose language is this, or unknown, are chosen as Vietnamese. */
export const canBeVietnamese = (language: string | null): boolean => [null, 'und', 'vi'].includes(language);

function withOwnWords(texts: readonly (BubbleText | null)[]): BlockText[] {
  const own = ownWords(texts.map((text) => text?.text ?? ''));
  return texts.map((read, i) => {
    const { text = '', leftOut = 0 } = own[i] ?? {};
    return { read, spoken: read && text ? { ...read, text } : null, leftOut };
  });
}

/** Chooses among the readings of each block; what is read elsewhere on the page shows its handwriting. */
async function vietnameseTexts(
  blocks: readonly (BlockToRead | null)[],
  { recognizers, said }: LetteringReader,
): Promise<(BubbleText | null)[]> {
  const language = vietnamese();
  const readings: (Stretch[][] | null)[] = [];
  for (const block of blocks) readings.push(block && (await allReadings(block, recognizers, language)));
  // Art that looks like letters says nothing about the hand.
  const isLettering = (block: BlockToRead) => block.bounds.shape !== 'open' || readsSyllables(block);
  const hand = handOf(
    readings.flatMap((lines, i) => (lines && isLettering(blocks[i] as BlockToRead) ? [lines.flat()] : [])),
    language,
  );
  return blocks.map((block, i) => {
    const lines = readings[i];
    return lines && block ? bubbleText(chooseWords(lines, language, hand), said, block.bounds) : null;
  });
}

/** Takes the better reading of each block: choosing words would make Vietnamese syllables of another language. */
async function foreignTexts(
  blocks: readonly (BlockToRead | null)[],
  { recognizers, said }: LetteringReader,
): Promise<(BubbleText | null)[]> {
  const texts: (BubbleText | null)[] = [];
  for (const block of blocks) texts.push(block && (await surerText(block, recognizers, said)));
  return texts;
}
