import { PipelineError, SpeechFailed } from '../../domain/errors.ts';
import type { Mood } from '../../domain/script.ts';
import type { SpokenWord } from '../../domain/speech.ts';

export interface Utterance {
  mp3: Uint8Array;
  /** Length of the decoded sound in seconds, exact to the sample. */
  duration: number;
  /** In order, within [0, duration]. */
  words: SpokenWord[];
}

/**
 * The voice can't be had now, whatever the text: its service refuses, is gone, or did not answer in time. Another
 * voice may; the message says what the operator can do.
 */
export class VoiceUnavailable extends PipelineError {
  override readonly name = 'VoiceUnavailable';
}

/** Speaks Vietnamese text. */
export interface Voice {
  /** For people and for speech.json. */
  readonly name: string;
  /** Names everything that changes the sound of a text (engine, voice, rate): part of the checkpoint's hash. */
  soundOf(mood?: Mood): string;
  /** Utterances that are worth having under way at once. */
  readonly concurrency: number;
  /** The longest that one utterance may take in milliseconds, every new attempt included. */
  readonly longestMs: number;
  /** Throws SpeechFailed when it is this text that can't be spoken, VoiceUnavailable when it is the voice. */
  speak(text: string, mood?: Mood): Promise<Utterance>;
  /** Ends whatever the voice keeps running. */
  close(): Promise<void>;
}

/** The error of a text that can't be spoken, by its beginning. */
export function cannotSpeak(text: string, reason: string, cause?: unknown): SpeechFailed {
  const beginning = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return new SpeechFailed(`“${beginning}” can't be spoken: ${reason}`, { cause });
}
