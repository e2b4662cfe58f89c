import { audioRate } from './timeline.ts';

const rawMono = ['-f', 's16le', '-ar', String(audioRate), '-ac', '1'];

/** Loudness that players expect of speech, and the peak that no sample passes before AAC adds its own. */
export const targetLoudness = -15;
const peakLimit = 10 ** (-1.5 / 20);

/** Decodes several segments in one run, each to a raw file of its own. */
export function decodeArguments(files: readonly { mp3: string; raw: string }[]): string[] {
  return [
    ...files.flatMap(({ mp3 }) => ['-i', mp3]),
    ...files.flatMap(({ raw }, index) => ['-map', `${index}:a:0`, ...rawMono, raw]),
  ];
}

/** Measures the whole track (EBU R128); the summary is at the end of the log. */
export function measureArguments(track: string): string[] {
  return [...rawMono, '-i', track, '-af', 'ebur128=framelog=verbose', '-f', 'null', '-'];
}

/** The integrated loudness in the measuring run's log, in LUFS; undefined where there was nothing to hear. */
export function readLoudness(log: string): number | undefined {
  const found = /Integrated loudness:\s+I:\s+(-?[\d.]+) LUFS/.exec(log)?.[1];
  const loudness = found === undefined ? Number.NaN : Number(found);
  return loudness > -70 ? loudness : undefined;
}

/**
 * Encodes the track once as a whole: one gain for all of it, so that nothing pumps, and a limiter for the few peaks
 * that the gain lifts too high. Both channels carry the voice, which is 3 dB louder than the mono track measured.
 */
export function encodeSoundArguments(track: string, loudness: number | undefined, output: string): string[] {
  const stereoGain = 10 * Math.log10(2);
  const gain = loudness === undefined ? 0 : targetLoudness - (loudness + stereoGain);
  const filters = [
    `volume=${Math.max(-30, Math.min(30, gain)).toFixed(2)}dB`,
    `alimiter=limit=${peakLimit.toFixed(4)}:level=disabled`,
    'pan=stereo|c0=c0|c1=c0',
  ];
  return [
    ...[...rawMono, '-i', track, '-af', filters.join(',')],
    ...['-c:a', 'aac', '-b:a', '128k', '-ar', String(audioRate), '-ac', '2', '-threads', '1'],
    ...['-map_metadata', '-1', '-flags', '+bitexact', '-fflags', '+bitexact', '-f', 'mp4', output],
  ];
}
