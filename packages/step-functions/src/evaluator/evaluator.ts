/**
 * Evaluates expressions and checks definitions in separate processes with limits on time and memory, so that no expression can
 * block or crash the service, not even a regular expression that never finishes or a text that fills the heap. A thread
 * (`broker.ts`) starts and ends each process, because the start of a process blocks the thread that asks for it.
 */

import { extname } from 'node:path';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { Evaluated, Request } from '../elsewhere.ts';
import { jsonTextAround } from '../json.ts';
import { type EvaluatorMessage, type EvaluatorResponse, readResults } from './messages.ts';

interface Waiting {
  readonly request: Request;
  /** A thread with this request has ended. */
  readonly again?: true;
  readonly isNeeded: () => boolean;
  readonly resolve: (results: readonly Evaluated[]) => void;
  readonly reject: (error: Error) => void;
}

/** A request that waits for this time is given to another process. */
const patienceMs = 50;
/** Further processes end when nothing has needed them for this time. */
const idleMs = 10_000;

/**
 * Processes that share the requests. The first one starts with the first request; others start while requests wait for slow ones,
 * so that an expression which never ends delays only as many others as there are processes.
 */
class Evaluator {
  readonly #limitMs: number;
  readonly #mostProcesses: number;
  readonly #queue: Waiting[] = [];
  /** By the number of the process that has the request. */
  readonly #running = new Map<number, Waiting>();
  #processes = 1;
  #broker: MessagePort | undefined;
  #sending: NodeJS.Immediate | undefined;
  #impatience: NodeJS.Timeout | undefined;
  #idleness: NodeJS.Timeout | undefined;

  /** `limitMs` is the longest processor time for a request; it ends the process. */
  constructor(limitMs: number, mostProcesses: number) {
    this.#limitMs = limitMs;
    this.#mostProcesses = mostProcesses;
  }

  evaluate(request: Request, isNeeded: () => boolean): Promise<readonly Evaluated[]> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ request, isNeeded, resolve, reject });
      this.#schedule();
    });
  }

  /** Sends one request in a separate turn, since it can take long to write one. */
  #schedule(): void {
    this.#sending ??= setImmediate(() => {
      this.#sending = undefined;
      this.#send();
    });
  }

  #send(): void {
    this.#broker ??= this.#startBroker();
    while (this.#queue[0] && !this.#queue[0].isNeeded()) this.#queue.shift()?.resolve([]);
    const free = Array.from({ length: this.#processes }, (_, process) => process).filter(
      (process) => !this.#running.has(process),
    );
    const [process] = free;
    const next = process === undefined ? undefined : this.#queue.shift();
    if (process !== undefined && next) this.#run(process, next);
    if (free.length > 1 && this.#queue.length > 0) this.#schedule();
    if (this.#running.size > 0) this.#broker.ref();
    else this.#broker.unref();
    this.#addOrEnd();
  }

  /** Gives a request to a process. One that cannot be written is rejected, and the process stays free. */
  #run(process: number, waiting: Waiting): void {
    let request: string;
    try {
      request = jsonTextAround(waiting.request);
    } catch (error) {
      waiting.reject(error instanceof Error ? error : new Error(String(error)));
      this.#schedule();
      return;
    }
    this.#running.set(process, waiting);
    const message: EvaluatorMessage = { process, request };
    this.#broker?.postMessage(message);
  }

  /** Starts a further process for requests that wait, and ends those that none has needed for long. */
  #addOrEnd(): void {
    clearTimeout(this.#idleness);
    if (this.#queue.length > 0 && this.#processes < this.#mostProcesses)
      this.#impatience ??= setTimeout(() => {
        this.#impatience = undefined;
        const wanted = Math.min(this.#mostProcesses, this.#processes + this.#queue.length);
        // Each takes requests once it has answered this one.
        for (; this.#processes < wanted; this.#processes += 1)
          this.#run(this.#processes, { request: nothing, isNeeded: () => true, resolve() {}, reject() {} });
      }, patienceMs);
    if (this.#running.size > 0 || this.#processes === 1) return;
    this.#idleness = setTimeout(() => {
      for (let process = 1; process < this.#processes; process += 1) {
        const message: EvaluatorMessage = { process, request: undefined };
        this.#broker?.postMessage(message);
      }
      this.#processes = 1;
    }, idleMs).unref();
  }

  #startBroker(): MessagePort {
    const { port1, port2 } = new MessageChannel();
    const worker = new Worker(new URL(`./broker${extname(import.meta.url)}`, import.meta.url), {
      workerData: { port: port2, limitMs: this.#limitMs },
      transferList: [port2],
    });
    worker.unref();
    let reason = new Error('the thread that evaluates expressions has ended');
    worker.once('error', (error) => {
      reason = error;
    });
    worker.once('exit', () => this.#lose(reason));
    port1.on('message', ({ process, response }: EvaluatorResponse) => {
      const done = this.#running.get(process);
      this.#running.delete(process);
      this.#schedule();
      done?.resolve(readResults(response));
    });
    return port1;
  }

  /**
   * Starts another thread when there are requests. Those that were in the ended one are evaluated once more: one of them can be
   * what ended it.
   */
  #lose(reason: Error): void {
    this.#broker = undefined;
    this.#processes = 1;
    const lost = [...this.#running.values()].filter(({ request }) => request !== nothing);
    this.#running.clear();
    for (const { reject } of lost.filter(({ again }) => again)) reject(reason);
    this.#queue.unshift(
      ...lost.filter(({ again }) => !again).map((waiting) => ({ ...waiting, again: true as const })),
    );
    if (this.#queue.length > 0) this.#schedule();
  }
}

/** A request whose results are empty; its process starts, so that it is there for others. */
const nothing: Request = { kind: 'jsonata', texts: [], bindings: {} };

/** Longer than JSONata's own limit of an expression, whose message is more precise. */
const expressions = new Evaluator(2000, 4);
/** Definitions have their own processes, since a large one takes seconds. */
const definitions = new Evaluator(20_000, 2);

/**
 * Evaluates a request. An expression cannot make it reject. Returns nothing for a request
 * that is no longer needed when its turn comes.
 */
export function evaluate(
  request: Request,
  isNeeded: () => boolean = () => true,
): Promise<readonly Evaluated[]> {
  return expressions.evaluate(request, isNeeded);
}

/** Checks a definition. */
export async function check(request: Request): Promise<Evaluated | undefined> {
  const [result] = await definitions.evaluate(request, () => true);
  return result;
}
