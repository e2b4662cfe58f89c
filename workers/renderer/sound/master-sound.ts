import { RenderError } from '../../../domain/errors.ts';
import {
  encodeSoundArguments,
  highestPeak,
  loudnessTolerance,
  type Mastering,
  type Measured,
  measureFileArguments,
  measureTrackArguments,
  readMeasured,
  targetLoudness,
} from './sound-arguments.ts';

/** Runs FFmpeg with arguments and answers the end of its log. */
type Run = (args: string[]) => Promise<string>;

/** AAC lifts peaks a little above what it is given. */
const firstCeiling = highestPeak - 1;
const mostGain = 40;
/** Gains are tried until the limiter's own effect on loudness is made up for. */
const mostTries = 5;
/** The harder the limiter works, the less of a gain arrives: later steps are larger than what is missing. */
const stride = 1.4;
const closeEnough = 0.1;

/**
 * Encodes the track at the wanted loudness and below the highest peak, both measured on what was encoded. Throws
 * RenderError with the figures where that can't be had. Silence stays as it is.
 */
export async function masterSound(track: string, output: string, run: Run): Promise<void> {
  let ceiling = firstCeiling;
  let wanted = targetLoudness;
  for (let attempt = 1; ; attempt++) {
    const mastering = await findGain(track, wanted, ceiling, run);
    await run(encodeSoundArguments(track, mastering, output));
    const made = readMeasured(await run(measureFileArguments(output)));
    const fault = made && faultOf(made);
    if (!fault) return;
    if (attempt === 2) throw new RenderError(`The sound can't be made as it should be: ${fault}`);
    // What encoding changed is made up for beforehand.
    wanted += targetLoudness - made.loudness;
    if (made.peak > highestPeak) ceiling -= made.peak - highestPeak + 0.3;
  }
}

/** The raw track tells the gain where no peak is limited; where some are, it is tried and made larger. */
async function findGain(track: string, wanted: number, ceiling: number, run: Run): Promise<Mastering> {
  const within = (gain: number) => Math.max(-mostGain, Math.min(mostGain, gain));
  const raw = readMeasured(await run(measureTrackArguments(track)));
  if (!raw) return { gain: 0, ceiling };
  let gain = within(wanted - raw.loudness);
  for (let attempt = 0; attempt < mostTries; attempt++) {
    const measured = readMeasured(await run(measureTrackArguments(track, { gain, ceiling })));
    const missing = wanted - (measured?.loudness ?? wanted);
    if (Math.abs(missing) < closeEnough) break;
    gain = within(gain + missing * stride);
  }
  return { gain, ceiling };
}

function faultOf({ loudness, peak }: Measured): string | undefined {
  if (Math.abs(loudness - targetLoudness) > loudnessTolerance)
    return `it has ${loudness} LUFS, and ${targetLoudness} ± ${loudnessTolerance} is wanted`;
  if (peak > highestPeak) return `its peak is ${peak} dBTP, and ${highestPeak} is the most`;
  return undefined;
}
