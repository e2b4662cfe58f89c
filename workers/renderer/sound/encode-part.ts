import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import * as z from 'zod';
import { framesOfAdts } from './adts.ts';
import { powersOf } from './loudness.ts';
import type { Run } from './measure-part.ts';
import { aacFrame, type SoundPart } from './plan-parts.ts';
import { samplesOf } from './raw-samples.ts';
import { checkArguments, encodeSoundArguments, type Mastering, readPeak } from './sound-arguments.ts';

/** Measures of an encoded part: powers of its tenths of a second, its true peak in dBTP if it is not silent, and the hash of its bytes. */
export const EncodedPart = z.object({
  powers: z.array(z.number()),
  peak: z.number().optional(),
  sha256: z.string(),
});
export type EncodedPart = z.infer<typeof EncodedPart>;

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A frame of AAC gives its samples together with the next one: a stream begins with a frame that has none. */
const priming = aacFrame;

/**
 * Encodes a mixed part, and measures it as it is heard. The output has the frames of the part alone: those before it let the encoder
 * settle, so that the frames of all parts, one after the other, are a stream. The first part also has the frame without samples.
 */
export async function encodePart(
  { from, to, begin, end, index }: SoundPart,
  { track, output }: { track: string; output: string },
  mastering: Mastering,
  run: Run,
): Promise<EncodedPart> {
  const [stream, raw] = [`${output}.whole`, `${output}.s16`];
  try {
    await run(encodeSoundArguments(track, mastering, stream));
    const log = await run(
      checkArguments(stream, { from: priming + from - begin, to: priming + to - begin }, raw),
    );
    const heard = samplesOf(await readFile(raw)).subarray(priming, priming + to - begin);
    const first = (priming + from - begin) / aacFrame;
    const frames = framesOfAdts(await readFile(stream));
    // Nothing follows the last part, whose last frame is not full.
    const last = end === to ? undefined : first + (to - from) / aacFrame;
    const own = Buffer.concat(frames.slice(index === 0 ? 0 : first, last));
    await writeFile(output, own);
    const peak = readPeak(log);
    return {
      powers: powersOf(heard, from - begin),
      ...(peak !== undefined && { peak }),
      sha256: sha256Of(own),
    };
  } finally {
    for (const file of [stream, raw]) await rm(file, { force: true });
  }
}
