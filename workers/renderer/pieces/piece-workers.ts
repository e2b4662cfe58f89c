import { Worker } from 'node:worker_threads';
import { RenderError } from '../../../domain/errors.ts';
import type { PieceCommand, PieceOrder, PieceReport } from './piece-worker.ts';

export interface EncodeOptions {
  cores: number;
  signal: AbortSignal;
  /** Frames drawn since the last call, over all pieces. */
  onFrames: (frames: number) => void;
}

/** Something else that keeps one core busy. */
export interface Chore {
  /** Of the piece that takes as long. */
  frames: number;
  make: (signal: AbortSignal) => Promise<void>;
}

/**
 * Encodes pieces, and does chores, on as many cores; each takes the next one when it is free. `finished` is awaited
 * before its core goes on, so a slow upload holds back no more than one. The first failure, or an abort, stops all of
 * them and is what the returned promise rejects with.
 */
export async function encodePieces<P extends { order: PieceOrder }>(
  works: readonly (P | Chore)[],
  finished: (piece: P) => Promise<void>,
  options: EncodeOptions,
): Promise<void> {
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const queue = works.values();
  const run = async () => {
    let worker: PieceWorker | undefined;
    try {
      for (const work of queue) {
        signal.throwIfAborted();
        if ('make' in work) {
          await work.make(signal);
          continue;
        }
        worker ??= new PieceWorker(signal, options.onFrames);
        await worker.encode(work.order);
        await finished(work);
      }
    } catch (error) {
      stop.abort(error);
      throw error;
    } finally {
      await worker?.close();
    }
  };
  const runs = Array.from({ length: Math.min(options.cores, works.length) }, run);
  // All have stopped before the caller is told, so that nothing writes behind its back.
  const outcomes = await Promise.allSettled(runs);
  signal.throwIfAborted();
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}

class PieceWorker {
  readonly #worker = new Worker(new URL('./piece-worker.ts', import.meta.url), {
    // Frames live outside the heap; this bounds what else a mistake could fill.
    resourceLimits: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 4 },
    env: {},
    execArgv: ['--no-warnings'],
  });
  readonly #signal: AbortSignal;
  readonly #onFrames: (frames: number) => void;
  #busy: Promise<void> | undefined;
  readonly #onAbort = () => this.#send({ stop: true });

  constructor(signal: AbortSignal, onFrames: (frames: number) => void) {
    this.#signal = signal;
    this.#onFrames = onFrames;
    signal.addEventListener('abort', this.#onAbort, { once: true });
    this.#worker.on('error', () => {});
  }

  encode(order: PieceOrder): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    let counted = 0;
    const onMessage = (report: PieceReport) => {
      if ('drawn' in report) {
        this.#onFrames(report.drawn - counted);
        counted = report.drawn;
        return;
      }
      if ('failure' in report) return reject(new RenderError(`A piece can't be encoded: ${report.failure}`));
      this.#onFrames(order.frames - counted);
      resolve();
    };
    const onError = (error: Error) =>
      reject(new RenderError(`A renderer thread died: ${error}`, { cause: error }));
    const onExit = (code: number) => reject(new RenderError(`A renderer thread ended with status ${code}`));
    this.#worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    this.#send({ order });
    this.#busy = promise.finally(() => {
      this.#worker.off('message', onMessage).off('error', onError).off('exit', onExit);
    });
    return this.#busy;
  }

  async close(): Promise<void> {
    await this.#busy?.catch(() => {});
    this.#signal.removeEventListener('abort', this.#onAbort);
    await this.#worker.terminate();
  }

  #send(command: PieceCommand): void {
    this.#worker.postMessage(command);
  }
}
