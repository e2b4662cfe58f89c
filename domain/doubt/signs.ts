import type { PageAnalysis } from '../page.ts';
import { type Reason, reasonsOfPages } from './reason.ts';

/** Lists lines that could be signs or speech. Their words count among those that could be wrong. */
export const unsureSigns = (pages: readonly PageAnalysis[]): Reason[] =>
  reasonsOfPages(
    'signs',
    pages.flatMap(({ number: page, reading }) => {
      const weight = reading?.unsure_bubbles ?? 0;
      const text =
        weight === 1 ? 'a line could be a sign or speech' : `${weight} lines could be signs or speech`;
      return weight > 0 ? [{ page, weight, text }] : [];
    }),
  );
