import { readFile, rm } from 'node:fs/promises';
import * as z from 'zod';
import { powersOf } from './loudness.ts';
import type { SoundPart } from './plan-parts.ts';
import { samplesOf } from './raw-samples.ts';
import { driveArguments } from './sound-arguments.ts';

const Powers = z.array(z.number());

/** Measures of a part before its mastering: the loudness of the whole is calculated from all parts. */
export const MeasuredPart = z.object({
  /** Powers of the tenths of a second of the part, before the limiter. */
  raw: Powers,
  /** The same at each drive of the limiter. */
  driven: z.array(z.object({ drive: z.number(), powers: Powers })),
  /** Distances of sounds from their words. */
  timing: z.array(z.object({ error: z.number(), segment: z.number(), at: z.number() })),
});
export type MeasuredPart = z.infer<typeof MeasuredPart>;

/** Runs FFmpeg with arguments and returns the end of its log. */
export type Run = (args: string[]) => Promise<string>;

/** Measures a mixed part, which is also in a file, at each drive. */
export async function measurePart(
  { from, to, begin }: SoundPart,
  { mixed, track }: { mixed: Int16Array; track: string },
  drives: readonly number[],
  run: Run,
): Promise<Omit<MeasuredPart, 'timing'>> {
  const powers = (samples: Int16Array) => powersOf(samples.subarray(0, to - begin), from - begin);
  const fileOf = (drive: number) => `${track}.${drive}`;
  try {
    await run(driveArguments(track, drives, fileOf));
    const driven: MeasuredPart['driven'] = [];
    for (const drive of drives)
      driven.push({ drive, powers: powers(samplesOf(await readFile(fileOf(drive)))) });
    return { raw: powers(mixed), driven };
  } finally {
    for (const drive of drives) await rm(fileOf(drive), { force: true });
  }
}
