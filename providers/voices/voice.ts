import { PipelineError, SpeechFailed } from '../../domain/errors.ts';
import type { Mood } from '../../domain/script.ts';
import type { SpokenWord } from '../../domain/speech.ts';

export interface Utterance {
  mp3: Uint8Array;
  /** Duration of the decoded audio in seconds, exact to the sample. */
  duration: number;
  /** In order, within [0, duration]. */
  words: SpokenWord[];
}

/**
 * The voice is unavailable now, whatever the text: its service rejects requests, is gone, or did not respond in time. Another
 * voice can still speak; the message says what the operator can do.
 */
export class VoiceUnavailable extends PipelineError {
  override readonly name = 'VoiceUnavailable';
}

/** Speaks Vietnamese text. */
export interface Voice {
  /** Name for people and for speech.json. */
  readonly name: string;
  /** Returns everything that affects the sound of a text (engine, voice, rate): part of the checkpoint's hash. */
  soundOf(mood?: Mood): string;
  /** Useful number of parallel utterances. */
  readonly concurrency: number;
  /** Time limit of one utterance in milliseconds, including all attempts. */
  readonly longestMs: number;
  /**
   * Speaks a text. Throws SpeechFailed if this text can't be spoken, VoiceUnavailable if the voice can't speak at all.
   */
  speak(text: string, mood?: Mood): Promise<Utterance>;
  /** Ends everything that the voice keeps running. */
  close(): Promise<void>;
}

/** Returns the error for a text that can't be spoken, with its beginning. */
export function cannotSpeak(text: string, reason: string, cause?: unknown): SpeechFailed {
  const beginning = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return new SpeechFailed(`“${beginning}” can't be spoken: ${reason}`, { cause });
}
