import type { VideoFormat } from '../../domain/video-format.ts';
import type { MusicChoice } from './sound/music-by-mood.ts';

/** The renderer's access to the bucket: bound to S3 by the worker, to a folder by tests. */
export interface RendererPorts {
  readJson(key: string): Promise<unknown>;
  download(key: string, toFile: string): Promise<void>;
  /** Downloads an object if it still is the version of that name. */
  downloadVersion(key: string, version: string, toFile: string): Promise<void>;
  /** Returns the name of the current version of each object below a prefix, by its key. Equal names mean equal bytes. */
  versionsBelow(prefix: string): Promise<ReadonlyMap<string, string>>;
  upload(key: string, fromFile: string, contentType: string): Promise<void>;
  /** Reports a stored piece, or a part of the sound, that can't be used: it is made again and replaced. */
  reportBroken(key: string): Promise<void>;
  /** Reports percent of the whole render, and the estimated time left once it is known. */
  reportProgress(done: number, total: number, secondsLeft?: number): Promise<void>;
}

export interface Music extends MusicChoice {
  credit: string;
}

export interface RenderOptions {
  /** Shapes to render; the first one is the video that is published. */
  formats: readonly VideoFormat[];
  /** Whether subtitles are drawn into the picture; files are written in any case. */
  burnSubtitles: boolean;
  /** Whether an upright excerpt is made too, with subtitles in the picture. */
  shorts: boolean;
  /** Music under the voice, and its author and licence. */
  music?: Music | undefined;
  /** Signs a finished video, or a Short, in place. */
  sign?: (file: string) => Promise<void>;
  /** The FFmpeg binary. */
  ffmpeg: string;
  /** A folder for this render; its files are removed at the end. Briefly holds the video twice. */
  workDirectory: string;
  /** Number of pieces that are encoded in parallel. */
  cores: number;
  signal: AbortSignal;
}

export interface RenderedVideo {
  seconds: number;
  frames: number;
  /** Number of pieces, and how many of them already existed. */
  pieces: number;
  reused: number;
  /** Number of subtitles that are too fast to read. */
  fastSubtitles: number;
  subtitles: number;
  /** Length of the Short in seconds, or why there is none; undefined if none is wanted. */
  short: { seconds: number } | { missing: string } | undefined;
  /** Letters of cards and thumbnail without a font: they are missing in the pictures. */
  undrawnLetters: readonly string[];
}
