/**
 * Evaluates expressions and checks definitions in separate processes with limits on time and memory, so that no expression can
 * block or crash the service, not even a regular expression that never finishes or a text that fills the heap. A thread
 * (`broker.ts`) starts and ends each process, because the start of a process blocks the thread that asks for it.
 */

import { extname } from 'node:path';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { Evaluated, Request } from '../elsewhere.ts';

interface Waiting {
  readonly request: string;
  readonly isNeeded: () => boolean;
  readonly resolve: (results: readonly Evaluated[]) => void;
  readonly reject: (error: Error) => void;
}

/** A process and the requests for it, in the order of their evaluation. The process has the first. */
class Evaluator {
  readonly #limitMs: number;
  readonly #queue: Waiting[] = [];
  #broker: MessagePort | undefined;

  /** `limitMs` is the longest time for a request; it ends the process. */
  constructor(limitMs: number) {
    this.#limitMs = limitMs;
  }

  evaluate(request: string, isNeeded: () => boolean): Promise<readonly Evaluated[]> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ request, isNeeded, resolve, reject });
      if (this.#queue.length === 1) this.#sendNext();
    });
  }

  #sendNext(): void {
    this.#broker ??= this.#startBroker();
    while (this.#queue[0] && !this.#queue[0].isNeeded()) this.#queue.shift()?.resolve([]);
    const [next] = this.#queue;
    if (!next) {
      this.#broker.unref();
      return;
    }
    this.#broker.ref();
    this.#broker.postMessage(next.request);
  }

  #startBroker(): MessagePort {
    const { port1, port2 } = new MessageChannel();
    const worker = new Worker(new URL(`./broker${extname(import.meta.url)}`, import.meta.url), {
      workerData: { port: port2, limitMs: this.#limitMs },
      transferList: [port2],
    });
    worker.unref();
    worker.once('error', (error) => {
      this.#broker = undefined;
      for (const { reject } of this.#queue.splice(0)) reject(error);
    });
    port1.on('message', (response: string) => {
      const done = this.#queue.shift();
      this.#sendNext();
      done?.resolve(JSON.parse(response) as Evaluated[]);
    });
    return port1;
  }
}

/** Longer than JSONata's own limit of an expression, whose message is more precise. */
const expressions = new Evaluator(2000);
/** Definitions have their own process, since a large one takes seconds. */
const definitions = new Evaluator(20_000);

/**
 * Evaluates a request, which is the JSON text of a Request. An expression cannot make it reject. Returns nothing for a request
 * that is no longer needed when its turn comes.
 */
export function evaluate(
  request: string,
  isNeeded: () => boolean = () => true,
): Promise<readonly Evaluated[]> {
  return expressions.evaluate(request, isNeeded);
}

/** Checks a definition. */
export async function check(request: Request): Promise<Evaluated | undefined> {
  const [result] = await definitions.evaluate(JSON.stringify(request), () => true);
  return result;
}
