/**
 * Evaluates expressions in a separate process with limits on time and memory, so that no expression can block or crash the
 * service, not even a regular expression that never finishes or a text that fills the heap. A thread (`broker.ts`)
 * starts and ends that process, because the start of a process blocks the thread that asks for it.
 */

import { extname } from 'node:path';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { Evaluated } from '../elsewhere.ts';

interface Waiting {
  readonly request: string;
  readonly resolve: (results: readonly Evaluated[]) => void;
  readonly reject: (error: Error) => void;
}

/** Requests in the order of their evaluation. The broker has the first. */
const queue: Waiting[] = [];
let broker: MessagePort | undefined;

/** Evaluates a request, which is the JSON text of a Request. An expression cannot make it reject. */
export function evaluate(request: string): Promise<readonly Evaluated[]> {
  return new Promise((resolve, reject) => {
    queue.push({ request, resolve, reject });
    if (queue.length === 1) sendNext();
  });
}

function sendNext(): void {
  broker ??= startBroker();
  const [next] = queue;
  if (!next) {
    broker.unref();
    return;
  }
  broker.ref();
  broker.postMessage(next.request);
}

function startBroker(): MessagePort {
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(new URL(`./broker${extname(import.meta.url)}`, import.meta.url), {
    workerData: port2,
    transferList: [port2],
  });
  worker.unref();
  worker.once('error', (error) => {
    broker = undefined;
    for (const { reject } of queue.splice(0)) reject(error);
  });
  port1.on('message', (response: string) => {
    const done = queue.shift();
    sendNext();
    done?.resolve(JSON.parse(response) as Evaluated[]);
  });
  return port1;
}
