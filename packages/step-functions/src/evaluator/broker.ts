/** The thread between the engine and the process that evaluates expressions; it kills and replaces that process. */

import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { extname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { type MessagePort, workerData } from 'node:worker_threads';
import type { Evaluated, Request } from '../elsewhere.ts';

const startMs = 20_000;
const memoryMb = 128;
const processArguments = [
  `--max-old-space-size=${memoryMb}`,
  '--max-semi-space-size=8',
  new URL(`./process${extname(import.meta.url)}`, import.meta.url).pathname,
];

const { port, limitMs } = workerData as { port: MessagePort; limitMs: number };
let evaluator = startProcess();
/** Receives the next line of the process, or undefined when the process ends. */
let waiting: ((line: string | undefined) => void) | undefined;
let ready = false;

// The next request comes after the response.
port.on('message', async (request: string) => {
  port.postMessage((await ask(request)) ?? exceeded(request));
});

function ask(request: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => evaluator.kill('SIGKILL'), ready ? limitMs : startMs);
    waiting = (line) => {
      clearTimeout(timer);
      ready = line !== undefined;
      waiting = undefined;
      resolve(line);
    };
    evaluator.stdin.write(`${request}\n`);
  });
}

function exceeded(request: string): string {
  const message = `it takes longer than ${limitMs} ms or more than ${memoryMb} MB of memory`;
  const parsed = JSON.parse(request) as Request;
  const failed: Evaluated = { type: 'error', message };
  return JSON.stringify(parsed.kind === 'jsonata' ? parsed.texts.map(() => failed) : [failed]);
}

/** Starts the process without anything of this one: no environment, no terminal, an unrelated working directory. */
function startProcess(): ChildProcessByStdio<Writable, Readable, null> {
  const child = spawn(process.execPath, [...processArguments, String(limitMs)], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { NODE_NO_WARNINGS: '1' },
    cwd: tmpdir(),
  });
  child.stdin.on('error', () => {});
  createInterface({ input: child.stdout }).on('line', (line) => waiting?.(line));
  child.once('close', () => {
    evaluator = startProcess();
    ready = false;
    waiting?.(undefined);
  });
  return child;
}
