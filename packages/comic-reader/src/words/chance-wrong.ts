import { isNumber } from './said-writing.ts';

/**
 * Probability that a word is wrong, by its lead over the likeliest alternative: 1/2 without a lead, decaying by `decay` per nat,
 * plus the probability that all readings and the language make the same mistake. Fitted to 7,900 words of drawn hands, of
 * spoilt pages and of the pages that the reader was built with; `make bench WHAT=doubt` prints the calibration.
 */
const level = 0.5;
const decay = 0.75;
const alike = 0.0015;
/** The same for numbers, which the language cannot confirm: 19 of 65 on these pages were wrong, 14 in all readings alike. */
const number = 0.3;

/**
 * Returns the probability that another word than the chosen one is right.
 * @param lead in nats; infinite without an alternative
 */
export const chanceWrong = (word: string, lead: number): number =>
  isNumber(word) ? number : Math.min(level, level * Math.exp(-decay * lead) + alike);
