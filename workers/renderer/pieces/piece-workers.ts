import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { RenderError } from '../../../domain/errors.ts';
import type { PieceMaker, PieceOrder } from './piece-maker.ts';
import type { PieceCommand, PieceReport } from './piece-worker.ts';

export interface EncodeOptions {
  signal: AbortSignal;
  /** Number of frames drawn since the last call, over all pieces. */
  onFrames: (frames: number) => void;
}

/** Another task that keeps one core busy. */
export interface Chore {
  make: (signal: AbortSignal) => Promise<void>;
}

interface PieceWorker {
  encode(order: PieceOrder, signal: AbortSignal, onFrames: EncodeOptions['onFrames']): Promise<void>;
  close(): Promise<void>;
}

/**
 * A worker for each core, for the duration of a job: they load while its pages are fetched, and stay warm for the next
 * shape of the video. The first is this thread, which otherwise only waits: a thread takes 15 MB and has to compile everything again.
 */
export class PieceWorkers {
  readonly #workers: readonly PieceWorker[];

  constructor(cores: number) {
    this.#workers = Array.from({ length: cores }, (_, index) =>
      index === 0 ? new OwnThread() : new WorkerThread(),
    );
  }

  /**
   * Encodes pieces, and runs chores; each free thread takes the next one. `finished` is awaited before its thread
   * continues, so a slow upload delays only one. The first failure, or an abort, stops all of them permanently and is
   * what the returned promise rejects with.
   */
  async encode<P extends { order: PieceOrder }>(
    works: readonly (P | Chore)[],
    finished: (piece: P) => Promise<void>,
    options: EncodeOptions,
  ): Promise<void> {
    const stop = new AbortController();
    const signal = AbortSignal.any([options.signal, stop.signal]);
    const queue = works.values();
    const run = async (worker: PieceWorker) => {
      try {
        for (const work of queue) {
          signal.throwIfAborted();
          if ('make' in work) {
            await work.make(signal);
          } else {
            await worker.encode(work.order, signal, options.onFrames);
            await finished(work);
          }
        }
      } catch (error) {
        stop.abort(error);
        throw error;
      }
    };
    // All have stopped before the promise settles, so that nothing is written afterwards.
    const outcomes = await Promise.allSettled(this.#workers.map(run));
    signal.throwIfAborted();
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.close()));
  }
}

class OwnThread implements PieceWorker {
  /** Loads the picture library, which a process without a render does not need. */
  readonly #maker: Promise<PieceMaker> = import('./piece-maker.ts').then(
    ({ PieceMaker }) => new PieceMaker(),
  );

  constructor() {
    // The first request rejects.
    this.#maker.catch(() => {});
  }

  async encode(order: PieceOrder, signal: AbortSignal, onFrames: EncodeOptions['onFrames']): Promise<void> {
    let counted = 0;
    const count = (drawn: number) => {
      onFrames(drawn - counted);
      counted = drawn;
    };
    try {
      await (await this.#maker).make(order, signal, count);
    } catch (error) {
      signal.throwIfAborted();
      throw new RenderError(`A piece can't be encoded: ${messageOf(error)}`, { cause: error });
    }
    count(order.frames);
  }

  async close(): Promise<void> {
    await this.#maker.catch(() => {});
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Folder of V8's code cache, if this process has one, as where it runs from sources: compiling them takes most of a thread's start. */
const codeCache = getCompileCacheDir();

class WorkerThread implements PieceWorker {
  readonly #worker = new Worker(new URL('./piece-worker.ts', import.meta.url), {
    // Frames are outside the heap; this limits the memory that a bug could use.
    resourceLimits: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 4 },
    env: codeCache ? { NODE_COMPILE_CACHE: dirname(codeCache) } : {},
    execArgv: ['--no-warnings'],
  });
  /** Rejects when the thread ends. */
  readonly #end = Promise.withResolvers<never>();

  constructor() {
    // It can end before it gets work; the next request then rejects.
    this.#end.promise.catch(() => {});
    this.#worker
      .once('error', (error) =>
        this.#end.reject(new RenderError(`A renderer thread died: ${error}`, { cause: error })),
      )
      .once('exit', (code) =>
        this.#end.reject(new RenderError(`A renderer thread ended with status ${code}`)),
      );
  }

  async encode(order: PieceOrder, signal: AbortSignal, onFrames: EncodeOptions['onFrames']): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    let counted = 0;
    const onMessage = (report: PieceReport) => {
      if ('drawn' in report) {
        onFrames(report.drawn - counted);
        counted = report.drawn;
        return;
      }
      if ('failure' in report) return reject(new RenderError(`A piece can't be encoded: ${report.failure}`));
      onFrames(order.frames - counted);
      resolve();
    };
    const onAbort = () => this.#send({ stop: true });
    this.#worker.on('message', onMessage);
    signal.addEventListener('abort', onAbort, { once: true });
    this.#send({ order });
    try {
      await Promise.race([promise, this.#end.promise]);
    } finally {
      this.#worker.off('message', onMessage);
      signal.removeEventListener('abort', onAbort);
    }
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #send(command: PieceCommand): void {
    this.#worker.postMessage(command);
  }
}
