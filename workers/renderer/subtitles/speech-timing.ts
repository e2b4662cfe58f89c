import { RenderError } from '../../../domain/errors.ts';
import type { SpokenWord } from '../../../domain/speech.ts';
import { audioRate } from '../timeline.ts';

/** Tolerance between a word's time and its sound, in seconds. */
export const mostOff = 0.08;
/** Share of times that can be further off, and one in a short video: a soft start is heard later than it is spoken. */
const doubtful = 0.05;
/** Maximum deviation of any word. */
const neverOff = 0.4;

const step = audioRate / 100;
/** Amplitude relative to a segment's loudest part below which it is silent. */
const silence = 10 ** (-36 / 20);
/** Shorter silences are within words; in steps of a hundredth of a second. */
const shortestSilence = 15;
const shortestSound = 2;

/**
 * Returns the times at which sounds begin after a silence, including the first one, in seconds.
 * @param samples mono at 48 kHz
 */
export function onsets(samples: Int16Array): number[] {
  const levels: number[] = [];
  for (let start = 0; start + step <= samples.length; start += step) {
    let sum = 0;
    for (let at = start; at < start + step; at++) sum += (samples[at] as number) ** 2;
    levels.push(Math.sqrt(sum / step));
  }
  const threshold = silence * levels.reduce((most, level) => Math.max(most, level), 0);
  const found: number[] = [];
  let silent = shortestSilence;
  for (let at = 0; at < levels.length; at++) {
    const sounds = levels.slice(at, at + shortestSound).every((level) => level > threshold);
    if (sounds && silent >= shortestSilence) found.push(at / 100);
    silent = sounds || (levels[at] as number) > threshold ? 0 : silent + 1;
  }
  return found;
}

/** A written word can be several spoken ones, with a pause between them: `29A-12345` on a number plate. */
const beginsOf = ({ start, parts = [] }: SpokenWord) => [start, ...parts];

/** Distance of the beginning of a sound from the nearest word, in seconds. */
export interface TimingError {
  error: number;
  segment: number;
  /** Seconds of the segment. */
  at: number;
}

/**
 * Compares the words' times, which subtitles are made from, with the audio of a segment: where sound begins after a silence, a word must
 * begin.
 * @param words with times in the segment's own seconds; none for a voice without word times
 */
export function timingErrors(
  segment: number,
  words: readonly SpokenWord[],
  samples: Int16Array,
): TimingError[] {
  if (words.length === 0) return [];
  return onsets(samples).map((at, index) => {
    // The first sound belongs to the first word, later ones to the nearest.
    const begins = index === 0 ? words.slice(0, 1).map(({ start }) => start) : words.flatMap(beginsOf);
    return { error: Math.min(...begins.map((begin) => Math.abs(begin - at))), segment, at };
  });
}

/** Throws RenderError naming the worst position when the times of a video are off. */
export function checkTiming(errors: readonly TimingError[]): void {
  const off = errors.filter(({ error }) => error > mostOff);
  const worst = off.reduce((most, one) => (one.error > most.error ? one : most), {
    error: 0,
    segment: 0,
    at: 0,
  });
  if (off.length <= Math.max(1, doubtful * errors.length) && worst.error <= neverOff) return;
  const milliseconds = Math.round(worst.error * 1000);
  throw new RenderError(
    `Subtitles are out of sync with the speech: ${off.length} of ${errors.length} sounds begin more than ${mostOff * 1000} ms off their word, the worst by ${milliseconds} ms in segment ${worst.segment} at ${worst.at.toFixed(2)} s`,
  );
}
