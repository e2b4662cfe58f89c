/**
 * Lets the process of the expressions compute values for a step of a state: JSONata, and paths that need more work than the
 * service should do between two requests. A step that lacks a value ends with Pending, and runs again once the value is there. So a
 * step evaluates before it changes anything.
 */

import type { Resource } from './definition/resource.ts';
import { EvaluationError } from './errors.ts';
import { isLongerThan, type Json, type JsonObject, jsonText } from './json.ts';
import type { Scope } from './scope.ts';
import { inStep, Overload } from './work.ts';

/** Expressions of JSONata on the same data. */
export interface JsonataRequest {
  readonly kind: 'jsonata';
  readonly texts: readonly string[];
  readonly bindings: Readonly<Record<string, Json>>;
  /** The expressions are conditions; those after the first that holds are not evaluated. */
  readonly conditions?: true;
}

/** A field with expressions of JSONata, by its source. */
export interface JsonataTemplateRequest {
  readonly kind: 'jsonataTemplate';
  readonly source: Json;
  /** The name of the field, with which those of its expressions begin. */
  readonly field: string;
  readonly bindings: Readonly<Record<string, Json>>;
}

/** A template, a path or the rules of a Choice in JSONPath, by their source. */
export interface JsonPathRequest {
  readonly kind: 'template' | 'path' | 'field' | 'choice';
  readonly source: Json;
  /** The field of an expression, for its error. */
  readonly field?: string;
  readonly scope: { readonly input: Json; readonly context: JsonObject; readonly variables: JsonObject };
}

/** A definition to check. The value is its text with the placeholders filled, or its problems. */
export interface DefinitionRequest {
  readonly kind: 'definition';
  readonly text: string;
  readonly placeholders?: Readonly<Record<string, string>>;
  readonly type: 'STANDARD' | 'EXPRESS';
}

/** An accepted definition whose states' variables are listed. */
export interface ReferencesRequest {
  readonly kind: 'variableReferences';
  readonly text: string;
}

/** Parameters of a task to check. The value is the list of their problems. */
export interface ParametersRequest {
  readonly kind: 'parameters';
  readonly resource: Resource;
  readonly parameters: Json;
}

/** A request to the process of the expressions. */
export type Request =
  | JsonataRequest
  | JsonataTemplateRequest
  | JsonPathRequest
  | DefinitionRequest
  | ReferencesRequest;

export type Evaluated =
  | { readonly type: 'value'; readonly value: Json }
  /** JSONata's `undefined`. */
  | { readonly type: 'nothing' }
  /** `error` is the name of a failure that is not JSONata's, `field` the place of the expression of a template that failed. */
  | { readonly type: 'error'; readonly message: string; readonly error?: string; readonly field?: string };

/** Ends a step that needs the result of a request. */
export class Pending extends Error {
  override readonly name = 'Pending';
  readonly memory: Memory;
  readonly request: Request | ParametersRequest;
  /** Keeps the results for the next run of the step. */
  readonly keep: Keep;

  constructor(memory: Memory, request: Request | ParametersRequest, keep: Keep) {
    super('a value of the step is not there yet');
    this.memory = memory;
    this.request = request;
    this.keep = keep;
  }
}

type Keep = (results: readonly Evaluated[]) => void;

/**
 * The values that are kept between the runs of one step. Each run asks for the same values in the same order as the ones before, since it
 * starts from the same data and draws the same random values.
 */
export class Memory {
  /** By what was evaluated, in the order of the questions of a run. */
  readonly #results = new Map<object, (readonly Evaluated[])[]>();
  readonly #drawn: unknown[] = [];
  /** Counts how often this run has asked for each, and how often it has drawn. */
  readonly #asked = new Map<object, number>();
  #draws = 0;
  /** The expressions that the service does not compute itself in this step. */
  readonly heavy = new Set<object>();

  /** Returns results, or the function that keeps them. */
  results(what: object): readonly Evaluated[] | Keep {
    const index = this.#asked.get(what) ?? 0;
    this.#asked.set(what, index + 1);
    const known = this.#results.get(what) ?? [];
    this.#results.set(what, known);
    const keep: Keep = (results) => {
      known[index] = results;
    };
    return known[index] ?? keep;
  }

  draw<T>(make: () => T): T {
    const index = this.#draws;
    this.#draws += 1;
    if (index === this.#drawn.length) this.#drawn.push(make());
    return this.#drawn[index] as T;
  }

  /** Ends a run. */
  rewind(): void {
    this.#asked.clear();
    this.#draws = 0;
  }
}

const memories = new WeakMap<object, Memory>();
/** The phase whose step runs. Few steps need a memory, so it is made when one does. */
let current: object | undefined;

/** Returns the memory of a step; `phase` identifies it. */
export function memoryOf(phase: object): Memory {
  const known = memories.get(phase);
  if (known) return known;
  const made = new Memory();
  memories.set(phase, made);
  return made;
}

/** Keeps the memory of a step whose phase is replaced while its values are the same. */
export function keepMemory(before: object, after: object): void {
  const memory = memories.get(before);
  if (memory) memories.set(after, memory);
}

/** Runs the step of a phase with what its earlier runs have left. */
export function withMemory<T>(phase: object, step: () => T): T {
  const outer = current;
  current = phase;
  try {
    return step();
  } finally {
    current = outer;
    if (outer !== phase) memories.get(phase)?.rewind();
  }
}

/** Runs a step again until it has all of its values. `compute` returns the results of a request. */
export async function settled<T>(
  step: () => T,
  compute: (request: Request) => Promise<readonly Evaluated[]>,
): Promise<T> {
  const phase = {};
  for (;;) {
    try {
      return withMemory(phase, () => inStep(step));
    } catch (error) {
      if (!(error instanceof Pending) || error.request.kind === 'parameters') throw error;
      error.keep(await compute(error.request));
    }
  }
}

/** Returns the results of a request for `what`. Throws Pending when they are not there yet. */
export function elsewhere(what: object, request: () => Request | ParametersRequest): readonly Evaluated[] {
  const memory = memoryOf(current ?? {});
  const results = memory.results(what);
  if (typeof results !== 'function') return results;
  throw new Pending(memory, request(), results);
}

/** Returns a random value, the same in each run of the step. */
export function drawn<T>(make: () => T): T {
  return current ? memoryOf(current).draw(make) : make();
}

/** Twice AWS's limit: what a step has made and not yet measured. */
const longestData = 524_288;

/** Returns the data of a state that the other process needs. Throws States.DataLimitExceeded where writing it would take long. */
export function sendable(data: Json): Json {
  if (!isLongerThan(data, longestData)) return data;
  throw new EvaluationError(
    'States.DataLimitExceeded',
    `The data of the state is longer than ${longestData} characters.`,
  );
}

const variablePattern = /\$([\p{ID_Start}_][\p{ID_Continue}]*)/gu;

/** Evaluates a source of JSONPath in the other process. Throws Pending, or the EvaluationError that it ends with. */
export function jsonPathElsewhere(
  what: object,
  kind: JsonPathRequest['kind'],
  source: Json,
  scope: Scope,
  field?: string,
): Json {
  const [result] = elsewhere(what, () => {
    const input = sendable(scope.input);
    const text = jsonText(source);
    // The context has the input of the execution, which can be large, as can variables.
    const context = text.includes('$$') ? scope.context() : {};
    const names = new Set(Array.from(text.matchAll(variablePattern), ([, name]) => name));
    const read = Object.entries(scope.variables()).filter(([name]) => names.has(name));
    const data = { input, context, variables: Object.fromEntries(read) };
    return { kind, source, ...(field !== undefined && { field }), scope: data };
  });
  if (result?.type === 'value') return result.value;
  const { error = 'States.Runtime', message = '' } = result?.type === 'error' ? result : {};
  throw new EvaluationError(error, message);
}

/** Computes a value here, or in the other process when that needs too much work. `what` identifies it in its step. */
export function computed<T>(what: object, here: () => T, there: () => T): T {
  const phase = current;
  if (!phase) return here();
  if (memories.get(phase)?.heavy.has(what)) return there();
  try {
    return here();
  } catch (error) {
    if (!(error instanceof Overload)) throw error;
    memoryOf(phase).heavy.add(what);
    return there();
  }
}
