/**
 * Applies a parsed path to a value, as Jayway 2.0 does over Jackson's nodes, whose dialect and messages AWS has: so an index past the
 * end of a list gives null.
 */

import { isObject, type Json, type JsonObject, shownJson } from '../json.ts';
import { spend } from '../work.ts';
import { isDefinite, Misapplied, type Path, type Step } from './path.ts';

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

/** The way from the root to a value. */
interface Trail {
  readonly before: Trail | undefined;
  readonly key: string | number;
  /** The null at this place is a node of a list, to which no index can be applied. */
  readonly node: boolean;
}

/** What a step did not find. A wildcard over a list passes over it; elsewhere it ends the path. */
type Missing = (() => string) | undefined;

interface Walk {
  readonly path: Path;
  readonly steps: readonly Step[];
  readonly start: Json;
  readonly found: Json[];
  /** From this step on, all lead to one value at most. */
  readonly definiteFrom: number;
  /** Steps and levels of the value that are being applied. */
  depth: number;
}

/** A path has 2,000 steps at most and a value 1,000 levels; more than this many together could overflow the stack. */
const mostDepth = 2_100;

/** Returns the value of a definite path, or the list of all matches of any other path. Throws PathNotFound. */
export function select(path: Path, start: Json): Json {
  const found: Json[] = [];
  try {
    const missing = walk(walkOf(path, start, found), 0, start, undefined);
    if (missing) throw new PathNotFound(path, missing());
  } catch (error) {
    if (error instanceof Misapplied) throw new PathNotFound(path, error.message);
    throw error;
  }
  if (!path.definite) return found;
  if (isPastEnd(path, start)) throw new PathNotFound(path, `No results for path: ${path.text}`, true);
  return found[0] ?? null;
}

/** Returns the value of a definite path in a filter, undefined where it finds none. Throws Misapplied. */
export function operandAt(path: Path, start: Json): Json | undefined {
  const found: Json[] = [];
  walk(walkOf(path, start, found), 0, start, undefined);
  return found[0];
}

function walkOf(path: Path, start: Json, found: Json[]): Walk {
  return {
    path,
    steps: path.steps,
    start,
    found,
    definiteFrom: path.steps.findLastIndex((step) => !isDefinite(step)) + 1,
    depth: 0,
  };
}

/** Returns whether the last step of a definite path is an index that its list does not reach. */
function isPastEnd(path: Path, start: Json): boolean {
  const last = path.steps.at(-1);
  if (last?.type !== 'indexes' && last?.type !== 'fromEnd') return false;
  const list = operandAt({ ...path, steps: path.steps.slice(0, -1) }, start);
  return Array.isArray(list) && list[indexOf(last, list)] === undefined;
}

function indexOf(step: Step, list: readonly Json[]): number {
  if (step.type === 'fromEnd') return list.length - step.places;
  return step.type === 'indexes' ? (step.indexes[0] ?? 0) : 0;
}

/** Applies the steps from `index` on to a value. Throws Misapplied for a step that does not fit its value. */
function walk(run: Walk, index: number, value: Json, at: Trail | undefined): Missing {
  enter(run);
  const step = run.steps[index];
  let missing: Missing;
  if (step === undefined) run.found.push(value);
  else if (step.type === 'names') missing = named(run, index, step.names, value, at);
  else if (step.type === 'wildcard') missing = everyMember(run, index, value, at);
  else if (step.type === 'filter') missing = filtered(run, index, step, value, at);
  else if (step.type === 'descendants') missing = scan(run, index + 1, value, at);
  else missing = indexed(run, index, step, value, at);
  run.depth -= 1;
  return missing;
}

function enter(run: Walk): void {
  spend(1);
  run.depth += 1;
  if (run.depth > mostDepth) throw new Misapplied(`The path goes through more than ${mostDepth} levels`);
}

function named(
  run: Walk,
  index: number,
  names: readonly string[],
  value: Json,
  at: Trail | undefined,
): Missing {
  if (!isObject(value)) return () => `Property [${quoted(names)}] not found in path ${shown(run, at)}`;
  const last = index === run.steps.length - 1;
  const [name = ''] = names;
  if (names.length > 1) {
    if (!last)
      throw new Misapplied(
        `Multi properties can only be used as path leafs: ${shown(run, at)}[${quoted(names)}]`,
      );
    run.found.push(picked(value, names));
    return undefined;
  }
  if (Object.hasOwn(value, name))
    return walk(run, index + 1, value[name] ?? null, { before: at, key: name, node: false });
  // A name that has a wildcard, a filter or the like directly before it, or anywhere after it, can be absent.
  if (!last && Math.max(index - 1, 0) < run.definiteFrom) return undefined;
  return () => `${last ? 'No results for path:' : 'Missing property in path'} ${shown(run, at)}['${name}']`;
}

/** Several names give one object of those that are present. */
function picked(value: JsonObject, names: readonly string[]): Json {
  spend(names.length);
  const present = names.filter((name) => Object.hasOwn(value, name));
  return Object.fromEntries(present.map((name) => [name, value[name] ?? null]));
}

function indexed(run: Walk, index: number, step: Step, value: Json, at: Trail | undefined): Missing {
  if (value === null && !at?.node) return () => `The path ${shown(run, at)} is null`;
  if (!Array.isArray(value))
    throw new Misapplied(
      `Filter: ${shownSteps(run, index)} can only be applied to arrays. Current context is: ${shownValue(value)}`,
    );
  for (const place of placesOf(step, value)) {
    const item = value[place];
    const missing = walk(run, index + 1, item ?? null, { before: at, key: place, node: item !== undefined });
    if (missing) return missing;
  }
  return undefined;
}

/** Returns the places of a list that a step names; a negative one counts from the end only where the slice has no other bound. */
function* placesOf(step: Step, list: readonly Json[]): Generator<number> {
  if (step.type === 'indexes') yield* step.indexes;
  else if (step.type === 'fromEnd') yield indexOf(step, list);
  else if (step.type === 'slice') {
    const { from, to } = step;
    const open = from === undefined || to === undefined;
    const ofEnd = (place: number) => (open && place < 0 ? list.length + place : place);
    const first = open ? Math.max(0, ofEnd(from ?? 0)) : from;
    const end = Math.min(list.length, ofEnd(to ?? list.length));
    if (list.length > 0) for (let place = first; place < end; place += 1) yield place;
  }
}

function everyMember(run: Walk, index: number, value: Json, at: Trail | undefined): Missing {
  if (Array.isArray(value)) {
    for (const [key, item] of value.entries()) walk(run, index + 1, item, { before: at, key, node: true });
    return undefined;
  }
  for (const [key, member] of isObject(value) ? Object.entries(value) : []) {
    const missing = walk(run, index + 1, member, { before: at, key, node: false });
    if (missing) return missing;
  }
  return undefined;
}

/** Applies a filter to the elements of an array, or to an object itself. */
function filtered(
  run: Walk,
  index: number,
  step: Step & { type: 'filter' },
  value: Json,
  at: Trail | undefined,
): Missing {
  if (isObject(value)) return step.test(value, run.start) ? walk(run, index + 1, value, at) : undefined;
  if (!Array.isArray(value))
    throw new Misapplied(
      `Filter: ${shownSteps(run, index)} can not be applied to primitives. Current context is: ${shownValue(value)}`,
    );
  for (const [key, item] of value.entries()) {
    spend(1);
    if (!step.test(item, run.start)) continue;
    const missing = walk(run, index + 1, item, { before: at, key, node: true });
    if (missing) return missing;
  }
  return undefined;
}

/** Applies the step after `..` to a value and to all values in it, outer ones first. */
function scan(run: Walk, target: number, value: Json, at: Trail | undefined): Missing {
  enter(run);
  const container = isObject(value) || Array.isArray(value) ? value : {};
  let missing = isTarget(run, target, value) ? scanned(run, target, value, at) : undefined;
  for (const [key, inner] of Array.isArray(container) ? container.entries() : Object.entries(container)) {
    if (missing) break;
    missing = scan(run, target, inner, { before: at, key, node: false });
  }
  run.depth -= 1;
  return missing;
}

/** Applies the step after `..`; in a list, Jayway applies those that follow it to every item instead. */
function scanned(run: Walk, target: number, value: Json, at: Trail | undefined): Missing {
  if (!Array.isArray(value) || target === run.steps.length - 1) return walk(run, target, value, at);
  for (const [key, item] of value.entries()) {
    const missing = walk(run, target + 1, item, { before: at, key, node: false });
    if (missing) return missing;
  }
  return undefined;
}

function isTarget(run: Walk, target: number, value: Json): boolean {
  if (!isObject(value) && !Array.isArray(value)) return false;
  const step = run.steps[target];
  switch (step?.type) {
    case 'wildcard':
      return true;
    case 'names':
      return isObject(value) && step.names.every((name) => Object.hasOwn(value, name));
    case 'filter':
      return step.test(value, run.start);
    case 'indexes':
    case 'fromEnd':
    case 'slice':
      return Array.isArray(value);
    default:
      return false;
  }
}

const quoted = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ');
const shownValue = (value: Json): string => (typeof value === 'string' ? value : shownJson(value));

function shown({ path }: Walk, at: Trail | undefined): string {
  const keys: string[] = [];
  for (let place = at; place; place = place.before)
    keys.unshift(typeof place.key === 'number' ? `[${place.key}]` : `['${place.key}']`);
  return (path.root === 'variable' ? `$${path.variable}` : '$') + keys.join('');
}

/** Returns the steps from `index` on, as Jayway writes them. */
function shownSteps({ steps }: Walk, index: number): string {
  return steps.slice(index).map(shownStep).join('');
}

function shownStep(step: Step): string {
  switch (step.type) {
    case 'names':
      return `[${quoted(step.names)}]`;
    case 'indexes':
      return `[${step.indexes.join(',')}]`;
    case 'fromEnd':
      return `[@.size()-${step.places}]`;
    case 'slice':
      return `[${step.from ?? ''}:${step.to ?? ''}]`;
    case 'wildcard':
      return '[*]';
    case 'filter':
      return '[?]';
    case 'descendants':
      return '..';
  }
}
