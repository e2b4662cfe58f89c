/**
 * A separate program, started by espeak-engine.ts: espeak-ng is GPL-3.0, so it shares no process and no bundle with
 * the pipeline. It responds to each request in turn over Node's message channel.
 */
import type { SpeechEvent } from './word-times.ts';

export interface SpeechRequest {
  id: number;
  /** Without markup. */
  text: string;
  voice: string;
  wordsPerMinute: number;
  /** 0 to 99. */
  pitch: number;
}

export type SpeechAnswer =
  | { id: number; samples: Int16Array; sampleRate: number; events: SpeechEvent[] }
  | { id: number; failure: string };

/** The part of the package that is used here; the package has no types. */
interface EspeakModule {
  eSpeakNGWorker: new () => {
    set_voice(name: string): number;
    set_rate(wordsPerMinute: number): void;
    set_pitch(pitch: number): void;
    set_volume(percent: number): void;
    get_samplerate(): number;
    synthesize(text: string, onSound: (samples: Int16Array, events: EspeakEvent[]) => boolean): void;
  };
}
interface EspeakEvent {
  type: string;
  /** In characters, from 1. */
  text_position: number;
  /** In milliseconds. */
  audio_position: number;
  id?: string | number;
}

// A variable, so that neither the type checker nor a bundler follows it into the package.
const packageName: string = '@echogarden/espeak-ng-emscripten';
const load = ((await import(packageName)) as { default: () => Promise<EspeakModule> }).default;

// espeak seeds its noise with the time of day; with a fixed time the same text sounds the same.
Date.now = () => 0;

/**
 * Uses a fresh engine for every utterance (about 80 ms): a used one carries its noise generator's state into the next.
 */
async function speak({ text, voice, wordsPerMinute, pitch }: SpeechRequest) {
  const engine = new (await load()).eSpeakNGWorker();
  if (engine.set_voice(voice) !== 0) throw new Error(`espeak has no voice ${voice}`);
  engine.set_rate(wordsPerMinute);
  engine.set_pitch(pitch);
  // At a higher volume espeak clips.
  engine.set_volume(70);
  const parts: Int16Array[] = [];
  const events: SpeechEvent[] = [];
  engine.synthesize(text, (samples, found) => {
    parts.push(samples);
    for (const event of found) events.push(...speechEvent(event));
    return false;
  });
  return { samples: concatenated(parts), sampleRate: engine.get_samplerate(), events };
}

function speechEvent({ type, text_position: position, audio_position, id }: EspeakEvent): SpeechEvent[] {
  const time = audio_position / 1000;
  if (type === 'word') return [{ type, position, time }];
  if (type !== 'phoneme') return [];
  // Language switches, such as "(en)", are also phoneme events, but not sounds.
  if (typeof id === 'string' && id.startsWith('(')) return [];
  return [{ type: id === '' ? 'silence' : 'sound', position, time }];
}

function concatenated(parts: readonly Int16Array[]): Int16Array {
  const all = new Int16Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

async function answer(request: SpeechRequest): Promise<SpeechAnswer> {
  try {
    return { id: request.id, ...(await speak(request)) };
  } catch (error) {
    return { id: request.id, failure: error instanceof Error ? error.message : String(error) };
  }
}

let turn = Promise.resolve();
process.on('message', (request: SpeechRequest) => {
  turn = turn.then(async () => {
    process.send?.(await answer(request));
  });
});
// The parent can disappear without a message.
process.on('disconnect', () => process.exit());
