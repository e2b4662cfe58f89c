import type { EncodedPart } from './encode-part.ts';
import { speechLevel } from './level-speech.ts';
import { loudnessOfPowers } from './loudness.ts';
import { highestPeak, loudnessTolerance, type Mastering, targetLoudness } from './sound-arguments.ts';

/** Target before encoding, which changes loudness and raises peaks slightly. */
export interface Aim {
  /** LUFS. */
  loudness: number;
  /** dBTP. */
  ceiling: number;
}

export const firstAim: Aim = { loudness: targetLoudness, ceiling: highestPeak - 1 };

/** Voice and music are the same in both channels, whose powers add up. */
const bothChannels = 10 * Math.log10(2);
const mostGain = 40;
/** dB between two drives that are measured; loudness between them is interpolated, within 0.1 LU. */
const driveStep = 2;
/** The drive that speech needs if the limiter takes nothing. */
const usualDrive = firstAim.loudness - firstAim.ceiling - speechLevel - bothChannels;
/** The lowest drive that is measured for every sound: speech is at its level within a decibel. */
const lowestDrive = Math.floor(usualDrive - 0.5);
/** Drives of the limiter that are measured for every sound, in dB: sharp voices lose up to three decibels in the limiter. */
export const usualDrives: readonly number[] = [0, 1, 2].map((step) => lowestDrive + step * driveStep);

/** Returns the loudness of a sound in LUFS from the powers of the tenths of a second of one of its equal channels; undefined for silence. */
export function stereoLoudness(powers: readonly number[]): number | undefined {
  const loudness = loudnessOfPowers(powers);
  return loudness === undefined ? undefined : loudness + bothChannels;
}

/**
 * Returns the mastering with which a sound reaches an aim. A limiter whose gain and ceiling rise together does the same, louder: so the
 * loudness is that at a drive, limited at full scale, plus the ceiling. Louder drives are measured until the aim is between two of them.
 * `loudnessAt` returns the loudness at a drive, or undefined where it can't be measured here; then so is the result.
 * @param raw the loudness of the sound before the limiter, in LUFS; undefined for silence, which stays silence
 */
export async function findMastering(
  raw: number | undefined,
  { loudness, ceiling }: Aim,
  loudnessAt: (drive: number) => Promise<number | undefined>,
): Promise<Mastering | undefined> {
  if (raw === undefined) return { gain: 0, ceiling };
  const wanted = loudness - ceiling;
  const within = (drive: number) => Math.max(-mostGain, Math.min(mostGain, drive + ceiling));
  // The limiter only takes, so that the sound is not too loud at this drive.
  let low = lowestDrive + Math.floor((wanted - raw - lowestDrive) / driveStep) * driveStep;
  let atLow = await loudnessAt(low);
  for (let high = low + driveStep; ; high += driveStep) {
    const atHigh = await loudnessAt(high);
    if (atLow === undefined || atHigh === undefined) return undefined;
    if (atHigh >= wanted || within(high) === mostGain || atHigh <= atLow) {
      const share = Math.min(1, Math.max(0, (wanted - atLow) / (atHigh - atLow)));
      return { gain: within(low + driveStep * (Number.isFinite(share) ? share : 0)), ceiling };
    }
    [low, atLow] = [high, atHigh];
  }
}

/**
 * Compares the encoded parts of a sound, as one, with the targets. Returns undefined if they reach them, otherwise the aim that
 * compensates the effect of encoding, and what is wrong.
 */
export function judgeSound(
  encoded: readonly EncodedPart[],
  aim: Aim,
): { fault: string; aim: Aim } | undefined {
  const loudness = stereoLoudness(encoded.flatMap(({ powers }) => powers));
  if (loudness === undefined) return undefined;
  const peak = Math.max(...encoded.map((part) => part.peak ?? Number.NEGATIVE_INFINITY));
  const fault = faultOf(loudness, peak);
  if (fault === undefined) return undefined;
  return {
    fault,
    aim: {
      loudness: aim.loudness + targetLoudness - loudness,
      ceiling: peak > highestPeak ? aim.ceiling - (peak - highestPeak + 0.3) : aim.ceiling,
    },
  };
}

function faultOf(loudness: number, peak: number): string | undefined {
  if (Math.abs(loudness - targetLoudness) > loudnessTolerance)
    return `it has ${loudness.toFixed(1)} LUFS, and ${targetLoudness} ± ${loudnessTolerance} is wanted`;
  if (peak > highestPeak) return `its peak is ${peak} dBTP, and ${highestPeak} is the most`;
  return undefined;
}
