import { integratedLoudness } from './loudness.ts';

/** Level of every segment before the whole is mastered; leaves 20 dB for the peaks of speech. */
export const speechLevel = -24;
/** A larger difference is not one between voices, but a defect of one. */
const mostGain = 15;
const highestPeak = 0.97;
const fullScale = 32_767;

/** Brings a segment's speech to the common level, in place, whatever its voice and loudness. */
export const levelSpeech = (samples: Int16Array): void => levelTo(speechLevel, samples);

/** Brings audio to a loudness in LUFS, in place; silence stays silent. */
export function levelTo(level: number, samples: Int16Array): void {
  const loudness = integratedLoudness(samples);
  if (loudness === undefined) return;
  const wanted = Math.max(-mostGain, Math.min(mostGain, level - loudness));
  let peak = 1;
  for (let index = 0; index < samples.length; index++)
    peak = Math.max(peak, Math.abs(samples[index] as number));
  const gain = Math.min(10 ** (wanted / 20), (highestPeak * fullScale) / peak);
  for (let index = 0; index < samples.length; index++) {
    samples[index] = Math.round((samples[index] as number) * gain);
  }
}
