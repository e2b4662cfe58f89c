/** Tokens that are not built like words and are still spoken: a reader of lettering must not drop them as misread. */

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
