import { audioRate } from '../timeline.ts';

const rawMono = ['-f', 's16le', '-ar', String(audioRate), '-ac', '1'];

/** YouTube's playback loudness, and the tolerance for the whole video; LUFS by EBU R128. */
export const targetLoudness = -14;
export const loudnessTolerance = 0.5;
/** Maximum true peak, in dBTP. */
export const highestPeak = -1;

/** Decodes several segments in one run, each to a separate raw file. */
export function decodeArguments(files: readonly { mp3: string; raw: string }[]): string[] {
  return [
    ...files.flatMap(({ mp3 }) => ['-i', mp3]),
    ...files.flatMap(({ raw }, index) => ['-map', `${index}:a:0`, ...rawMono, raw]),
  ];
}

/** Longer music is cut: ten minutes of samples are 58 MB of memory. */
const longestMusic = '600';

/** Decodes music to a raw file, without its cover picture. */
export function decodeMusicArguments(file: string, raw: string): string[] {
  return ['-i', file, '-map', '0:a:0', '-t', longestMusic, ...rawMono, raw];
}

/** Mastering of the track: one gain for all of it, to avoid pumping, and a limit for its peaks, in dB. */
export interface Mastering {
  gain: number;
  ceiling: number;
}

/** Both channels carry the voice. */
const toBothEars = 'pan=stereo|c0=c0|c1=c0';

/** True peaks are limited at four times the sample rate. */
const mastered = ({ gain, ceiling }: Mastering): string =>
  [
    `volume=${gain.toFixed(2)}dB`,
    `aresample=${4 * audioRate}`,
    `alimiter=limit=${(10 ** (ceiling / 20)).toFixed(4)}:attack=2:release=60:level=disabled`,
    `aresample=${audioRate}`,
    toBothEars,
  ].join(',');

/** Finding true peaks makes a measurement three times as long, so it is done only where needed. */
const measuringLoudness = 'ebur128=framelog=verbose';
const measuringPeaksToo = 'ebur128=peak=true:framelog=verbose';

/** Measures the loudness of the raw track, as it is or mastered; the summary is at the end of the log. */
export function measureTrackArguments(track: string, mastering?: Mastering): string[] {
  const heard = mastering ? mastered(mastering) : toBothEars;
  return [...rawMono, '-i', track, '-af', `${heard},${measuringLoudness}`, '-f', 'null', '-'];
}

/** Measures a finished sound and its peaks. */
export function measureFileArguments(file: string): string[] {
  return ['-i', file, '-map', '0:a:0', '-af', measuringPeaksToo, '-f', 'null', '-'];
}

export interface Measured {
  /** Integrated, LUFS. */
  loudness: number;
  /** True peak, dBTP; not a number where it was not measured. */
  peak: number;
}

/** Parses the result of a measurement; undefined for silence. */
export function readMeasured(log: string): Measured | undefined {
  const loudness = Number(/Integrated loudness:\s+I:\s+(-?[\d.]+) LUFS/.exec(log)?.[1] ?? Number.NaN);
  const peak = Number(/True peak:\s+Peak:\s+(-?[\d.]+|-?inf) dBFS/.exec(log)?.[1] ?? Number.NaN);
  return loudness > -70 ? { loudness, peak } : undefined;
}

/** Encodes the track once as a whole. */
export function encodeSoundArguments(track: string, mastering: Mastering, output: string): string[] {
  return [
    ...[...rawMono, '-i', track, '-af', mastered(mastering)],
    ...['-c:a', 'aac', '-b:a', '128k', '-ar', String(audioRate), '-ac', '2', '-threads', '1'],
    ...['-map_metadata', '-1', '-flags', '+bitexact', '-fflags', '+bitexact', '-f', 'mp4', output],
  ];
}
