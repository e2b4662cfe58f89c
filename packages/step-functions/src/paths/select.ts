/** Applies a parsed path to a value. */

import { isObject, type Json, type JsonObject } from '../json.ts';
import { spend } from '../work.ts';
import type { Path, Step } from './path.ts';

/** Thrown when a definite path finds nothing; the message is AWS's. */
export class PathNotFound extends Error {
  override readonly name = 'PathNotFound';
  readonly path: Path;
  /** The path ends with an index that the list at that place does not reach. */
  readonly pastEnd: boolean;

  constructor(path: Path, message: string, pastEnd = false) {
    super(message);
    this.path = path;
    this.pastEnd = pastEnd;
  }
}

/** Returns the matches of a path from `start`, the value of the path's root. */
export function selectFrom(path: Path, start: Json): Json[] {
  let found = [start];
  const { steps } = path;
  for (const [index, step] of steps.entries()) {
    const last = index === steps.length - 1;
    found = found.flatMap((value) => children(value, step, start, last));
  }
  return found;
}

/**
 * Returns the value of a definite path (throws PathNotFound when it is missing), or the list of all matches of any
 * other path.
 */
export function select(path: Path, start: Json): Json {
  if (!path.definite) return selectFrom(path, start);
  let value = start;
  let walked = path.root === 'variable' ? `$${path.variable}` : '$';
  for (const [index, step] of path.steps.entries()) {
    const [next] = children(value, step, start, true);
    const key =
      step.type === 'names'
        ? `[${step.names.map((name) => `'${name}'`).join(', ')}]`
        : step.type === 'indexes'
          ? `[${step.indexes[0]}]`
          : '';
    walked += key;
    if (next === undefined) {
      const last = index === path.steps.length - 1;
      const pastEnd = last && step.type === 'indexes' && Array.isArray(value);
      throw new PathNotFound(path, `${reasonOf(step, last)} ${walked}`, pastEnd);
    }
    value = next;
  }
  return value;
}

/** As Jayway words it, which AWS shows: the last name of a path has another message than those before it. */
function reasonOf(step: Step, last: boolean): string {
  if (step.type !== 'names') return 'Index out of bounds when evaluating path';
  return last ? 'No results for path:' : 'Missing property in path';
}

function children(value: Json, step: Step, root: Json, last: boolean): Json[] {
  spend(1);
  switch (step.type) {
    case 'names':
      return isObject(value) ? named(value, step.names, last) : [];
    case 'indexes':
      spend(step.indexes.length);
      return Array.isArray(value) ? step.indexes.flatMap((index) => at(value, index)) : [];
    case 'slice':
      return spent(Array.isArray(value) ? value.slice(step.from ?? 0, step.to ?? value.length) : []);
    case 'wildcard':
      return spent(Array.isArray(value) ? value : isObject(value) ? Object.values(value) : []);
    case 'filter':
      // Jayway applies a filter to the elements of an array, or to an object itself.
      return spent(Array.isArray(value) ? value : isObject(value) ? [value] : []).filter((item) =>
        step.test(item, root),
      );
    case 'descendants':
      return descendants(value);
  }
}

/** Several names give one object of those that are present at the end of a path, and the value of each before it. */
function named(value: JsonObject, names: readonly string[], last: boolean): Json[] {
  const present = names
    .filter((name) => Object.hasOwn(value, name))
    .map((name) => [name, value[name] ?? null] as const);
  spend(names.length);
  return names.length > 1 && last ? [Object.fromEntries(present)] : present.map(([, found]) => found);
}

function at(list: Json[], index: number): Json[] {
  const value = list[index < 0 ? list.length + index : index];
  return value === undefined ? [] : [value];
}

/** Spends one unit for each of these values, which the path visits. */
function spent(values: Json[]): Json[] {
  spend(values.length);
  return values;
}

/** Returns a value and all values in it, outer ones first. */
function descendants(value: Json, found: Json[] = []): Json[] {
  found.push(value);
  const below = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  for (const item of spent(below)) descendants(item, found);
  return found;
}
