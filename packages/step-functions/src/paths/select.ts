/** Applies a parsed path to a value, as Jayway 2.0 does, whose dialect and messages AWS has. */

import { isObject, type Json, type JsonObject, shownJson } from '../json.ts';
import { spend } from '../work.ts';
import { isDefinite, type Path, type Step } from './path.ts';

/** Thrown when a path finds nothing where it has to; the message is AWS's. */
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
  for (const step of path.steps) found = found.flatMap((value) => children(value, step, start));
  return found;
}

/**
 * Returns the value of a definite path (throws PathNotFound when it is missing), or the list of all matches of any
 * other path. That is empty where a member is missing, but a step that does not fit the value before it throws.
 */
export function select(path: Path, start: Json): Json {
  let value = start;
  let walked = path.root === 'variable' ? `$${path.variable}` : '$';
  for (const [index, step] of path.steps.entries()) {
    const last = index === path.steps.length - 1;
    const misfit = misfitOf(step, value, last, walked);
    if (misfit !== undefined) throw new PathNotFound(path, misfit);
    if (!isDefinite(step)) break;
    const [next] = children(value, step, start);
    if (next === undefined) {
      if (!path.definite) return [];
      const pastEnd = last && step.type !== 'names' && Array.isArray(value);
      throw new PathNotFound(path, reasonOf(step, value, last, walked), pastEnd);
    }
    walked += shownStep(step, value);
    value = next;
  }
  return path.definite ? value : selectFrom(path, start);
}

/** Returns why a step cannot be applied to a value. Anything can be applied to null, and finds nothing there, but a filter. */
function misfitOf(step: Step, value: Json, last: boolean, walked: string): string | undefined {
  const shown = () => (typeof value === 'string' ? value : shownJson(value));
  switch (step.type) {
    case 'names':
      if (step.names.length > 1 && !last && isObject(value))
        return `Multi properties can only be used as path leafs: ${walked}${shownStep(step, value)}`;
      return undefined;
    case 'indexes':
    case 'fromEnd':
    case 'slice':
      if (value === null || Array.isArray(value)) return undefined;
      return `Filter: ${shownStep(step, value)} can only be applied to arrays. Current context is: ${shown()}`;
    case 'filter':
      if (Array.isArray(value) || isObject(value)) return undefined;
      return `Filter: [?] can not be applied to primitives. Current context is: ${shown()}`;
    default:
      return undefined;
  }
}

function shownStep(step: Step, value: Json): string {
  switch (step.type) {
    case 'names':
      return `[${step.names.map((name) => `'${name}'`).join(', ')}]`;
    case 'indexes':
      return `[${step.indexes.join(',')}]`;
    case 'fromEnd':
      return `[${Array.isArray(value) ? value.length - step.places : `@.size()-${step.places}`}]`;
    case 'slice':
      return `[${step.from ?? ''}:${step.to ?? ''}]`;
    default:
      return '';
  }
}

/** As Jayway words it, which AWS shows: the last name of a path has another message than those before it. */
function reasonOf(step: Step, value: Json, last: boolean, walked: string): string {
  const shown = shownStep(step, value);
  if (value === null && step.type !== 'names') return `The path ${walked} is null`;
  if (step.type !== 'names') return `Index out of bounds when evaluating path ${walked}${shown}`;
  if (!isObject(value)) return `Property ${shown} not found in path ${walked}`;
  return `${last ? 'No results for path:' : 'Missing property in path'} ${walked}${shown}`;
}

function children(value: Json, step: Step, root: Json): Json[] {
  spend(1);
  switch (step.type) {
    case 'names':
      return isObject(value) ? named(value, step.names) : [];
    case 'indexes':
      spend(step.indexes.length);
      return Array.isArray(value) ? step.indexes.flatMap((index) => at(value, index)) : [];
    case 'fromEnd':
      return Array.isArray(value) ? at(value, value.length - step.places) : [];
    case 'slice':
      return spent(Array.isArray(value) ? sliced(value, step.from, step.to) : []);
    case 'wildcard':
      return spent(Array.isArray(value) ? value : isObject(value) ? Object.values(value) : []);
    case 'filter':
      // A filter is applied to the elements of an array, or to an object itself.
      return spent(Array.isArray(value) ? value : isObject(value) ? [value] : []).filter((item) =>
        step.test(item, root),
      );
    case 'descendants':
      return descendants(value);
  }
}

/** Several names give one object of those that are present. */
function named(value: JsonObject, names: readonly string[]): Json[] {
  const present = names
    .filter((name) => Object.hasOwn(value, name))
    .map((name) => [name, value[name] ?? null] as const);
  spend(names.length);
  return names.length > 1 ? [Object.fromEntries(present)] : present.map(([, found]) => found);
}

/** A negative index finds nothing. */
function at(list: Json[], index: number): Json[] {
  const value = list[index];
  return value === undefined ? [] : [value];
}

/** A negative number counts from the end only where the slice has no other. */
function sliced(list: Json[], from: number | undefined, to: number | undefined): Json[] {
  if (from === undefined || to === undefined) return list.slice(from ?? 0, to ?? list.length);
  return list.slice(Math.max(from, 0), Math.max(to, 0));
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
