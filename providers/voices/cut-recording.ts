import { decoderDelay, mostAtStart, withGaplessTag } from './gapless-tag.ts';
import { type Mp3Frames, mp3Frames } from './mp3-frames.ts';

/** The part of a recording with speech, in seconds. */
export interface SoundingPart {
  from: number;
  to: number;
}

export interface CutRecording {
  mp3: Buffer;
  /** Duration of the decoded audio in seconds, exact to the sample. */
  duration: number;
  /** Duration of what was cut from the start, in seconds. */
  offset: number;
}

/**
 * Time kept before the first and after the last word, so that no consonant is cut; the encoder's delay comes before it.
 */
const lead = 0.02;
const tail = 0.13;

/** Splits a service's recording into frames; throws if it is not complete. */
export const readRecording = (mp3: Uint8Array): Mp3Frames =>
  mp3Frames(Buffer.from(mp3.buffer, mp3.byteOffset, mp3.length));

export const recordedSeconds = ({ frames, samplesPerFrame, sampleRate }: Mp3Frames) =>
  (frames.length * samplesPerFrame) / sampleRate;

/**
 * Cuts the silence around speech from a service's MP3 without decoding it, so a Lambda needs no FFmpeg, and nothing is
 * encoded twice. The renderer adjusts levels, since a service's voice has one level.
 */
export function cutRecording(recording: Mp3Frames, sounding?: SoundingPart): CutRecording {
  const { frames, samplesPerFrame, sampleRate } = recording;
  const all = frames.length * samplesPerFrame;
  const wanted = Math.round(((sounding?.from ?? 0) - lead) * sampleRate);
  const start = Math.min(Math.max(wanted, decoderDelay), mostAtStart, all - samplesPerFrame);
  const stop = sounding ? Math.min(all, Math.round((sounding.to + tail) * sampleRate)) : all;
  const end = Math.max(stop, start + samplesPerFrame);
  // No frame needs a later one, so those after the end are dropped.
  const kept = frames.slice(0, Math.ceil(end / samplesPerFrame));
  const samples = Math.min(end, kept.length * samplesPerFrame) - start;
  const mp3 = withGaplessTag(
    { ...recording, frames: kept },
    { start, end: kept.length * samplesPerFrame - start - samples },
  );
  return { mp3, duration: samples / sampleRate, offset: start / sampleRate };
}
