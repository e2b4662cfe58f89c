import { spawn } from 'node:child_process';
import type { Writable } from 'node:stream';

export interface ProcessOptions {
  /** Time limit in milliseconds, after which the process is ended. */
  timeoutMs: number;
  signal?: AbortSignal | undefined;
  /** The complete environment; by default that of this process. */
  environment?: Readonly<Record<string, string>> | undefined;
  /** Bytes for stdin. A chunk is requested only after the previous one was consumed, so it can be reused. */
  input?: AsyncIterable<Uint8Array> | undefined;
  /** Called with every piece of stdout; without it stdout is discarded. */
  onOutput?: ((chunk: Buffer) => void) | undefined;
}

/** A failed program: `detail` is the end of its stderr. */
export class ProcessFailed extends Error {
  override readonly name = 'ProcessFailed';
  readonly detail: string;

  constructor(reason: string, detail: string, options?: ErrorOptions) {
    super(detail === '' ? reason : `${reason}: ${lastLines(detail, 4)}`, options);
    this.detail = detail;
  }
}

const stderrKept = 16 * 1024;
/** Time for a process to end before it is killed. */
const graceMs = 2000;

/**
 * Runs a program without a shell and waits for it. Resolves with the end of its stderr; rejects with
 * ProcessFailed on a status other than 0, a timeout or a failing `input`, and with the signal's reason when aborted.
 */
export async function runProcess(
  binary: string,
  args: readonly string[],
  options: ProcessOptions,
): Promise<string> {
  options.signal?.throwIfAborted();
  const child = spawn(binary, args, {
    stdio: [options.input ? 'pipe' : 'ignore', options.onOutput ? 'pipe' : 'ignore', 'pipe'],
    windowsHide: true,
    env: options.environment,
  });
  let stderr = '';
  let stopped: unknown;
  let killer: NodeJS.Timeout | undefined;

  const stop = (reason: unknown) => {
    if (stopped !== undefined) return;
    stopped = reason;
    child.kill('SIGTERM');
    killer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  };
  const onAbort = () => stop(options.signal?.reason ?? new Error('aborted'));
  const timer = setTimeout(
    () => stop(new ProcessFailed(`${binary} did not end within ${options.timeoutMs / 1000} s`, stderr)),
    options.timeoutMs,
  );
  options.signal?.addEventListener('abort', onAbort, { once: true });

  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-stderrKept);
  });
  if (options.onOutput) child.stdout?.on('data', options.onOutput);

  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  const fed = options.input && child.stdin ? feed(child.stdin, options.input, stop) : undefined;

  try {
    const { code, signal } = await ended;
    await fed;
    if (stopped !== undefined) throw stopped;
    if (code !== 0) throw new ProcessFailed(`${binary} ended with ${signal ?? `status ${code}`}`, stderr);
    return stderr;
  } catch (error) {
    if (error === stopped || error instanceof ProcessFailed) throw error;
    throw new ProcessFailed(`${binary} can't be run`, String(error), { cause: error });
  } finally {
    clearTimeout(timer);
    clearTimeout(killer);
    options.signal?.removeEventListener('abort', onAbort);
  }
}

/** Writes chunk by chunk at the reader's pace. A reader that closed early is judged by its exit status, not here. */
async function feed(
  stdin: Writable,
  input: AsyncIterable<Uint8Array>,
  stop: (reason: unknown) => void,
): Promise<void> {
  let closed = false;
  stdin.on('error', () => {
    closed = true;
  });
  stdin.on('close', () => {
    closed = true;
  });
  try {
    for await (const chunk of input) {
      if (closed) return;
      await new Promise<void>((resolve) => {
        stdin.once('close', resolve);
        stdin.write(chunk, () => {
          stdin.off('close', resolve);
          resolve();
        });
      });
    }
    stdin.end();
  } catch (error) {
    stop(error);
    stdin.destroy();
  }
}

function lastLines(text: string, count: number): string {
  return text.trim().split('\n').slice(-count).join(' | ');
}
