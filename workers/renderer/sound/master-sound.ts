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

/** Runs FFmpeg with arguments and returns the end of its log. */
type Run = (args: string[]) => Promise<string>;

/** AAC raises peaks slightly. */
const firstCeiling = highestPeak - 1;
const mostGain = 40;
/** Number of attempts at a gain, until the limiter's effect on loudness is compensated. */
const mostTries = 5;
/** The harder the limiter works, the less of a gain remains: later steps are larger than the difference. */
const stride = 1.4;
const closeEnough = 0.1;

/**
 * Encodes the track at the wanted loudness and below the highest peak, both measured on the encoded file. Throws
 * RenderError with the figures if that is impossible. Silence stays silence.
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
    if (attempt === 2) throw new RenderError(`The sound misses its targets: ${fault}`);
    // Compensates the effect of encoding in advance.
    wanted += targetLoudness - made.loudness;
    if (made.peak > highestPeak) ceiling -= made.peak - highestPeak + 0.3;
  }
}

/** The raw track gives the gain if no peak is limited; otherwise gains are tried and increased. */
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
