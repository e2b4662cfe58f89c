import type { VideoFormat } from '../../domain/shots.ts';
import type { MusicSource } from './sound/mix-music.ts';

/** The bucket as the renderer needs it: bound to S3 by the worker, to a folder by tests. */
export interface RendererPorts {
  readJson(key: string): Promise<unknown>;
  download(key: string, toFile: string): Promise<void>;
  exists(key: string): Promise<boolean>;
  upload(key: string, fromFile: string, contentType: string): Promise<void>;
  /** Percent of the whole render, and about how long the rest will take, once that can be told. */
  reportProgress(done: number, total: number, secondsLeft?: number): Promise<void>;
}

export interface Music {
  source: MusicSource;
  credit: string;
}

export interface RenderOptions {
  /** Shapes to render; the first one is the video that is published. */
  formats: readonly VideoFormat[];
  /** Draw the subtitles into the pictures; they lie beside the video in any case. */
  burnSubtitles: boolean;
  /** What is heard under the voice, and whom to credit for it under which licence. */
  music?: Music | undefined;
  /** The FFmpeg binary. */
  ffmpeg: string;
  /** A folder of this render's own; its files are removed at the end. Holds the video twice for a moment. */
  workDirectory: string;
  /** Pieces that are encoded at the same time. */
  cores: number;
  signal: AbortSignal;
}

export interface RenderedVideo {
  seconds: number;
  frames: number;
  /** Pieces in all, and how many of them were there already. */
  pieces: number;
  reused: number;
  /** Subtitles that pass too fast to be read along, of all. */
  fastSubtitles: number;
  subtitles: number;
  /** Letters of cards and thumbnail that there is no font for: they are missing in the pictures. */
  undrawnLetters: readonly string[];
}
