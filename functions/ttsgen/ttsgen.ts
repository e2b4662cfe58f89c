import { artifactsOf } from '../../domain/artifacts.ts';
import { silenceAfter } from '../../domain/end-card.ts';
import { positionOf } from '../continuation.ts';
import { ContinuableInput } from '../job-input.ts';
import { Speaking, type TtsgenPorts } from './speaking.ts';

export type { TtsgenPorts };

/** Time for reading thousands of checkpoints and writing speech.json, in ms. */
const timeToAssemble = 30_000;

/**
 * Speaks the script. Each segment's timing is a checkpoint; when the time is nearly up the call returns a token, and
 * the state machine calls again with it.
 */
export async function run(input: unknown, ports: TtsgenPorts) {
  const { job_id, continuation_token } = ContinuableInput.parse(input);
  const artifacts = artifactsOf(job_id);
  await ports.markSpeaking(job_id);
  const script = await ports.getScript(artifacts.script);
  const segment_count = script.segments.length;
  const again = (position: number) => ({
    job_id,
    audio_generated: false,
    segment_count,
    continuation_token: String(position),
  });

  const speaking = new Speaking(job_id, script, ports);
  const from = positionOf(continuation_token, segment_count);
  const batch = await speaking.speak(from);
  if (!batch.finished) return again(batch.next);
  if (from < segment_count && ports.timeLeft() < timeToAssemble) return again(segment_count);
  const timings = await speaking.timings(batch.voice);
  // The checkpoint is of another voice (a call died while it changed voices) or of an older text: start over, and keep
  // what is still valid.
  if (timings.includes(undefined)) return again(0);

  const spoken = timings.filter((timing) => timing !== undefined);
  const chapter = await ports.chapterOf(job_id);
  const segments = spoken.map(({ timing: { index, audio, duration, words } }, position) => {
    const segment = script.segments[position];
    return {
      index,
      audio,
      duration,
      pause_after: segment ? silenceAfter(segment, duration, chapter) : 0,
      words,
    };
  });
  const duration = segments.reduce((sum, segment) => sum + segment.duration + segment.pause_after, 0);
  const voice = [...new Set(spoken.map(({ maker }) => maker.name))].join(' + ');
  const { cast, notes } = await speaking.cast(batch.voice);
  await ports.putJson(artifacts.speech, {
    job_id,
    voice,
    duration,
    ...(cast.length > 0 && { cast }),
    segments,
  });
  // Azure bills characters; the other voices cost nothing.
  const paid_characters = spoken.reduce(
    (sum, { maker }, position) =>
      sum + (maker.name.startsWith('azure') ? (script.segments[position]?.text.length ?? 0) : 0),
    0,
  );
  await ports.markSpoken(job_id, {
    speech_seconds: duration,
    voice_notes: notes.length > 0 ? notes : null,
    ...(paid_characters > 0 && { paid_characters }),
  });
  return { job_id, audio_generated: true, segment_count, continuation_token: null };
}
