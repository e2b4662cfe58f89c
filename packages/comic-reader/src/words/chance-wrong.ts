import type { ReadWord } from '../reading/hocr.ts';
import { isNumber } from './said-writing.ts';

/**
 * Probability that a word is wrong, by its lead over the likeliest alternative: 1/2 without a lead, decaying by `decay` per nat,
 * plus the probability that all readings and the language make the same mistake. Fitted to 7,900 words of drawn hands, of
 * spoilt pages and of the pages that the reader was built with; `make bench WHAT=doubt` prints the calibration.
 */
const level = 0.5;
const decay = 0.75;
const alike = 0.0015;
/** The same at most for a word that all readings have: of 71 with a small lead in the sets of `dev` 6 were wrong. */
const agreed = 0.1;
/**
 * The same for numbers, which the language cannot confirm, by whether all readings have them: on drawn pages of `dev` 3 of 127 that all
 * have were wrong, and 9 of 39 others. Only hands that are read badly have such others, so a page has another half to one error for each
 * of them.
 */
const numbers = { agreed: 0.03, disputed: 0.75 };

/** Returns the probability that another word than the chosen one is right; 0 if its language has no model. */
export function chanceWrong({ text, evidence }: ReadWord): number {
  if (!evidence) return 0;
  if (isNumber(text)) return evidence.agreeing === 1 ? numbers.agreed : numbers.disputed;
  const most = evidence.agreeing === 1 ? agreed : level;
  return Math.min(most, level * Math.exp(-decay * evidence.lead) + alike);
}
