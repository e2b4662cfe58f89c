import { SpeechFailed } from '../../domain/errors.ts';
import { encodeSpeech } from './encode-speech.ts';
import { EspeakEngine } from './espeak-engine.ts';
import { levelSpeech } from './level-speech.ts';
import { hasWords, spokenText } from './spoken-text.ts';
import type { Utterance, Voice } from './voice.ts';
import { wordTimes } from './word-times.ts';

/**
 * Northern Vietnamese with the variant whose balance of low and high sounds is nearest to recorded speech (the plain
 * voice lacks the consonants' range above 3 kHz by 5 dB), a little slower than espeak's usual 175 words a minute.
 */
const manner = { voice: 'vi+f2', wordsPerMinute: 158, pitch: 50 };

/** Raised when the same text would sound different: trimming, level, encoding. */
const version = 1;

/** The embedded voice: espeak-ng from npm, without a network. The same text gives the same bytes. */
export class EspeakVoice implements Voice {
  readonly name = `espeak ${manner.voice} ${manner.wordsPerMinute} wpm pitch ${manner.pitch} v${version}`;
  readonly #ffmpeg: string;
  readonly #engine: EspeakEngine;

  constructor(options: { ffmpeg: string; timeoutMs?: number }) {
    this.#ffmpeg = options.ffmpeg;
    this.#engine = new EspeakEngine({ timeoutMs: options.timeoutMs ?? 60_000 });
  }

  get engine(): EspeakEngine {
    return this.#engine;
  }

  /** Word times are espeak's own events. Throws SpeechFailed with the text's beginning and the reason. */
  async speak(text: string): Promise<Utterance> {
    if (!hasWords(text)) throw failed(text, 'it has no letters or digits');
    const { plain, words } = spokenText(text);
    try {
      const spoken = await this.#engine.speak({ text: plain, ...manner });
      const levelled = levelSpeech(spoken);
      if (!levelled) throw failed(text, 'espeak gave only silence');
      const { sound, offset } = levelled;
      const duration = sound.samples.length / sound.sampleRate;
      const mp3 = await encodeSpeech(sound, { ffmpeg: this.#ffmpeg });
      return { mp3, duration, words: wordTimes(words, spoken.events, duration, offset) };
    } catch (error) {
      if (error instanceof SpeechFailed) throw error;
      throw failed(text, error instanceof Error ? error.message : String(error), error);
    }
  }

  close(): Promise<void> {
    return this.#engine.close();
  }
}

function failed(text: string, reason: string, cause?: unknown): SpeechFailed {
  const beginning = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return new SpeechFailed(`“${beginning}” can't be spoken: ${reason}`, { cause });
}
