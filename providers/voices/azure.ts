import type { Offer } from '../../domain/cast.ts';
import { TransientError } from '../retry/retry.ts';
import { retryAfterMs } from '../retry/retry-after.ts';
import { proportionalEvents } from './boundary-events.ts';
import { cutRecording, readRecording } from './cut-recording.ts';
import { limitedBody } from './limited-body.ts';
import { listAzureSpeakers } from './list-speakers.ts';
import { type MannerSettings, mannerName, mannerOf } from './manners.ts';
import { allowedSpeakers, type CastSettings, offerOf } from './microsoft-speakers.ts';
import { prepareText } from './prepared-text.ts';
import { type CallSettings, serviceCalls } from './service-calls.ts';
import { ssml } from './ssml.ts';
import {
  cannotSpeak,
  type Delivery,
  noOffer,
  type OfferOptions,
  type Utterance,
  type Voice,
  VoiceUnavailable,
} from './voice.ts';
import { wordTimes } from './word-times.ts';

export interface AzureSettings extends MannerSettings, CallSettings {
  /** Key of a Speech resource. Never logged, and never part of an error. */
  key: string;
  /** Region of that resource, like `southeastasia`. */
  region: string;
  /** Time limit of one attempt in milliseconds. */
  timeoutMs?: number;
  /** Replaces the region's address. */
  endpoint?: string;
  /** Without it only the narrator has a voice. */
  cast?: CastSettings | undefined;
}

const version = 4;
const outputFormat = 'audio-24khz-96kbitrate-mono-mp3';
/** A segment has seconds of audio; a longer response does not belong to it. */
const longestSound = 16 * 1024 * 1024;

/**
 * Azure Speech over its REST interface: the same speakers as Edge's, as a paid service with an SLA. The interface returns no
 * word times, so each word takes its share of the audio.
 */
export class AzureVoice implements Voice {
  readonly provider = 'azure';
  readonly name: string;
  readonly concurrency: number;
  readonly longestMs: number;
  readonly #settings: AzureSettings;
  readonly #calls: ReturnType<typeof serviceCalls>;

  constructor(settings: AzureSettings) {
    this.#settings = settings;
    this.name = this.soundOf();
    this.#calls = serviceCalls(settings);
    this.concurrency = this.#calls.concurrency;
    this.longestMs = this.#calls.longestMs;
  }

  soundOf(delivery?: Delivery): string {
    return `azure ${mannerName(mannerOf(this.#settings, delivery))} v${version}`;
  }

  async offer(options?: OfferOptions): Promise<Offer> {
    const { cast, key } = this.#settings;
    if (!cast) return noOffer;
    const speakers = await allowedSpeakers(cast, () => listAzureSpeakers(this.#endpoint, key), options);
    return offerOf(speakers, this.#settings);
  }

  async speak(text: string, delivery?: Delivery): Promise<Utterance> {
    const { spoken, words } = prepareText(text);
    const body = ssml(spoken, mannerOf(this.#settings, delivery), { tight: true });
    const mp3 = await this.#calls.make(
      (left) => this.#request(body, text, left),
      (reason) => `Azure Speech returned no audio after several attempts: ${reason}`,
    );
    // It is paid for, so audio that can't be decoded is not requested again.
    const cut = cutRecording(whole(mp3, text));
    const { duration } = cut;
    return {
      mp3: cut.mp3,
      duration,
      words: wordTimes(words, proportionalEvents(spoken, duration), duration, 0),
    };
  }

  async close(): Promise<void> {
    this.#calls.close();
  }

  get #endpoint(): string {
    const { region, endpoint } = this.#settings;
    return endpoint ?? `https://${region}.tts.speech.microsoft.com`;
  }

  async #request(body: string, text: string, left: number): Promise<Uint8Array> {
    const { key, timeoutMs = 20_000 } = this.#settings;
    const timeout = AbortSignal.timeout(Math.max(1, Math.floor(Math.min(timeoutMs, left))));
    let response: Response;
    let sound: Uint8Array;
    try {
      response = await fetch(new URL('/cognitiveservices/v1', this.#endpoint), {
        method: 'POST',
        headers: {
          'Ocp-Apim-Subscription-Key': key,
          'Content-Type': 'application/ssml+xml',
          'X-Microsoft-OutputFormat': outputFormat,
          'User-Agent': 'manga-pipeline',
        },
        body,
        redirect: 'error',
        signal: AbortSignal.any([timeout, this.#calls.signal]),
      });
      sound = await limitedBody(response, longestSound);
    } catch (error) {
      if (this.#calls.signal.aborted) throw this.#calls.signal.reason;
      if (timeout.aborted) throw new TransientError('no response in time', { cause: error });
      throw new TransientError('the connection was cut', { cause: error });
    }
    if (response.ok && sound.length > 0) return sound;
    throw refusal(response, text);
  }
}

/** Classifies the documented statuses of the text-to-speech REST interface. */
function refusal({ status, ok, headers }: Response, text: string): Error {
  const asked = { retryAfterMs: retryAfterMs(headers) };
  if (ok) return new TransientError('the response was empty');
  if (status === 400) return cannotSpeak(text, 'Azure Speech rejects the request (400)');
  if (status === 401 || status === 403)
    return new VoiceUnavailable(
      `Azure Speech rejects the key (${status}). Check that it belongs to a Speech resource in the configured region, and store it again: make secrets SET=voice.`,
    );
  if (status === 429) return new TransientError('too many requests, or the quota is used up (429)', asked);
  if (status === 408 || status >= 500) return new TransientError(`the server failed (${status})`, asked);
  return new VoiceUnavailable(`Azure Speech returned ${status}.`);
}

function whole(mp3: Uint8Array, text: string) {
  try {
    return readRecording(mp3);
  } catch (cause) {
    throw cannotSpeak(text, `Azure returned incomplete audio: ${(cause as Error).message}`, cause);
  }
}
