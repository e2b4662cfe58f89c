/** Checks of Vietnamese syllables. */

export { isAllowedSyllable } from './words/allowed-syllable.ts';
export { isVietnameseSyllable } from './words/syllable.ts';
