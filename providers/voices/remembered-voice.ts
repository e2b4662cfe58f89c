import { createHash } from 'node:crypto';
import type { Log } from '../../domain/log.ts';
import type { RememberedSpeech } from '../../domain/speech.ts';
import type { VoiceName } from '../../domain/voice-settings.ts';
import type { Delivery, Utterance, Voice } from './voice.ts';

/** Cached speech, for all later jobs. */
export interface SpeechMemory {
  find(contentHash: string): Promise<RememberedSpeech | undefined>;
  put(contentHash: string, speech: RememberedSpeech): Promise<void>;
  /** Receives failures of the cache. */
  log: Log;
}

/**
 * A voice that requests each sentence only once: the second attempt of a job and a repeated phrase cost nothing. If the cache
 * fails, the voice speaks.
 */
export class RememberedVoice implements Voice {
  readonly provider: VoiceName;
  readonly name: string;
  readonly concurrency: number;
  readonly longestMs: number;
  readonly #voice: Voice;
  readonly #memory: SpeechMemory;
  readonly #underWay = new Map<string, Promise<Utterance>>();

  constructor(voice: Voice, memory: SpeechMemory) {
    this.provider = voice.provider;
    this.name = voice.name;
    this.concurrency = voice.concurrency;
    this.longestMs = voice.longestMs;
    this.#voice = voice;
    this.#memory = memory;
  }

  soundOf(delivery?: Delivery): string {
    return this.#voice.soundOf(delivery);
  }

  offer(...[options]: Parameters<Voice['offer']>) {
    return this.#voice.offer(options);
  }

  speak(text: string, delivery?: Delivery): Promise<Utterance> {
    const hash = createHash('sha256')
      .update(JSON.stringify([this.soundOf(delivery), text]))
      .digest('hex');
    const underWay = this.#underWay.get(hash) ?? this.#recall(hash, text, delivery);
    this.#underWay.set(hash, underWay);
    return underWay.finally(() => this.#underWay.delete(hash));
  }

  close(): Promise<void> {
    return this.#voice.close();
  }

  async #recall(hash: string, text: string, delivery: Delivery | undefined): Promise<Utterance> {
    const found = await this.#memory
      .find(hash)
      .catch((error: Error) => this.#complain('speech_memory_not_read', error));
    if (found) return { ...found, mp3: Buffer.from(found.mp3, 'base64') };
    const { mp3, duration, words } = await this.#voice.speak(text, delivery);
    const speech = { mp3: Buffer.from(mp3).toString('base64'), duration, words };
    await this.#memory
      .put(hash, speech)
      .catch((error: Error) => this.#complain('speech_memory_not_written', error));
    return { mp3, duration, words };
  }

  #complain(event: string, { message }: Error): void {
    this.#memory.log({ level: 'WARN', event, voice: this.name, reason: message });
  }
}
