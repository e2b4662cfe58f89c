/** Converts written Vietnamese to words as they are spoken. */

export { hasAddress } from './addresses.ts';
export { isInCapitals } from './capitals.ts';
export { isPronounceable } from './pronounceable.ts';
export { isSayable } from './sayable.ts';
export { type SpeechText, type SpeechWord, speakable, speechText } from './speech-text.ts';
export { type Lettering, writtenText } from './written-text.ts';
