/** The thread between the engine and the processes that evaluate expressions; it kills and replaces them. */

import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { extname } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { type MessagePort, workerData } from 'node:worker_threads';
import type { Evaluated, Request } from '../elsewhere.ts';
import { onWholeLines } from './lines.ts';
import type { EvaluatorMessage, EvaluatorResponse } from './messages.ts';

const startMs = 20_000;
/** Time on the clock, as a multiple of the processor time that the process allows itself: for one that does not run. */
const patience = 30;
const memoryMb = 128;
const processArguments = [
  `--max-old-space-size=${memoryMb}`,
  '--max-semi-space-size=8',
  new URL(`./process${extname(import.meta.url)}`, import.meta.url).pathname,
];

const { port, limitMs } = workerData as { port: MessagePort; limitMs: number };

/** A process that evaluates one request at a time; it is replaced when it ends. */
class Evaluator {
  #child = this.#start();
  /** Receives the next line of the process, or undefined when the process ends. */
  #waiting: ((line: string | undefined) => void) | undefined;
  #ready = false;
  #closed = false;

  ask(request: string): Promise<string | undefined> {
    return new Promise((resolve) => {
      const timer = setTimeout(
        () => this.#child.kill('SIGKILL'),
        this.#ready ? limitMs * patience : Math.max(startMs, limitMs * patience),
      );
      this.#waiting = (line) => {
        clearTimeout(timer);
        this.#ready = line !== undefined;
        this.#waiting = undefined;
        resolve(line);
      };
      this.#child.stdin.write(`${request}\n`);
    });
  }

  close(): void {
    this.#closed = true;
    this.#child.stdin.end();
  }

  /** Starts the process without anything of this one: no environment, no terminal, an unrelated working directory. */
  #start(): ChildProcessByStdio<Writable, Readable, null> {
    const child = spawn(process.execPath, [...processArguments, String(limitMs)], {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { NODE_NO_WARNINGS: '1' },
      cwd: tmpdir(),
    });
    child.stdin.on('error', () => {});
    onWholeLines(child.stdout, (line) => this.#waiting?.(line));
    child.once('close', () => {
      if (this.#closed) return;
      this.#child = this.#start();
      this.#ready = false;
      this.#waiting?.(undefined);
    });
    return child;
  }
}

const evaluators = new Map<number, Evaluator>();

// The next request for a process comes after the response to the last one.
port.on('message', async ({ process, request }: EvaluatorMessage) => {
  if (request === undefined) {
    evaluators.get(process)?.close();
    evaluators.delete(process);
    return;
  }
  const evaluator = evaluators.get(process) ?? new Evaluator();
  evaluators.set(process, evaluator);
  const message: EvaluatorResponse = {
    process,
    response: (await evaluator.ask(request)) ?? exceeded(request),
  };
  port.postMessage(message);
});

function exceeded(request: string): string {
  const message = `it takes longer than ${limitMs} ms of processor time or more than ${memoryMb} MB of memory`;
  const parsed = JSON.parse(request) as Request;
  const failed: Evaluated = { type: 'error', message };
  return JSON.stringify(parsed.kind === 'jsonata' ? parsed.texts.map(() => failed) : [failed]);
}
