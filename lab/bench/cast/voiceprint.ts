import { median } from '../../figures/median.ts';

/** The qualities by which a listener tells voices apart: the pitch, and how the power is spread over the frequencies. */
export interface Voiceprint {
  /** Median fundamental frequency in hertz. */
  pitch: number;
  /** Power in each of `bands`, in dB, with their mean at 0. */
  spectrum: number[];
}

/** Centres of third octaves from 125 Hz to 8 kHz. */
const bands = Array.from({ length: 19 }, (_, n) => 125 * 2 ** (n / 3));

const frameSeconds = 0.04;
/** Frames below this root mean square of 16-bit samples are pauses. */
const silence = 500;

function framesOf(samples: Int16Array, sampleRate: number): Int16Array[] {
  const length = Math.round(frameSeconds * sampleRate);
  const frames: Int16Array[] = [];
  for (let from = 0; from + 2 * length <= samples.length; from += length) {
    const frame = samples.subarray(from, from + 2 * length);
    const power = frame.reduce((sum, sample) => sum + sample * sample, 0) / frame.length;
    if (power > silence ** 2) frames.push(frame);
  }
  return frames;
}

/** Returns the frequency at which half of a frame repeats itself in it, from 60 to 450 Hz; undefined if it is unvoiced. */
function pitchOf(frame: Int16Array, sampleRate: number): number | undefined {
  const half = frame.length >> 1;
  let best = { likeness: 0.7, lag: 0 };
  for (let lag = Math.floor(sampleRate / 450); lag < sampleRate / 60; lag++) {
    let [product, power, shifted] = [0, 0, 0];
    for (let n = 0; n < half; n++) {
      const [one, other] = [frame[n] ?? 0, frame[n + lag] ?? 0];
      product += one * other;
      power += one * one;
      shifted += other * other;
    }
    const likeness = product / Math.sqrt(power * shifted || 1);
    // A multiple of the period is as like, so a longer one has to be clearly better.
    if (likeness > best.likeness + 0.02) best = { likeness, lag };
  }
  return best.lag ? sampleRate / best.lag : undefined;
}

/** Returns the power of a frame at a frequency (Goertzel's algorithm). */
function powerAt(frame: Int16Array, frequency: number, sampleRate: number): number {
  const turn = 2 * Math.cos((2 * Math.PI * frequency) / sampleRate);
  let [before, last] = [0, 0];
  for (const sample of frame) [before, last] = [last, sample + turn * last - before];
  return last * last + before * before - turn * last * before;
}

export function voiceprint(samples: Int16Array, sampleRate: number): Voiceprint {
  const frames = framesOf(samples, sampleRate);
  const pitches = frames.flatMap((frame) => pitchOf(frame, sampleRate) ?? []);
  const levels = bands.map((band) => {
    // Three frequencies a band, so that one harmonic does not decide.
    const powers = [-1, 0, 1].flatMap((step) =>
      frames.map((frame) => powerAt(frame, band * 2 ** (step / 9), sampleRate)),
    );
    return 10 * Math.log10(powers.reduce((sum, power) => sum + power, 1) / powers.length);
  });
  const mean = levels.reduce((sum, level) => sum + level, 0) / levels.length;
  return { pitch: pitches.length > 0 ? median(pitches) : 0, spectrum: levels.map((level) => level - mean) };
}

export interface Difference {
  semitones: number;
  /** Root mean square over the bands, in dB. */
  timbre: number;
}

export function differenceOf(one: Voiceprint, other: Voiceprint): Difference {
  const gaps = one.spectrum.map((level, band) => level - (other.spectrum[band] ?? 0));
  return {
    semitones: Math.abs(12 * Math.log2(one.pitch / other.pitch)),
    timbre: Math.sqrt(gaps.reduce((sum, gap) => sum + gap * gap, 0) / gaps.length),
  };
}
