import type { Offer, PartVoice } from '../../domain/cast.ts';
import { PipelineError, SpeechFailed } from '../../domain/errors.ts';
import type { Mood } from '../../domain/script.ts';
import type { SpokenWord } from '../../domain/speech.ts';
import type { VoiceName } from '../../domain/voice-settings.ts';

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

/** Delivery of a text: its mood, and the voice of the character who says it; without a part the narrator speaks. */
export interface Delivery {
  mood?: Mood | undefined;
  part?: PartVoice | undefined;
}

export interface OfferOptions {
  /** The provider has refused a speaker, so that an earlier list can be out of date. */
  isRefused?: boolean;
  /** Speakers that the operator chose for characters, whom the provider has to know. */
  chosen?: readonly string[];
}

/** Speaks Vietnamese text. */
export interface Voice {
  readonly provider: VoiceName;
  /** Name for people and for speech.json. */
  readonly name: string;
  /** Returns everything that affects the sound of a text (engine, voice, rate): part of the checkpoint's hash. */
  soundOf(delivery?: Delivery): string;
  /** Useful number of parallel utterances. */
  readonly concurrency: number;
  /** Time limit of one utterance in milliseconds, including all attempts. */
  readonly longestMs: number;
  /**
   * Speaks a text. Throws SpeechFailed if this text can't be spoken, VoiceUnavailable if the voice can't speak at all.
   */
  speak(text: string, delivery?: Delivery): Promise<Utterance>;
  /** Returns the voices for characters. Throws VoiceUnavailable if the provider can't say what it has. */
  offer(options?: OfferOptions): Promise<Offer>;
  /** Ends everything that the voice keeps running. */
  close(): Promise<void>;
}

/** The offer of a provider without voices for characters. */
export const noOffer: Offer = { voices: [], keeps: () => false, has: () => true, isNarrators: () => false };

/** Returns the error for a text that can't be spoken, with its beginning. */
export function cannotSpeak(text: string, reason: string, cause?: unknown): SpeechFailed {
  const beginning = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return new SpeechFailed(`“${beginning}” can't be spoken: ${reason}`, { cause });
}
