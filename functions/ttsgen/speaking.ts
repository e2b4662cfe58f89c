import { createHash } from 'node:crypto';
import pLimit from 'p-limit';
import { type Artifacts, artifactsOf } from '../../domain/artifacts.ts';
import { SpeechFailed } from '../../domain/errors.ts';
import type { JobId } from '../../domain/job.ts';
import type { Script, Segment } from '../../domain/script.ts';
import type { SegmentTiming, Speech } from '../../domain/speech.ts';
import { type Delivery, type Voice, VoiceUnavailable } from '../../providers/voices/voice.ts';
import type { BatchResult } from '../continuation.ts';
import type { ReportProgress } from '../progress.ts';
import { type Cast, type CastingPorts, castFor, sayerOf } from './casting.ts';
import { workSideBySide } from './side-by-side.ts';

export interface TtsgenPorts extends CastingPorts {
  getScript(key: string): Promise<Script>;
  findTiming(key: string): Promise<SegmentTiming | undefined>;
  putAudio(key: string, mp3: Uint8Array): Promise<void>;
  putJson(key: string, value: SegmentTiming | Speech): Promise<void>;
  /** Records that a job says what is cached under the hash, so that a takedown finds it. */
  recordSaid(jobId: JobId, contentHash: string): Promise<void>;
  /** At least one; the next is used when the one before it is unavailable. */
  voices: readonly Voice[];
  /** Whether one video can have several narrators. */
  mixVoices: boolean;
  /** Whether characters have voices. */
  castVoices: boolean;
  markSpeaking(jobId: JobId): Promise<void>;
  markSpoken(
    jobId: JobId,
    spoken: { speech_seconds: number; paid_characters?: number; voice_notes: string[] | null },
  ): Promise<void>;
  reportProgress: ReportProgress;
  /** Time left in the call, in ms. */
  timeLeft(): number;
}

/** Number of checkpoints that are read in parallel. */
const readAtOnce = 32;

/**
 * Speaks one job. The video's voice is the one that spoke the first segment: its checkpoint names it, so that every
 * later call keeps it. An unavailable voice is replaced by the next, from the first segment on, and with it the whole cast.
 */
export class Speaking {
  readonly #jobId: JobId;
  readonly #script: Script;
  readonly #artifacts: Artifacts;
  readonly #ports: TtsgenPorts;
  readonly #hasCast: boolean;
  readonly #casts = new Map<Voice, Promise<Cast>>();
  #done = 0;

  constructor(jobId: JobId, script: Script, ports: TtsgenPorts) {
    this.#jobId = jobId;
    this.#script = script;
    this.#artifacts = artifactsOf(jobId);
    this.#ports = ports;
    this.#hasCast = ports.castVoices && script.segments.some(sayerOf);
  }

  /** Returns the voice that the batch ended with. */
  async speak(from: number): Promise<BatchResult & { voice: Voice }> {
    const { voices } = this.#ports;
    const first = await this.#firstVoice();
    const failures: string[] = [];
    let start = from;
    for (const voice of voices.slice(voices.indexOf(first))) {
      try {
        return { ...(await this.#speakCast(voice, start)), voice };
      } catch (error) {
        if (!(error instanceof VoiceUnavailable)) throw error;
        failures.push(`${voice.name}: ${error.message}`);
        const facts = { job_id: this.#jobId, voice: voice.name, reason: error.message };
        this.#ports.log({ level: 'WARN', event: 'voice_unavailable', ...facts });
        start = 0;
      }
    }
    throw new SpeechFailed(`No voice is available. ${failures.join(' | ')}`);
  }

  /** Returns all timings in order, each with the voice that made it; undefined for those not valid in this video. */
  async timings(voice: Voice): Promise<({ timing: SegmentTiming; maker: Voice } | undefined)[]> {
    const accepted = this.#accepted(voice);
    // A long video has thousands; reading them sequentially would exceed the time left in the call.
    return pLimit(readAtOnce).map(this.#script.segments, async (segment) => {
      const timing = await this.#timingOf(segment);
      const maker = await this.#makerOf(timing, segment, accepted);
      return timing && maker && { timing, maker };
    });
  }

  /** Returns who speaks in this video, how they sound, and what a listener could notice. */
  async cast(voice: Voice): Promise<{ cast: { name: string; sound: string }[]; notes: string[] }> {
    const { parts, notes } = await this.#castOf(voice);
    return { cast: [...parts].map(([name, part]) => ({ name, sound: voice.soundOf({ part }) })), notes };
  }

  #castOf(voice: Voice): Promise<Cast> {
    if (!this.#hasCast) return Promise.resolve({ parts: new Map(), notes: [] });
    const cast = this.#casts.get(voice) ?? castFor(voice, this.#script, this.#ports);
    this.#casts.set(voice, cast);
    return cast;
  }

  async #deliveryOf(segment: Segment, voice: Voice): Promise<Delivery> {
    const sayer = sayerOf(segment);
    const part = sayer && (await this.#castOf(voice)).parts.get(sayer);
    return { mood: segment.mood, ...(part && { part }) };
  }

  /** Returns the hash of what a segment sounds like: the same text by the same voice is never synthesized twice. */
  async #contentOf(segment: Segment, voice: Voice): Promise<string> {
    const sound = voice.soundOf(await this.#deliveryOf(segment, voice));
    return createHash('sha256')
      .update(JSON.stringify([sound, segment.text]))
      .digest('hex');
  }

  /** Returns the voice that made this timing, if it is one of them and the text is unchanged. */
  async #makerOf(
    timing: SegmentTiming | undefined,
    segment: Segment,
    voices: readonly Voice[],
  ): Promise<Voice | undefined> {
    if (!timing) return undefined;
    for (const voice of voices) if ((await this.#contentOf(segment, voice)) === timing.content) return voice;
    return undefined;
  }

  #timingOf(segment: Segment): Promise<SegmentTiming | undefined> {
    return this.#ports.findTiming(this.#artifacts.speechTiming(segment.index));
  }

  /** A cast is never mixed: of two who talk with each other, one would change the voice between two sentences. */
  #accepted(voice: Voice): readonly Voice[] {
    return this.#ports.mixVoices && !this.#hasCast ? this.#ports.voices : [voice];
  }

  async #firstVoice(): Promise<Voice> {
    const { voices } = this.#ports;
    const [preferred] = voices;
    const [segment] = this.#script.segments;
    if (!preferred) throw new SpeechFailed('No voice is configured');
    const pinned = segment && (await this.#makerOf(await this.#timingOf(segment), segment, voices));
    return pinned ?? preferred;
  }

  /**
   * Speaks in a voice. If its provider refuses something because a character's speaker is gone or never was there, that character gets
   * another one, and the rest keep theirs.
   */
  async #speakCast(voice: Voice, from: number): Promise<BatchResult> {
    try {
      return await this.#speakWith(voice, from);
    } catch (error) {
      const isRefusal = error instanceof VoiceUnavailable || error instanceof SpeechFailed;
      if (!isRefusal || !(await this.#isCastChanged(voice))) throw error;
      return this.#speakWith(voice, 0);
    }
  }

  /** Casts by what the provider has now; returns whether that is another cast. */
  async #isCastChanged(voice: Voice): Promise<boolean> {
    const { parts: before } = await this.#castOf(voice);
    if (before.size === 0) return false;
    const cast = await castFor(voice, this.#script, this.#ports, { isRefused: true });
    this.#casts.set(voice, Promise.resolve(cast));
    return JSON.stringify([...cast.parts]) !== JSON.stringify([...before]);
  }

  async #speakWith(voice: Voice, from: number): Promise<BatchResult> {
    const { segments } = this.#script;
    const { timeLeft } = this.#ports;
    this.#done = from;
    const [first] = segments;
    // Alone, so that the checkpoint that names the voice exists before any other.
    if (from === 0 && first) await this.#speakSegment(first, voice, { report: false });
    const { concurrency, longestMs } = voice;
    return workSideBySide(segments, from, { concurrency, longestMs, timeLeft }, (segment) =>
      this.#speakSegment(segment, voice, { report: true }),
    );
  }

  async #speakSegment(segment: Segment, voice: Voice, { report }: { report: boolean }): Promise<void> {
    const { putAudio, putJson, recordSaid, reportProgress } = this.#ports;
    if (!(await this.#makerOf(await this.#timingOf(segment), segment, this.#accepted(voice)))) {
      const content = await this.#contentOf(segment, voice);
      await recordSaid(this.#jobId, content);
      const { mp3, duration, words } = await voice.speak(
        segment.text,
        await this.#deliveryOf(segment, voice),
      );
      const audio = this.#artifacts.speechAudio(segment.index);
      await putAudio(audio, mp3);
      const { index, pause_after } = segment;
      const key = this.#artifacts.speechTiming(index);
      await putJson(key, { index, audio, duration, pause_after, words, content });
    }
    if (!report) return;
    this.#done++;
    const total = this.#script.segments.length;
    await reportProgress(this.#jobId, { step: 'GenerateTTS', done: this.#done, total });
  }
}
