import type { Offer } from '../../domain/cast.ts';
import { monotonicClock } from '../retry/clock.ts';
import { memoryRateLimiter } from '../retry/rate-limiter.ts';
import { TransientError } from '../retry/retry.ts';
import { retryAfterMs } from '../retry/retry-after.ts';
import { boundaryEvents } from './boundary-events.ts';
import { cutRecording, readRecording, recordedSeconds } from './cut-recording.ts';
import { edgeClient } from './edge-token.ts';
import { edgeTurn, type Recording } from './edge-turn.ts';
import { listEdgeSpeakers } from './list-speakers.ts';
import { type MannerSettings, mannerName, mannerOf } from './manners.ts';
import { allowedSpeakers, type CastSettings, offerOf } from './microsoft-speakers.ts';
import { prepareText } from './prepared-text.ts';
import { type CallSettings, serviceCalls } from './service-calls.ts';
import { ssml } from './ssml.ts';
import {
  type Delivery,
  noOffer,
  type OfferOptions,
  type Utterance,
  type Voice,
  VoiceUnavailable,
} from './voice.ts';
import { WebSocketClosed, WebSocketRefused } from './web-socket.ts';
import { wordTimes } from './word-times.ts';

export interface EdgeSettings extends MannerSettings, CallSettings {
  /** Time limit of one attempt in milliseconds. */
  timeoutMs?: number;
  endpoint?: string;
  /** The machine's clock, in ms since 1970. */
  clock?: () => number;
  /** Without it only the narrator has a voice. */
  cast?: CastSettings | undefined;
}

/** Raised when the same text would sound different. */
const version = 4;
/** Largest time by which a recording can end before its last word, in seconds. */
const tolerance = 0.3;
/** Close codes of a server that rejects the request itself; repeating it does not help. */
const finalCodes = new Set([1002, 1003, 1007, 1008, 1009, 1010]);

const wayOut = 'Set `voice` to another one until this is fixed, or add others after it.';

/** The read-aloud voices of the Edge browser: good and free, but without any guarantee. */
export class EdgeVoice implements Voice {
  readonly provider = 'edge';
  readonly name: string;
  readonly concurrency: number;
  readonly longestMs: number;
  readonly #settings: EdgeSettings;
  readonly #calls: ReturnType<typeof serviceCalls>;
  /** Difference between the server's clock and ours, in ms. */
  #skew = 0;
  /** Delays every utterance while the server asks for a pause. */
  readonly #pace = memoryRateLimiter(0, monotonicClock.now);

  constructor(settings: EdgeSettings) {
    this.#settings = settings;
    this.name = this.soundOf();
    this.#calls = serviceCalls(settings);
    this.concurrency = this.#calls.concurrency;
    this.longestMs = this.#calls.longestMs;
  }

  soundOf(delivery?: Delivery): string {
    return `edge ${mannerName(mannerOf(this.#settings, delivery))} v${version}`;
  }

  async offer(options?: OfferOptions): Promise<Offer> {
    const { cast, endpoint } = this.#settings;
    if (!cast) return noOffer;
    return offerOf(await allowedSpeakers(cast, () => listEdgeSpeakers(endpoint), options), this.#settings);
  }

  async speak(text: string, delivery?: Delivery): Promise<Utterance> {
    const { spoken, words } = prepareText(text);
    const markup = ssml(spoken, mannerOf(this.#settings, delivery));
    return this.#calls.make(
      async (left) => {
        const { mp3, boundaries } = await this.#record(markup, left);
        const recording = whole(mp3);
        const [first, last] = [boundaries[0], boundaries.at(-1)];
        const spokenUntil = last ? last.start + last.duration : 0;
        if (recordedSeconds(recording) + tolerance < spokenUntil)
          throw new TransientError('the audio ends before its last word');
        const cut = cutRecording(recording, first && { from: first.start, to: spokenUntil });
        const events = boundaryEvents(spoken, boundaries);
        const { duration, offset } = cut;
        return { mp3: cut.mp3, duration, words: wordTimes(words, events, duration, offset) };
      },
      (reason) => `Edge returned no audio after several attempts: ${reason}. ${wayOut}`,
    );
  }

  async close(): Promise<void> {
    this.#calls.close();
  }

  async #record(markup: string, left: number): Promise<Recording> {
    const quiet = this.#pace.next() - monotonicClock.now();
    // Not awaited here: `retry` knows how much time there is.
    if (quiet > 0) throw new TransientError('it asked for a pause (429)', { retryAfterMs: quiet });
    try {
      return await this.#turn(markup, left);
    } catch (error) {
      if (!(error instanceof WebSocketRefused) || error.status !== 403) throw this.#meaning(error);
      this.#adjustClock(error);
    }
    try {
      return await this.#turn(markup, left);
    } catch (error) {
      if (!(error instanceof WebSocketRefused) || error.status !== 403) throw this.#meaning(error);
      throw new VoiceUnavailable(
        `Edge rejects this client (403), even with the server's time: most likely the service no longer accepts Sec-MS-GEC-Version ${edgeClient.version}. ${wayOut}`,
        { cause: error },
      );
    }
  }

  async #turn(markup: string, left: number): Promise<Recording> {
    const { endpoint = edgeClient.endpoint, clock = Date.now, timeoutMs = 20_000 } = this.#settings;
    const limit = Math.max(1, Math.min(timeoutMs, left));
    const timeout = new AbortController();
    const timer = setTimeout(
      () => timeout.abort(new TransientError(`no end of the audio within ${(limit / 1000).toFixed(1)} s`)),
      limit,
    );
    try {
      const signal = AbortSignal.any([this.#calls.signal, timeout.signal]);
      const recording = await edgeTurn(markup, { endpoint, now: clock() + this.#skew, signal });
      if (recording.mp3.length === 0) throw new TransientError('the turn ended without audio');
      return recording;
    } catch (error) {
      if (timeout.signal.aborted) throw timeout.signal.reason;
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** A wrong clock gives tokens that are rejected: the server's `Date` has the time that it accepts. */
  #adjustClock({ headers }: WebSocketRefused): void {
    const theirs = Date.parse(headers.date ?? '');
    if (Number.isFinite(theirs)) this.#skew = theirs - (this.#settings.clock ?? Date.now)();
  }

  #meaning(error: unknown): unknown {
    if (this.#calls.signal.aborted) return this.#calls.signal.reason;
    if (error instanceof TransientError || error instanceof VoiceUnavailable) return error;
    if (error instanceof WebSocketRefused) {
      const wait = retryAfterMs(error.headers);
      if (error.status === 429) {
        void this.#pace.pauseUntil(monotonicClock.now() + Math.max(wait ?? 0, this.#calls.policy.backoffMs));
        return new TransientError('too many requests (429)', { cause: error, retryAfterMs: wait });
      }
      if (error.status >= 500)
        return new TransientError(`the server failed (${error.status})`, {
          cause: error,
          retryAfterMs: wait,
        });
      return new VoiceUnavailable(`Edge returned ${error.status}. ${wayOut}`, { cause: error });
    }
    if (error instanceof WebSocketClosed && finalCodes.has(error.code))
      return new VoiceUnavailable(`Edge rejects the request: ${error.message}. ${wayOut}`, {
        cause: error,
      });
    const reason = error instanceof Error ? error.message : String(error);
    return new TransientError(`the connection was cut: ${reason}`, { cause: error });
  }
}

function whole(mp3: Buffer) {
  try {
    return readRecording(mp3);
  } catch (cause) {
    throw new TransientError(`the audio is incomplete: ${(cause as Error).message}`, { cause });
  }
}
