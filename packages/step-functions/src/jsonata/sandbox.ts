/**
 * JSONata is evaluated in a process of its own, with bounds on its time and memory: no expression can hang the service
 * or take it down, not even with a regular expression that never finishes or a text that fills the heap. A thread
 * (`broker.ts`) keeps that process, and the engine waits for its answer without leaving its turn, so that a state's
 * step stays one step.
 */

import { extname } from 'node:path';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { type Json, parseJson } from '../json.ts';

export interface Request {
  readonly texts: readonly string[];
  readonly bindings: Readonly<Record<string, Json>>;
}

export type Evaluated =
  | { readonly type: 'value'; readonly value: Json }
  /** JSONata's `undefined`. */
  | { readonly type: 'nothing' }
  | { readonly type: 'error'; readonly message: string };

/** The broker answers long before, whatever the expression does. */
const LONGEST_WAIT_MS = 30_000;

interface Broker {
  readonly port: MessagePort;
  /** 1 once the answer is there. */
  readonly flag: Int32Array;
}

let broker: Broker | undefined;

/** Evaluates expressions that all see the same bindings. Never throws for what an expression does. */
export function evaluateJsonata(request: Request): Evaluated[] {
  const { port, flag } = warmUp();
  Atomics.store(flag, 0, 0);
  port.postMessage(JSON.stringify(request));
  if (Atomics.wait(flag, 0, 0, LONGEST_WAIT_MS) !== 'timed-out') {
    const answer = receiveMessageOnPort(port) as { message: string } | undefined;
    if (answer) return parseJson(answer.message) as unknown as Evaluated[];
  }
  broker = undefined;
  port.close();
  throw new Error('the process that evaluates JSONata does not answer');
}

/** Starts thread and process, so that the first expression need not wait for them. */
export function warmUp(): Broker {
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
