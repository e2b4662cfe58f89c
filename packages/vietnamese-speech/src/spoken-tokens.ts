/** Tokens that do not look like words but are spoken, so that OCR must not drop them as misread. */

export { addressOf } from './addresses.ts';
export { whole } from './rule.ts';
export {
  abbreviations,
  bareUnits,
  counters,
  currencies,
  lettered,
  looseCounters,
  multiples,
  sounds,
  symbols,
  units,
} from './vocabulary.ts';
