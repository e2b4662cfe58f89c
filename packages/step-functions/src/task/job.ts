/** The description of a job that a task with `.sync` starts, and readers of its values. */

import type { Outcome } from '../interpreter/task.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';

/** Calls an action of the task's service. */
export type Describe = (action: string, parameters: Json) => Promise<Outcome>;

export interface Job {
  /** The action that describes the job. */
  readonly describe: string;
  /** Returns the parameters of that action, given the result of the start and the parameters of the task. */
  parameters(started: JsonObject, given: JsonObject): JsonObject;
  /** Returns the task's result from the description and the result of the start. */
  result(description: JsonObject, started: JsonObject): JsonObject;
  /** Returns whether the job succeeded; undefined while it runs. */
  succeeded(result: JsonObject): boolean | undefined;
  /** The job has ended with success when the service no longer has what it deletes. */
  readonly deletes?: true;
  /** Adds what is read when the job has ended to the task's result. */
  completed?(result: JsonObject, given: JsonObject, describe: Describe): Promise<JsonObject>;
}

/** Reads a value by its path in nested objects and lists. */
export function at(value: Json | undefined, ...path: (string | number)[]): Json {
  const [first, ...rest] = path;
  if (first === undefined) return value ?? null;
  const inner =
    typeof first === 'number'
      ? Array.isArray(value)
        ? value[first]
        : undefined
      : isObject(value)
        ? value[first]
        : undefined;
  return at(inner, ...rest);
}

/** Reads an object by its path; an empty one if there is none. */
export function objectAt(value: JsonObject, ...path: (string | number)[]): JsonObject {
  const found = at(value, ...path);
  return isObject(found) ? found : {};
}

/** Returns whether a job with this status succeeded; undefined while it runs. */
export function ended(status: Json, success: string, failures: readonly string[]): boolean | undefined {
  if (status === success) return true;
  return failures.includes(String(status)) ? false : undefined;
}
