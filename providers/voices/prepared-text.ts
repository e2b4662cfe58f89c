import { speechText } from 'vietnamese-speech';
import { cannotSpeak } from './voice.ts';
import type { TextWord } from './word-times.ts';

export interface PreparedText {
  /** What is to be said, all of it words. */
  spoken: string;
  /** The words of the written text; `start` and `end` are characters of `spoken`, none of which takes two units. */
  words: TextWord[];
}

/** A segment's text as a voice gets it. Throws SpeechFailed when there is nothing to say. */
export function prepareText(text: string): PreparedText {
  const { spoken, words } = speechText(text);
  if (spoken === '') throw cannotSpeak(text, 'it has no letters or digits');
  return { spoken, words: words.map(({ text, from, to }) => ({ text, start: from, end: to })) };
}
