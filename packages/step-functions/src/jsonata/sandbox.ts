/**
 * Evaluates JSONata in a separate process with limits on time and memory, so that no expression can block or crash the
 * service, not even a regular expression that never finishes or a text that fills the heap. A thread (`broker.ts`)
 * manages that process, and the engine waits for the result synchronously, so that a step of a state stays atomic.
 */

import { extname } from 'node:path';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { Json } from '../json.ts';

export interface Request {
  readonly texts: readonly string[];
  readonly bindings: Readonly<Record<string, Json>>;
}

export type Evaluated =
  | { readonly type: 'value'; readonly value: Json }
  /** JSONata's `undefined`. */
  | { readonly type: 'nothing' }
  | { readonly type: 'error'; readonly message: string };

/** The broker always responds long before this. */
const longestWaitMs = 30_000;

interface Broker {
  readonly port: MessagePort;
  /** 1 when the response is available. */
  readonly flag: Int32Array;
}

let broker: Broker | undefined;

/** Evaluates expressions that share the same bindings. An expression cannot make it throw. */
export function evaluateJsonata(request: Request): Evaluated[] {
  const { port, flag } = warmUp();
  Atomics.store(flag, 0, 0);
  port.postMessage(JSON.stringify(request));
  if (Atomics.wait(flag, 0, 0, longestWaitMs) !== 'timed-out') {
    const answer = receiveMessageOnPort(port) as { message: string } | undefined;
    if (answer) return JSON.parse(answer.message) as Evaluated[];
  }
  broker = undefined;
  port.close();
  throw new Error('the process that evaluates JSONata does not respond');
}

/** Starts the thread and the process, so that the first expression does not wait for them. */
function warmUp(): Broker {
  if (broker) return broker;
  const { port1, port2 } = new MessageChannel();
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL(`./broker${extname(import.meta.url)}`, import.meta.url), {
    workerData: { port: port2, flag },
    transferList: [port2],
  });
  worker.unref();
  port1.unref();
  broker = { port: port1, flag };
  return broker;
}
