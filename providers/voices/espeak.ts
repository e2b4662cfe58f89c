import { isSameVoice, type Offer } from '../../domain/cast.ts';
import { SpeechFailed } from '../../domain/errors.ts';
import { encodeSpeech } from './encode-speech.ts';
import { EspeakEngine } from './espeak-engine.ts';
import { espeakSpeakers, isEspeakSpeaker } from './espeak-speakers.ts';
import { prepareText } from './prepared-text.ts';
import { plainText } from './spoken-text.ts';
import { trimSilence } from './trim-silence.ts';
import { cannotSpeak, type Delivery, type Utterance, type Voice } from './voice.ts';
import { wordTimes } from './word-times.ts';

/**
 * Northern Vietnamese with the variant whose balance of low and high frequencies is closest to recorded speech (the plain
 * voice lacks the consonants' range above 3 kHz by 5 dB), a little slower than espeak's usual 175 words a minute.
 */
const narrator = { voice: 'vi+f2', wordsPerMinute: 158, pitch: 50 };

/** Raised when the same text would sound different: normalisation, trimming, encoding. */
const version = 5;

const mannerOf = ({ part }: Delivery = {}) =>
  part
    ? {
        voice: part.speaker,
        wordsPerMinute: Math.round(narrator.wordsPerMinute * (1 + part.rate / 100)),
        pitch: Math.min(Math.max(narrator.pitch + part.pitch, 0), 99),
      }
    : narrator;

/** The embedded voice: espeak-ng from npm, without a network. The same text gives the same bytes. */
export class EspeakVoice implements Voice {
  readonly provider = 'espeak';
  readonly name = this.soundOf();
  /** One engine in one process: further utterances would only wait. */
  readonly concurrency = 1;
  readonly longestMs: number;
  readonly #ffmpeg: string;
  readonly #engine: EspeakEngine;

  constructor(options: { ffmpeg: string; timeoutMs?: number }) {
    this.#ffmpeg = options.ffmpeg;
    this.longestMs = options.timeoutMs ?? 60_000;
    this.#engine = new EspeakEngine({ timeoutMs: this.longestMs });
  }

  get engine(): EspeakEngine {
    return this.#engine;
  }

  soundOf(delivery?: Delivery): string {
    const { voice, wordsPerMinute, pitch } = mannerOf(delivery);
    return `espeak ${voice} ${wordsPerMinute} wpm pitch ${pitch} v${version}`;
  }

  /** The narrator's voice is in no list. */
  async offer(): Promise<Offer> {
    const usual = { speaker: narrator.voice, pitch: 0 };
    return {
      voices: espeakSpeakers,
      keeps: isEspeakSpeaker,
      has: isEspeakSpeaker,
      isNarrators: (part) => isSameVoice(usual, part),
    };
  }

  /** Returns what the engine is asked for. */
  requestOf(spoken: string, delivery?: Delivery) {
    return { text: plainText(spoken), ...mannerOf(delivery) };
  }

  /**
   * Speaks a text; word times are espeak's own events. Throws SpeechFailed with the beginning of the text and the
   * reason.
   */
  async speak(text: string, delivery?: Delivery): Promise<Utterance> {
    const prepared = prepareText(text);
    try {
      const spoken = await this.#engine.speak(this.requestOf(prepared.spoken, delivery));
      const trimmed = trimSilence(spoken);
      if (!trimmed) throw cannotSpeak(text, 'espeak returned only silence');
      const { sound, offset } = trimmed;
      const duration = sound.samples.length / sound.sampleRate;
      const mp3 = await encodeSpeech(sound, { ffmpeg: this.#ffmpeg });
      return { mp3, duration, words: wordTimes(prepared.words, spoken.events, duration, offset) };
    } catch (error) {
      if (error instanceof SpeechFailed) throw error;
      throw cannotSpeak(text, error instanceof Error ? error.message : String(error), error);
    }
  }

  close(): Promise<void> {
    return this.#engine.close();
  }
}
