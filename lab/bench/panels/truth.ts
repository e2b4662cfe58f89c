import * as z from 'zod';
import { ReadingDirection } from '../../../domain/chapter.ts';
import { Box } from '../../../domain/page.ts';

/** Lettering of a page: `text` is in one language, or by language. */
const Bubble = Box.extend({
  kind: z.string(),
  /** Index into the page's panels; null if it is outside them. */
  panel: z.number().int().nullable(),
  text: z.union([z.string(), z.record(z.string(), z.string())]),
  orderArguable: z.boolean().optional(),
  panelArguable: z.boolean().optional(),
});

/** A truth file: boxes in reading order, and the words of each page by language. */
export const Truth = z.object({
  readingDirection: ReadingDirection,
  pages: z.array(
    z.object({
      file: z.string(),
      panels: z.array(Box),
      /** Ambiguous panels: the page's sequence does not count. */
      ambiguous: z.boolean(),
      bubbles: z.array(Bubble).optional(),
    }),
  ),
  dialogue: z.record(z.string(), z.array(z.array(z.string()))),
});
export type Truth = z.infer<typeof Truth>;

export interface TrueBubble extends Box {
  text: string;
  panel: number | null;
  /** Number of lettered lines, where known; line breaks in `text` are intended, others are not. */
  lines?: number;
  /** Whether it is speech, thought or narration; false for sounds and signs. */
  spoken: boolean;
  orderArguable: boolean;
  panelArguable: boolean;
}

export interface TruePage {
  /** Counts from 1. */
  number: number;
  file: string;
  panels: Box[];
  ambiguous: boolean;
  /** In reading order; undefined if the truth has no boxes of lettering. */
  bubbles: TrueBubble[] | undefined;
  /** All lettered strings of the page. */
  lettered: string[];
}

const seenOnly = new Set(['sound', 'sign']);

/** Returns the pages of a truth file as they are lettered in a language. */
export const pagesOf = ({ pages, dialogue }: Truth, language: string): TruePage[] =>
  pages.map(({ file, panels, ambiguous, bubbles }, i) => ({
    number: i + 1,
    file,
    panels,
    ambiguous,
    bubbles: bubbles?.flatMap(({ text, kind, orderArguable = false, panelArguable = false, ...bubble }) => {
      const words = typeof text === 'string' ? text : text[language];
      const spoken = !seenOnly.has(kind);
      return words === undefined ? [] : [{ ...bubble, text: words, spoken, orderArguable, panelArguable }];
    }),
    lettered: dialogue[language]?.[i] ?? [],
  }));
