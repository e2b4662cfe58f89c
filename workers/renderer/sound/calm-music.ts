import { audioRate } from '../timeline.ts';

/** Seconds of each chord; four of them make the loop. */
const chordSeconds = 4;
/** MIDI note numbers (69 is A, 440 Hz): C, A minor, F and G, each with its seventh or ninth. */
const chords = [
  [48, 55, 64, 71],
  [45, 52, 60, 67],
  [41, 53, 60, 64],
  [43, 50, 59, 69],
] as const;
/** Strength of each partial of a tone. */
const padPartials = [1, 0.32, 0.12];
const pluckPartials = [1, 0.45, 0.2, 0.08];
/** Single notes an octave above the chord. */
const plucksPerChord = 8;
const order = [0, 2, 1, 3, 2, 1, 3, 2];
const pluckLevel = 0.22;

const frequencyOf = (note: number) => 440 * 2 ** ((note - 69) / 12);

/**
 * Makes a quiet loop of 16 seconds, composed for this project, mono at 48 kHz: soft chords and single plucked notes.
 * Sound beyond its end continues at its beginning, so that it repeats without a seam.
 */
export function calmMusic(): Int16Array {
  const loop = new Float64Array(chords.length * chordSeconds * audioRate);
  for (const [index, chord] of chords.entries()) {
    const start = index * chordSeconds;
    for (const note of chord)
      addTone(loop, { note, start, seconds: chordSeconds + 1.5, partials: padPartials, level: swell });
    for (let pluck = 0; pluck < plucksPerChord; pluck++) {
      const note = (chord[order[pluck] as number] as number) + 12;
      const at = start + (pluck * chordSeconds) / plucksPerChord;
      const level = (time: number) => pluckLevel * Math.exp(-4 * time);
      addTone(loop, { note, start: at, seconds: 1.6, partials: pluckPartials, level });
    }
  }
  const highest = loop.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return Int16Array.from(loop, (value) => Math.round((value / highest) * 0.7 * 32_767));
}

/** Envelope: fades in and out slowly over a chord and a little of the next one. */
const swell = (time: number, seconds: number) => Math.sin((Math.PI * time) / seconds) ** 2;

/** Levels are calculated a thousand times a second; finer steps of a slow change are inaudible. */
const levelStep = audioRate / 1000;

interface Tone {
  note: number;
  /** Both in seconds. */
  start: number;
  seconds: number;
  partials: readonly number[];
  level(time: number, seconds: number): number;
}

function addTone(loop: Float64Array, { note, start, seconds, partials, level }: Tone): void {
  const first = Math.round(start * audioRate);
  const length = Math.round(seconds * audioRate);
  for (const [index, strength] of partials.entries()) {
    const step = (2 * Math.PI * frequencyOf(note) * (index + 1)) / audioRate;
    // sin(n·step) from the two previous values.
    const turn = 2 * Math.cos(step);
    let [now, last] = [0, -Math.sin(step)];
    let place = first % loop.length;
    for (let begin = 0; begin < length; begin += levelStep) {
      const gain = strength * level((begin * seconds) / length, seconds) * fadeOf(begin, length);
      const end = Math.min(length, begin + levelStep);
      for (let at = begin; at < end; at++) {
        loop[place] = (loop[place] as number) + gain * now;
        if (++place === loop.length) place = 0;
        const following = turn * now - last;
        last = now;
        now = following;
      }
    }
  }
}

/** Fades each tone in and out over five milliseconds, to avoid clicks. */
const fadeOf = (at: number, length: number) => Math.min(1, Math.min(at, length - at) / (0.005 * audioRate));
