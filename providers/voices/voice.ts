import type { SpokenWord } from '../../domain/speech.ts';

export interface Utterance {
  mp3: Uint8Array;
  /** Length of the decoded sound in seconds, exact to the sample. */
  duration: number;
  /** In order, within [0, duration]. */
  words: SpokenWord[];
}

/** Speaks Vietnamese text. */
export interface Voice {
  /** Names everything that changes the sound (engine, voice, rate): part of the checkpoint's hash. */
  readonly name: string;
  speak(text: string): Promise<Utterance>;
  /** Ends whatever the voice keeps running. */
  close(): Promise<void>;
}
