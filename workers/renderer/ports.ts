import type { VideoFormat } from '../../domain/shots.ts';

/** The bucket as the renderer needs it: bound to S3 by the worker, to a folder by tests. */
export interface RendererPorts {
  readJson(key: string): Promise<unknown>;
  download(key: string, toFile: string): Promise<void>;
  exists(key: string): Promise<boolean>;
  upload(key: string, fromFile: string, contentType: string): Promise<void>;
  /** Percent of the whole render. */
  reportProgress(done: number, total: number): Promise<void>;
}

export interface RenderOptions {
  /** Shapes to render; the first one is the video that is published. */
  formats: readonly VideoFormat[];
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
}
