import { SpeechFailed } from '../../domain/errors.ts';
import { encodeSpeech } from './encode-speech.ts';
import { EspeakEngine } from './espeak-engine.ts';
import { prepareText } from './prepared-text.ts';
import { plainText } from './spoken-text.ts';
import { trimSilence } from './trim-silence.ts';
import { cannotSpeak, type Utterance, type Voice } from './voice.ts';
import { wordTimes } from './word-times.ts';

/**
 * Northern Vietnamese with the variant whose balance of low and high frequencies is closest to recorded speech (the plain
 * voice lacks the consonants' range above 3 kHz by 5 dB), a little slower than espeak's usual 175 words a minute.
 */
const manner = { voice: 'vi+f2', wordsPerMinute: 158, pitch: 50 };

/** Raised when the same text would sound different: normalisation, trimming, encoding. */
const version = 5;

/** The embedded voice: espeak-ng from npm, without a network. The same text gives the same bytes. */
export class EspeakVoice implements Voice {
  readonly name = `espeak ${manner.voice} ${manner.wordsPerMinute} wpm pitch ${manner.pitch} v${version}`;
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

  soundOf(): string {
    return this.name;
  }

  /**
   * Speaks a text; word times are espeak's own events. Throws SpeechFailed with the beginning of the text and the
   * reason.
   */
  async speak(text: string): Promise<Utterance> {
    const prepared = prepareText(text);
    try {
      const spoken = await this.#engine.speak({ text: plainText(prepared.spoken), ...manner });
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
