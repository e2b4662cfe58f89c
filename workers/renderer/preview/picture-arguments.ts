import type { VideoFormat } from '../../../domain/video-format.ts';
import { type BurntSubtitles, subtitleFilter } from '../pieces/piece-arguments.ts';
import { frameSizes } from '../shots/shot.ts';

/** Returns the arguments that encode one raw frame as a JPEG, which has other colours than video: BT.601, full range. */
export function pictureArguments(format: VideoFormat, output: string, subtitles?: BurntSubtitles): string[] {
  const { width, height } = frameSizes[format];
  const colours = 'in_color_matrix=bt709:in_range=tv:out_color_matrix=bt601:out_range=pc';
  const filters = [
    ...(subtitles ? [subtitleFilter(subtitles)] : []),
    `scale=${width / 2}:${height / 2}:${colours}`,
    'format=yuvj420p',
  ];
  return [
    ...['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${width}x${height}`, '-i', 'pipe:0'],
    ...['-vf', filters.join(','), '-frames:v', '1', '-q:v', '4', '-f', 'mjpeg', output],
  ];
}
