/** The process that evaluates JSONata: one request a line, one answer a line. It may be killed at any time. */

import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import jsonata from 'jsonata';
import { registerStepFunctions } from './functions.ts';
import type { Evaluated, Request } from './sandbox.ts';

/** An expression stops by itself after this time, where it gets round to looking at the clock. */
const TIMEOUT_MS = 1000;
const DEEPEST_CALLS = 500;
/** Results are data of a state: whatever is much longer than AWS's limit is no use to anyone. */
const LONGEST_RESULT = 4_194_304;
const KEPT_EXPRESSIONS = 1000;

/** Ends the process when it is busy for long and nobody is left to kill it. */
const WATCHDOG = `
  const { workerData } = require('node:worker_threads');
  let seen = 0, turns = 0;
  setInterval(() => {
    const [started, ended] = workerData;
    turns = started !== ended && started === seen ? turns + 1 : 0;
    seen = started;
    if (turns >= 5) process.kill(process.pid, 'SIGKILL');
  }, 1000);`;

/** Requests begun and ended. */
const progress = new Int32Array(new SharedArrayBuffer(8));
new Worker(WATCHDOG, { eval: true, workerData: progress }).unref();

const compiled = new Map<string, jsonata.Expression>();

for await (const line of createInterface({ input: process.stdin })) {
  Atomics.add(progress, 0, 1);
  const { texts, bindings } = JSON.parse(line) as Request;
  const results: Evaluated[] = [];
  for (const text of texts) results.push(await evaluate(text, bindings));
  process.stdout.write(`${JSON.stringify(results)}\n`);
  Atomics.add(progress, 1, 1);
}
process.exit();

async function evaluate(text: string, bindings: Request['bindings']): Promise<Evaluated> {
  try {
    const value: unknown = await compile(text).evaluate(undefined, bindings);
    if (isFunction(value)) return { type: 'error', message: 'the result is a function' };
    const json = JSON.stringify(value);
    if (json === undefined) return { type: 'nothing' };
    if (json.length > LONGEST_RESULT)
      return { type: 'error', message: `the result is longer than ${LONGEST_RESULT} characters` };
    return { type: 'value', value: JSON.parse(json) };
  } catch (error) {
    const { code, message } = error as { code?: string; message?: string };
    return { type: 'error', message: `${code ? `${code}: ` : ''}${message ?? String(error)}` };
  }
}

function compile(text: string): jsonata.Expression {
  const known = compiled.get(text);
  if (known) return known;
  const expression = jsonata(text, { timeout: TIMEOUT_MS, stack: DEEPEST_CALLS });
  registerStepFunctions(expression);
  if (compiled.size >= KEPT_EXPRESSIONS) compiled.clear();
  compiled.set(text, expression);
  return expression;
}

/** JSONata's own functions are objects with a mark. */
function isFunction(value: unknown): boolean {
  return (
    typeof value === 'function' ||
    (typeof value === 'object' &&
      value !== null &&
      ('_jsonata_function' in value || '_jsonata_lambda' in value))
  );
}
