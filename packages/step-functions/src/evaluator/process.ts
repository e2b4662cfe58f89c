/** The process that evaluates expressions: one request per line, one response per line. It can be killed at any time. */

import { Worker } from 'node:worker_threads';
import jsonata from 'jsonata';
import type { Evaluated, JsonataRequest, Request } from '../elsewhere.ts';
import { type Json, refuseDeep } from '../json.ts';
import { limitMemory, registerStepFunctions } from '../jsonata/functions.ts';
import { onWholeLines } from './lines.ts';
import { longestResults, tooLong, writtenValue } from './messages.ts';

/** The limit of an expression's processor time; JSONata checks it between evaluation steps. */
const timeoutMs = 1000;
/** AWS's limit: levels of one expression, where `1+1` has two. */
const deepestLevel = 100;
const tooDeep =
  'Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive. ' +
  `Depth=${deepestLevel + 1} max=${deepestLevel}`;
const timedOut = 'Expression evaluation timeout: Check for infinite loop';
const keptExpressions = 1000;

/** Ends the process when a request takes more than its processor time, however busy the machine is. */
const watchdog = `
  const { workerData } = require('node:worker_threads');
  const usedMs = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
  let seen = 0, before = 0;
  setInterval(() => {
    const [started, ended] = workerData.progress;
    if (started === ended || started !== seen) before = usedMs();
    else if (usedMs() - before > workerData.limitMs) process.kill(process.pid, 'SIGKILL');
    seen = started;
  }, 200);`;

const limitMs = Number(process.argv[2]);

/** Numbers of requests started and finished. */
const progress = new Int32Array(new SharedArrayBuffer(8));
new Worker(watchdog, { eval: true, workerData: { progress, limitMs } }).unref();

const compiled = new Map<string, jsonata.Expression>();
/** The time that the process had used when the expression began, and the time when it can have used up its own. */
let begun = process.cpuUsage();
let nextLook = 0;

/**
 * JSONata reads these limits at each step of every expression. It compares `timeout` with time on the clock, which says little on a busy
 * machine, so this is endless until the processor time is used up.
 */
const limits = {
  stack: deepestLevel,
  get timeout() {
    const now = Date.now();
    if (now < nextLook) return Number.POSITIVE_INFINITY;
    const { user, system } = process.cpuUsage(begun);
    const left = timeoutMs - (user + system) / 1000;
    nextLook = now + left;
    return left > 0 ? Number.POSITIVE_INFINITY : Number.MIN_VALUE;
  },
};

/** A result whose value is still JSON text: most requests only pass it on. */
type Written =
  | { readonly type: 'value'; readonly text: string }
  | Exclude<Evaluated, { readonly type: 'value' }>;

// The next request comes after the response to this one.
onWholeLines(process.stdin, async (line) => {
  Atomics.add(progress, 0, 1);
  process.stdout.write(`${await responseTo(JSON.parse(line) as Request)}\n`);
  Atomics.add(progress, 1, 1);
});
process.stdin.once('end', () => process.exit());

/** Returns the JSON text of the results. */
async function responseTo(request: Request): Promise<string> {
  if (request.kind !== 'jsonata') {
    const result = await resultOf(request);
    return `[${result.type === 'value' ? writtenValue(JSON.stringify(result.value)) : JSON.stringify(result)}]`;
  }
  const written = await evaluateJsonata(request);
  return `[${written.map((result) => (result.type === 'value' ? writtenValue(result.text) : JSON.stringify(result))).join()}]`;
}

/** Loads what a kind of request needs when it comes. */
async function resultOf(request: Exclude<Request, JsonataRequest>): Promise<Evaluated> {
  if (request.kind === 'jsonataTemplate')
    return (await import('./jsonata-template.ts')).fillJsonata(request, async (expressions) =>
      (await evaluateJsonata(expressions)).map((result) =>
        result.type === 'value' ? { type: 'value', value: JSON.parse(result.text) as Json } : result,
      ),
    );
  if (request.kind === 'variableReferences') return (await import('./definition.ts')).listReferences(request);
  if (request.kind === 'definition') return (await import('./definition.ts')).checkDefinition(request);
  return (await import('./jsonpath.ts')).evaluateJsonPath(request);
}

async function evaluateJsonata({ texts, bindings, conditions }: JsonataRequest): Promise<Written[]> {
  const results: Written[] = [];
  let left = longestResults;
  for (const text of texts) {
    const result = await evaluate(text, bindings, left);
    if (result.type === 'value') left -= result.text.length;
    results.push(result);
    if (conditions && !(result.type === 'value' && result.text === 'false')) break;
  }
  return results;
}

/** Returns the result, which has at most `left` characters. */
async function evaluate(text: string, bindings: JsonataRequest['bindings'], left: number): Promise<Written> {
  begun = process.cpuUsage();
  nextLook = 0;
  const failed = (message: string) => ({ type: 'error', message }) as const;
  try {
    const value: unknown = await compile(text).evaluate(undefined, bindings);
    if (isFunction(value)) return failed('the result is a function');
    const json = jsonOf(value);
    if (json === undefined) return { type: 'nothing' };
    if (json.length > left) return failed(tooLong);
    refuseDeep(json);
    return { type: 'value', text: json };
  } catch (error) {
    if (error instanceof RangeError) return failed('the expression or its data has too many levels');
    const { code, message } = error as { code?: string; message?: string };
    if (code === 'D1011') return failed(tooDeep);
    if (code === 'D1012') return failed(timedOut);
    return failed(`${code ? `${code}: ` : ''}${message ?? String(error)}`);
  }
}

/** Returns JSON text, or undefined for JSONata's `undefined`. A number that JSON does not have, such as `1/0`, is text, as AWS writes it. */
function jsonOf(value: unknown): string | undefined {
  const json: string | undefined = JSON.stringify(value);
  // Without the function for such numbers, which takes long, they are null.
  return json?.includes('null') ? JSON.stringify(value, finite) : json;
}

function compile(text: string): jsonata.Expression {
  const known = compiled.get(text);
  if (known) return known;
  const expression = jsonata(text, limits);
  registerStepFunctions(expression);
  limitMemory(expression);
  if (compiled.size >= keptExpressions) compiled.clear();
  compiled.set(text, expression);
  return expression;
}

function finite(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

/** Returns whether a value is a JSONata function, which is an object with a marker. */
function isFunction(value: unknown): boolean {
  return (
    typeof value === 'function' ||
    (typeof value === 'object' &&
      value !== null &&
      ('_jsonata_function' in value || '_jsonata_lambda' in value))
  );
}
