import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { markSynthetic } from '../../../providers/content-credentials/synthetic-mark.ts';
import { runFfmpeg } from '../../../providers/media/run-ffmpeg.ts';
import type { RenderOptions } from '../ports.ts';
import { framesPerSecond } from '../timeline.ts';
import { concatList, joinArguments } from './piece-arguments.ts';
import type { RenderedPieces } from './render-pieces.ts';

/**
 * Joins the pieces and the sound to a video in the work directory, without encoding them again, and marks it as made by a machine. Returns
 * its file.
 */
export async function joinPieces(
  { pieces }: RenderedPieces,
  sound: string,
  frames: number,
  options: RenderOptions,
): Promise<string> {
  const list = join(options.workDirectory, 'pieces.txt');
  const video = join(options.workDirectory, 'video.mp4');
  await writeFile(list, concatList(pieces));
  await runFfmpeg(joinArguments(list, sound, video), {
    binary: options.ffmpeg,
    timeoutMs: 120_000 + (frames / framesPerSecond) * 200,
    signal: options.signal,
  });
  await markSynthetic(video);
  await options.sign?.(video);
  return video;
}
