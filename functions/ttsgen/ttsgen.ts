import { createHash } from 'node:crypto';
import { type Artifacts, artifactsOf } from '../../domain/artifacts.ts';
import { SpeechFailed } from '../../domain/errors.ts';
import type { JobId } from '../../domain/job.ts';
import type { Script, Segment } from '../../domain/script.ts';
import type { SegmentTiming, Speech } from '../../domain/speech.ts';
import type { Voice } from '../../providers/voices/voice.ts';
import { positionOf, workThrough } from '../continuation.ts';
import { ContinuableInput } from '../job-input.ts';
import type { ReportProgress } from '../progress.ts';

export interface TtsgenPorts {
  getScript(key: string): Promise<Script>;
  findTiming(key: string): Promise<SegmentTiming | undefined>;
  putAudio(key: string, mp3: Uint8Array): Promise<void>;
  putJson(key: string, value: SegmentTiming | Speech): Promise<void>;
  voice: Voice;
  markSpeaking(jobId: JobId): Promise<void>;
  markSpoken(jobId: JobId, seconds: number): Promise<void>;
  reportProgress: ReportProgress;
  /** What is left of the call's time, in ms. */
  timeLeft(): number;
}

/** Names what a segment sounds like: the same text by the same voice is never synthesized twice. */
const contentOf = (segment: Segment, voice: Voice) =>
  createHash('sha256')
    .update(JSON.stringify([voice.name, segment.text]))
    .digest('hex');

async function speakSegment(segment: Segment, artifacts: Artifacts, ports: TtsgenPorts): Promise<void> {
  const key = artifacts.speechTiming(segment.index);
  const content = contentOf(segment, ports.voice);
  if ((await ports.findTiming(key))?.content === content) return;
  const { mp3, duration, words } = await ports.voice.speak(segment.text);
  const audio = artifacts.speechAudio(segment.index);
  await ports.putAudio(audio, mp3);
  const { index, pause_after } = segment;
  await ports.putJson(key, { index, audio, duration, pause_after, words, content });
}

async function assemble(script: Script, artifacts: Artifacts, ports: TtsgenPorts): Promise<Speech> {
  const segments: Speech['segments'] = [];
  for (const { index, pause_after } of script.segments) {
    const timing = await ports.findTiming(artifacts.speechTiming(index));
    if (!timing)
      throw new SpeechFailed(`The audio of segment ${index} is missing; ttsgen has to run from the start`);
    const { audio, duration, words } = timing;
    segments.push({ index, audio, duration, pause_after, words });
  }
  const duration = segments.reduce((sum, segment) => sum + segment.duration + segment.pause_after, 0);
  const speech: Speech = { job_id: script.job_id, voice: ports.voice.name, duration, segments };
  await ports.putJson(artifacts.speech, speech);
  return speech;
}

/**
 * Speaks the script. Each segment's timing is a checkpoint; when the time is nearly up the call answers a token, and
 * the state machine calls again with it.
 */
export async function run(input: unknown, ports: TtsgenPorts) {
  const { job_id, continuation_token } = ContinuableInput.parse(input);
  const artifacts = artifactsOf(job_id);
  await ports.markSpeaking(job_id);
  const script = await ports.getScript(artifacts.script);
  const total = script.segments.length;
  const from = positionOf(continuation_token, total);
  const batch = await workThrough(script.segments, from, ports.timeLeft, async (segment, position) => {
    await speakSegment(segment, artifacts, ports);
    await ports.reportProgress(job_id, { step: 'GenerateTTS', done: position + 1, total });
  });
  if (!batch.finished) {
    return { job_id, audio_generated: false, segment_count: total, continuation_token: String(batch.next) };
  }
  const speech = await assemble(script, artifacts, ports);
  await ports.markSpoken(job_id, speech.duration);
  return { job_id, audio_generated: true, segment_count: total, continuation_token: null };
}
