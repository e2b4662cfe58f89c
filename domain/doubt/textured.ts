import type { PageAnalysis, PageReading } from '../page.ts';
import { type Reason, reasonsOfPages } from './reason.ts';

type Unread = PageReading['unread'][number];

/** Returns whether most of a row is within a block. */
function isWithin(row: Unread, block: Unread): boolean {
  const w = Math.min(row.x + row.w, block.x + block.w) - Math.max(row.x, block.x);
  const h = Math.min(row.y + row.h, block.y + block.h) - Math.max(row.y, block.y);
  return w > 0 && h > 0 && w * h > (row.w * row.h) / 2;
}

/**
 * Returns the number of letters of lines that the text detector saw and that gave no words. If one line of a block is such a line, the whole
 * block is lettering.
 */
export function texturedMarks(unread: PageReading['unread']): number {
  const rows = unread.filter(({ reason }) => reason === 'texture');
  const marksOf = (of: readonly Unread[]) => of.reduce((sum, { letters }) => sum + letters, 0);
  const inBlocks = unread
    .filter(({ reason }) => reason === 'no_words')
    .map((block) => ({ block, own: rows.filter((row) => isWithin(row, block)) }))
    .filter(({ own }) => own.length > 0);
  const apart = rows.filter((row) => inBlocks.every(({ own }) => !own.includes(row)));
  return inBlocks.reduce(
    (sum, { block, own }) => sum + Math.max(block.letters, marksOf(own)),
    marksOf(apart),
  );
}

/** Lists lines that the text detector saw and that gave no words. Their words count among those that could be missing. */
export const texturedRows = (pages: readonly PageAnalysis[]): Reason[] =>
  reasonsOfPages(
    'unread',
    pages.flatMap(({ number: page, reading }) => {
      const rows = (reading?.unread ?? []).filter(({ reason }) => reason === 'texture');
      const weight = rows.reduce((sum, { letters }) => sum + letters, 0);
      const text =
        rows.length === 1
          ? 'a row that looks like lettering gave no words'
          : `${rows.length} rows that look like lettering gave no words`;
      return weight > 0 ? [{ page, weight, text }] : [];
    }),
  );
