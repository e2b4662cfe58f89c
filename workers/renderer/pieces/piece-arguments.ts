import type { VideoFormat } from '../../../domain/video-format.ts';
import { frameSizes } from '../shots/shot.ts';
import { audioRate, framesPerSecond } from '../timeline.ts';

/** Ticks per second of every piece's clock: one frame is a whole number of them, so pieces join without rounding. */
const timescale = framesPerSecond * 512;

/** An ASS file, and the folder with its font. */
export interface BurntSubtitles {
  file: string;
  fonts: string;
}

/** Escapes a value within a filter: once for the filter's options, and again for the graph (ffmpeg-filters, 4.1). */
const escaped = (value: string) => value.replace(/[\\':]/g, '\\$&').replace(/[\\'[\],;]/g, '\\$&');

/** Returns the filter that draws subtitles into the pictures. */
export const subtitleFilter = ({ file, fonts }: BurntSubtitles) =>
  `ass=${escaped(file)}:fontsdir=${escaped(fonts)}`;

/**
 * Returns the arguments that encode raw frames to one H.264 piece. One thread: pieces run in parallel, and one thread
 * makes the same bytes on every machine. Closed GOPs and equal settings let pieces be joined without encoding again. Half
 * the usual lookahead and unreferenced B-frames save 54 MB for each encoder, for 3 % more bytes. Slow movements over
 * drawings have little of what `veryfast` searches for beyond these settings: a coarser search, B-frames always in threes
 * and whole blocks only, at half a step of CRF less, give the same SSIM in 2 % more bytes for 0.72 of the CPU.
 */
export function pieceArguments(format: VideoFormat, output: string, subtitles?: BurntSubtitles): string[] {
  const { width, height } = frameSizes[format];
  return [
    ...['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${width}x${height}`, '-r', String(framesPerSecond)],
    ...['-i', 'pipe:0', '-an'],
    ...(subtitles ? ['-vf', subtitleFilter(subtitles)] : []),
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '20.5', '-profile:v', 'high', '-level:v', '4.1'],
    ...[
      '-threads',
      '1',
      '-g',
      String(framesPerSecond * 5),
      '-x264-params',
      'open-gop=0:stitchable=1:rc-lookahead=5:b-pyramid=none:subme=2:b-adapt=0:partitions=i4x4,i8x8',
    ],
    ...['-color_range', 'tv', '-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'],
    ...['-video_track_timescale', String(timescale), '-map_metadata', '-1', '-flags', '+bitexact'],
    ...['-fflags', '+bitexact', '-f', 'mp4', output],
  ];
}

/**
 * Environment of the process that makes a piece. By default glibc returns the memory of every frame to the kernel and
 * allocates it again, with five hundred page faults each time; kept, a piece costs 4 % less CPU (mallopt(3)).
 */
export const encoderEnvironment = {
  MALLOC_MMAP_THRESHOLD_: String(32 * 1024 * 1024),
  MALLOC_TRIM_THRESHOLD_: String(256 * 1024 * 1024),
  MALLOC_TOP_PAD_: String(8 * 1024 * 1024),
};

/** Seconds of the frame without samples that a stream of AAC begins with: players leave out what is before the video. */
const priming = 1024 / audioRate;

/**
 * Returns the arguments that join finished pieces and the sound. `list` is a file for the concat demuxer. Without `-xerror`, FFmpeg ends
 * the video before a piece that it can't read, and reports success.
 */
export function joinArguments(list: string, sound: string, output: string): string[] {
  return [
    ...['-xerror', '-f', 'concat', '-safe', '0', '-i', list, '-itsoffset', String(-priming), '-i', sound],
    ...['-map', '0:v:0', '-map', '1:a:0', '-c', 'copy'],
    ...[
      '-video_track_timescale',
      String(timescale),
      '-map_metadata',
      '-1',
      '-metadata:s:a:0',
      'language=vie',
    ],
    ...['-movflags', '+faststart', '-fflags', '+bitexact', '-f', 'mp4', output],
  ];
}

/** Returns the concat demuxer's list; a quote in a path is closed, escaped and opened again. */
export function concatList(pieces: readonly { file: string; frames: number }[]): string {
  const lines = pieces.map(
    ({ file, frames }) =>
      `file '${file.replaceAll("'", "'\\''")}'\nduration ${(frames / framesPerSecond).toFixed(6)}\n`,
  );
  return `ffconcat version 1.0\n${lines.join('')}`;
}
