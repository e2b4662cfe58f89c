import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runFfmpeg } from '../../../providers/media/run-ffmpeg.ts';
import type { RenderOptions } from '../ports.ts';
import { markSynthetic } from '../synthetic-mark.ts';
import { framesPerSecond } from '../timeline.ts';
import { concatList, joinArguments } from './piece-arguments.ts';
import type { RenderedPieces } from './render-pieces.ts';

export interface JoinedVideo {
  file: string;
  /** Why it is not signed, although it should be. */
  unsigned: string | undefined;
}

/** Joins the pieces and the sound to a video in the work directory, without encoding them again, and marks it as made by a machine. */
export async function joinPieces(
  { pieces }: RenderedPieces,
  sound: string,
  frames: number,
  options: RenderOptions,
): Promise<JoinedVideo> {
  const list = join(options.workDirectory, 'pieces.txt');
  const video = join(options.workDirectory, 'video.mp4');
  await writeFile(list, concatList(pieces));
  await runFfmpeg(joinArguments(list, sound, video), {
    binary: options.ffmpeg,
    timeoutMs: 120_000 + (frames / framesPerSecond) * 200,
    signal: options.signal,
  });
  await markSynthetic(video);
  return { file: video, unsigned: await options.sign?.(video) };
}
