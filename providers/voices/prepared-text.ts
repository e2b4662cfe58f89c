import { speechText } from 'vietnamese-speech';
import { cannotSpeak } from './voice.ts';
import type { TextWord } from './word-times.ts';

export interface PreparedText {
  /** The text to speak, in words only. */
  spoken: string;
  /** The words of the written text; `start` and `end` are characters of `spoken`, each of one UTF-16 unit. */
  words: TextWord[];
}

/** Prepares a segment's text for a voice. Throws SpeechFailed when there is nothing to say. */
export function prepareText(text: string): PreparedText {
  const { spoken, words } = speechText(text);
  if (spoken === '') throw cannotSpeak(text, 'it has no letters or digits');
  return { spoken, words: words.map(({ text, from, to }) => ({ text, start: from, end: to })) };
}
