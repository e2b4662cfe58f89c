/** Checks of Vietnamese syllables. */

export { isAllowedSyllable } from './allowed-syllable.ts';
export { isVietnameseSyllable } from './syllable.ts';
