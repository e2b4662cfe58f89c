import type { PageAnalysis } from '../page.ts';
import { limits } from './limits.ts';
import type { Reason } from './reason.ts';

/**
 * Returns a doubt about a chapter of several pages on which hardly a word was read. Where lettering is not found at all, as if its letters are joined,
 * no page has anything that looks unread, and the chapter would pass for one without words.
 */
export function doubtsOfFewWords(pages: readonly PageAnalysis[]): Reason[] {
  const read = pages.flatMap(({ number, reading }) =>
    reading ? [{ number, words: reading.words - reading.lost_words }] : [],
  );
  if (read.length < pages.length || read.length < limits.fewPages) return [];
  const words = read.reduce((sum, { words: own }) => sum + own, 0);
  if (words >= read.length * limits.leastWords) return [];
  const found = words === 0 ? 'no word was' : words === 1 ? 'a single word was' : `only ${words} words were`;
  return [
    {
      kind: 'unread',
      pages: read.flatMap(({ number, words: own }) => (own > 0 ? [] : [number])),
      text: `${found} read on ${read.length} pages: approve it if they have no others, otherwise their lettering was not found`,
    },
  ];
}
