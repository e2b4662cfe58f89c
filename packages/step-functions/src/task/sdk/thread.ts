/** Starts the thread that calls services with the AWS SDK at its first use, and again after it ended. */

import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { SdkCall, SdkCheck, SdkMessage, SdkMock, SdkProblem, SdkResult } from './protocol.ts';

interface Waiting {
  resolve(result: never): void;
  reject(error: Error): void;
}

/** A response that does not fit ends the thread and fails its calls, but not the service. */
const memoryMb = 1024;

export class SdkThread {
  #worker: Worker | undefined;
  #lastId = 0;
  readonly #waiting = new Map<number, Waiting>();

  check(request: Omit<SdkCheck, 'type'>): Promise<SdkProblem[]> {
    return this.#ask({ type: 'check', ...request });
  }

  /** Returns why a mocked result does not conform to the service's model; undefined where the client is missing. */
  checkMock(request: Omit<SdkMock, 'type'>): Promise<string | undefined> {
    return this.#ask({ type: 'mock', ...request });
  }

  /** Rejects if the thread ends. */
  call(request: Omit<SdkCall, 'type'>): Promise<SdkResult> {
    return this.#ask({ type: 'call', ...request });
  }

  close(): void {
    void this.#worker?.terminate();
  }

  #ask<T>(request: SdkMessage['request']): Promise<T> {
    this.#lastId += 1;
    const id = this.#lastId;
    const message: SdkMessage = { id, request };
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#started().postMessage(message);
    });
  }

  #started(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(new URL(`./worker${extname(import.meta.url)}`, import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    });
    worker.unref();
    worker.on('message', ({ id, result }: { id: number; result: never }) => {
      this.#waiting.get(id)?.resolve(result);
      this.#waiting.delete(id);
    });
    worker.on('error', (error: Error) => this.#ended(worker, error));
    worker.on('exit', () => this.#ended(worker, new Error('the thread that calls services ended')));
    this.#worker = worker;
    return worker;
  }

  /** A thread that fails reports an error first and its exit later, when the next thread can have calls already. */
  #ended(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(error);
  }
}
