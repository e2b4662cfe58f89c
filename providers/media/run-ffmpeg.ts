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
  /** Called with the output's position in seconds, about twice a second. */
  onProgress?: ((seconds: number) => void) | undefined;
}

/** Limit of a single allocation: the largest that our frames and filters need is a few megabytes. */
const maxAllocation = 256 * 1024 * 1024;

/**
 * Returns the options that every FFmpeg run starts with: non-interactive, no terminal, only warnings in the log, and no
 * allocation that could take the machine down.
 */
export function globalArguments(options: { progress: boolean; readsStdin: boolean }): string[] {
  return [
    '-hide_banner',
    '-nostats',
    '-y',
    ...(options.readsStdin ? [] : ['-nostdin']),
    ...['-max_alloc', String(maxAllocation)],
    ...(options.progress ? ['-progress', 'pipe:1'] : []),
  ];
}

/**
 * Runs FFmpeg with `args` (inputs, filters, outputs; the global options are added) and resolves with the end of its log.
 * Rejects with ProcessFailed, whose message has the log's last lines, or with the signal's reason.
 */
export function runFfmpeg(args: readonly string[], options: FfmpegOptions): Promise<string> {
  const { onProgress } = options;
  const global = globalArguments({
    progress: onProgress !== undefined,
    readsStdin: options.input !== undefined,
  });
  return runProcess(options.binary, [...global, ...args], {
    timeoutMs: options.timeoutMs,
    signal: options.signal,
    environment: options.environment,
    input: options.input,
    onOutput: onProgress && readProgress(onProgress),
  });
}

/** Parses the `key=value` lines of `-progress`; `out_time_ms` is in microseconds despite its name (FFmpeg #7345). */
export function readProgress(onProgress: (seconds: number) => void): (chunk: Buffer) => void {
  let rest = '';
  return (chunk) => {
    const lines = (rest + chunk.toString('latin1')).split('\n');
    rest = (lines.pop() ?? '').slice(-200);
    for (const line of lines) {
      const microseconds = /^out_time_ms=(\d+)/.exec(line)?.[1];
      if (microseconds !== undefined) onProgress(Number(microseconds) / 1e6);
    }
  };
}
