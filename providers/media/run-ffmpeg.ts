import { runProcess } from './run-process.ts';

export interface FfmpegOptions {
  binary: string;
  /** Time limit in milliseconds. */
  timeoutMs: number;
  signal?: AbortSignal | undefined;
  /** The complete environment; by default that of this process. */
  environment?: Readonly<Record<string, string>> | undefined;
  /** Bytes for `pipe:0`; a chunk can be reused once the next one is requested. */
  input?: AsyncIterable<Uint8Array> | undefined;
}

/** Limit of a single allocation: the largest that our frames and filters need is a few megabytes. */
const maxAllocation = 256 * 1024 * 1024;

/**
 * Returns the options that every FFmpeg run starts with: non-interactive, no terminal, only warnings in the log, and no
 * allocation that could take the machine down.
 */
export const globalArguments = (options: { readsStdin: boolean }): string[] => [
  '-hide_banner',
  '-nostats',
  '-y',
  ...(options.readsStdin ? [] : ['-nostdin']),
  ...['-max_alloc', String(maxAllocation)],
];

/**
 * Runs FFmpeg with `args` (inputs, filters, outputs; the global options are added) and resolves with the end of its log.
 * Rejects with ProcessFailed, whose message has the log's last lines, or with the signal's reason.
 */
export const runFfmpeg = (args: readonly string[], { binary, ...options }: FfmpegOptions): Promise<string> =>
  runProcess(binary, [...globalArguments({ readsStdin: options.input !== undefined }), ...args], options);
