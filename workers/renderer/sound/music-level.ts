import type { TimedSegment } from '../timeline.ts';
import { speechLevel } from './level-speech.ts';

/** Loudness of music without speech, in LUFS before mastering. */
export const musicLevel = speechLevel - 8;
/** Difference under a voice, in dB. */
const ducked = 12;
/** Music is lowered this long before a voice begins, and rises so long after it ended; in seconds. */
const before = 0.1;
const after = 0.25;
/** Duration of the ramp between the two levels. */
const ramp = 0.25;
/** In a shorter pause the music stays low, to avoid pumping. */
const shortestPause = 0.7;
const fadeIn = 1.5;
const fadeOut = 3;

/** Returns the music's gain at a time of the video, 0 to 1. Times must be requested in order. */
export type GainAt = (time: number) => number;

/** A voice without longer pauses, in seconds. */
interface Spoken {
  from: number;
  to: number;
}

/** Creates the course of the music under the voice. @param seconds of the whole video */
export function musicGain(segments: readonly TimedSegment[], seconds: number): GainAt {
  const spoken: Spoken[] = [];
  for (const { start, speechEnd } of segments) {
    const last = spoken.at(-1);
    if (last && start - last.to < shortestPause) last.to = Math.max(last.to, speechEnd);
    else spoken.push({ from: start, to: speechEnd });
  }
  let next = 0;
  return (time) => {
    while (next < spoken.length - 1 && time > (spoken[next]?.to ?? 0) + after + ramp) next++;
    // The next voice lowers the music while it still rises after the last one.
    const down = Math.max(loweredBy(spoken[next], time), loweredBy(spoken[next + 1], time));
    const faded = Math.min(1, time / fadeIn, Math.max(0, (seconds - time) / fadeOut));
    return faded * 10 ** ((-ducked * down) / 20);
  };
}

/** Returns 0 to 1 within a ramp that begins at a time. */
const rise = (time: number, from: number) => Math.min(1, Math.max(0, (time - from) / ramp));

/** Returns how far a voice lowers the music at a time, 0 to 1. */
const loweredBy = (voice: Spoken | undefined, time: number): number =>
  voice ? Math.min(rise(time, voice.from - before - ramp), 1 - rise(time, voice.to + after)) : 0;
