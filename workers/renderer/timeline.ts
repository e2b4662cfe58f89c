import { RenderError } from '../../domain/errors.ts';
import type { Script, Segment } from '../../domain/script.ts';
import type { Speech, SpokenSegment, SpokenWord } from '../../domain/speech.ts';

export const framesPerSecond = 30;
export const audioRate = 48_000;
export const samplesPerFrame = audioRate / framesPerSecond;

/** A segment with its position: `start` and `end` in seconds and in frames, its pause included. */
export interface TimedSegment {
  segment: Segment;
  audio: string;
  start: number;
  /** End of the speech and start of the pause. */
  speechEnd: number;
  end: number;
  firstFrame: number;
  lastFrame: number;
  words: SpokenWord[];
}

export interface Timeline {
  segments: TimedSegment[];
  frames: number;
}

export const frameAt = (seconds: number) => Math.round(seconds * framesPerSecond);
export const sampleAt = (seconds: number) => Math.round(seconds * audioRate);

/**
 * Places the segments end to end. Frames are calculated from the cumulative time, never from a sum of rounded ones, so
 * picture and sound do not drift in long videos. Throws RenderError when script and speech do not match.
 */
export function makeTimeline(script: Script, speech: Speech): Timeline {
  const spokenByIndex = new Map(speech.segments.map((spoken) => [spoken.index, spoken]));
  const segments: TimedSegment[] = [];
  let time = 0;
  for (const segment of script.segments) {
    const spoken = spokenByIndex.get(segment.index);
    if (!spoken) throw new RenderError(`speech.json has no segment ${segment.index} of script.json`);
    segments.push(place(segment, spoken, time));
    time += spoken.duration + spoken.pause_after;
  }
  if (speech.segments.length !== script.segments.length) {
    throw new RenderError(
      `speech.json has ${speech.segments.length} segments, script.json ${script.segments.length}`,
    );
  }
  return { segments, frames: Math.max(1, frameAt(time)) };
}

function place(segment: Segment, spoken: SpokenSegment, start: number): TimedSegment {
  const end = start + spoken.duration + spoken.pause_after;
  return {
    segment,
    audio: spoken.audio,
    start,
    speechEnd: start + spoken.duration,
    end,
    firstFrame: frameAt(start),
    lastFrame: frameAt(end),
    words: spoken.words,
  };
}
