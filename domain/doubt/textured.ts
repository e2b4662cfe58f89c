import type { PageAnalysis } from '../page.ts';
import { type Reason, reasonsOfPages } from './reason.ts';

/** Lists rows that look like lettering by their texture and gave no words. Their words count among those that could be missing. */
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
