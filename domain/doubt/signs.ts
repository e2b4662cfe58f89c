import type { PageAnalysis } from '../page.ts';
import { type Reason, reasonsOfPages } from './reason.ts';

/** Lists spoken lines that could be signs. Their words count among those that could be wrong. */
export const unsureSigns = (pages: readonly PageAnalysis[]): Reason[] =>
  reasonsOfPages(
    'signs',
    pages.flatMap(({ number: page, reading }) => {
      const weight = reading?.unsure_bubbles ?? 0;
      const text = weight === 1 ? 'a spoken line could be a sign' : `${weight} spoken lines could be signs`;
      return weight > 0 ? [{ page, weight, text }] : [];
    }),
  );
