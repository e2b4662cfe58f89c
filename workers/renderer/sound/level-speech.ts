import { integratedLoudness } from './loudness.ts';

/** What every segment is brought to before the whole is; leaves 20 dB for what stands out of speech. */
export const speechLevel = -24;
/** More than this is no difference between voices but something wrong with one. */
const mostGain = 15;
const highestPeak = 0.97;
const fullScale = 32_767;

/** Brings a segment's speech to the common level, in place: whoever spoke it, and however loud that came. */
export const levelSpeech = (samples: Int16Array): void => levelTo(speechLevel, samples);

/** Brings a sound to a loudness in LUFS, in place; silence stays silent. */
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
