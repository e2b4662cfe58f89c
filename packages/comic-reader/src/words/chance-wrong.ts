import { isNumber } from './said-writing.ts';

/**
 * Probability that a word is wrong, by its lead over the likeliest alternative: 1/2 without a lead, decaying by `DECAY` per nat,
 * plus the probability that all readings and the language make the same mistake. Fitted to 7,900 words of drawn hands, of
 * spoilt pages and of the pages that the reader was built with; `make bench WHAT=doubt` prints the calibration.
 */
const LEVEL = 0.5;
const DECAY = 0.75;
const ALIKE = 0.0015;
/** The same for numbers, which the language cannot confirm: 19 of 65 on these pages were wrong, 14 in all readings alike. */
const NUMBER = 0.3;

/**
 * Returns the probability that another word than the chosen one is right.
 * @param lead in nats; infinite without an alternative
 */
export const chanceWrong = (word: string, lead: number): number =>
  isNumber(word) ? NUMBER : Math.min(LEVEL, LEVEL * Math.exp(-DECAY * lead) + ALIKE);
