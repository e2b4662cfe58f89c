import * as z from 'zod';
import { RenderError } from '../../../domain/errors.ts';
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
export const Mastering = z.object({ gain: z.number(), ceiling: z.number() });
export type Mastering = z.infer<typeof Mastering>;

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

/** Drives the limiter with the track, without oversampling, which costs four times as much and changes loudness little. */
const driven = (drive: number): string =>
  `volume=${drive.toFixed(2)}dB,alimiter=limit=1:attack=2:release=60:level=disabled`;

/** Writes a raw track to a raw file for each drive in dB, limited at full scale. */
export function driveArguments(
  track: string,
  drives: readonly number[],
  fileOf: (drive: number) => string,
): string[] {
  const inputs = drives.map((_, index) => `[i${index}]`);
  const chains = drives.map((drive, index) => `[i${index}]${driven(drive)}[o${index}]`);
  return [
    ...[...rawMono, '-i', track],
    ...['-filter_complex', `[0:a]asplit=${drives.length}${inputs.join('')};${chains.join(';')}`],
    ...drives.flatMap((drive, index) => ['-map', `[o${index}]`, ...rawMono, fileOf(drive)]),
  ];
}

/** Encodes a raw track to AAC in ADTS, whose frames can be cut and joined. */
export function encodeSoundArguments(track: string, mastering: Mastering, output: string): string[] {
  return [
    ...[...rawMono, '-i', track, '-af', mastered(mastering)],
    ...['-c:a', 'aac', '-b:a', '128k', '-ar', String(audioRate), '-ac', '2', '-threads', '1'],
    ...['-map_metadata', '-1', '-flags', '+bitexact', '-fflags', '+bitexact', '-f', 'adts', output],
  ];
}

/** Decodes a stream of AAC to a raw file, and measures the true peak from one of its samples to another; it is in the log. */
export function checkArguments(
  stream: string,
  { from, to }: { from: number; to: number },
  raw: string,
): string[] {
  const checked = `atrim=start_sample=${from}:end_sample=${to},ebur128=peak=true:framelog=verbose`;
  return [
    ...[
      '-i',
      stream,
      '-filter_complex',
      `[0:a:0]asplit[both][whole];[both]pan=mono|c0=0.5*c0+0.5*c1[raw];[whole]${checked}[checked]`,
    ],
    ...['-map', '[raw]', ...rawMono, raw, '-map', '[checked]', '-f', 'null', '-'],
  ];
}

/**
 * Parses the true peak of a measurement in dBTP; undefined for silence. FFmpeg prepares the filters before it knows the stream, and again
 * after it: each time they end with a summary, and only the last one is that of the sound. Throws RenderError if there is none.
 */
export function readPeak(log: string): number | undefined {
  const peak = [...log.matchAll(/True peak:\s+Peak:\s+(-?[\d.]+|-inf) dBFS/g)].at(-1)?.[1];
  if (peak === undefined) throw new RenderError('FFmpeg has not measured the true peak of the sound');
  return peak === '-inf' ? undefined : Number(peak);
}
