/** Reference paths: the places where states put their results (`ResultPath`). */

import { EvaluationError } from '../errors.ts';
import { isObject, type Json, mostLevels, shownJson } from '../json.ts';
import { parsePath } from './jsonpath.ts';
import { PathSyntaxError } from './path.ts';

export interface ReferencePath {
  readonly text: string;
  /** Empty for `$`: the result replaces the whole input. */
  readonly keys: readonly (string | number)[];
}

/** Parses a path that names exactly one place in the state's data. Throws PathSyntaxError. */
export function parseReferencePath(text: string): ReferencePath {
  const path = parsePath(text);
  if (path.root !== 'input' || !path.definite) throw new PathSyntaxError(`${text} is not a reference path`);
  if (path.steps.length > mostLevels) throw new PathSyntaxError(`${text} has more than ${mostLevels} levels`);
  const keys = path.steps.map((step) => {
    const keys = step.type === 'names' ? step.names : step.type === 'indexes' ? step.indexes : [];
    const [key] = keys;
    const isCall = typeof key === 'string' && key.endsWith('()');
    if (key === undefined || keys.length > 1 || isCall || (typeof key === 'number' && key < 0)) {
      throw new PathSyntaxError(`${text} is not a reference path`);
    }
    return key;
  });
  return { text, keys };
}

/**
 * Returns a copy of `input` with `value` at the path, and creates missing objects on the way. Throws
 * States.ResultPathMatchFailure for a scalar on the way or an index past the end.
 */
export function setAt(reference: ReferencePath, input: Json, value: Json): Json {
  const place = (target: Json | undefined, level: number): Json => {
    const key = reference.keys[level];
    if (key === undefined) return value;
    const next = level + 1;
    if (typeof key === 'number') {
      if (!Array.isArray(target) || key >= target.length) throw mismatch(reference, input);
      return target.map((item, index) => (index === key ? place(item, next) : item));
    }
    if (target !== undefined && target !== null && !isObject(target)) throw mismatch(reference, input);
    return { ...target, [key]: place(target && Object.hasOwn(target, key) ? target[key] : undefined, next) };
  };
  return place(input, 0);
}

function mismatch(reference: ReferencePath, input: Json): EvaluationError {
  const text = typeof input === 'string' ? input : shownJson(input);
  return new EvaluationError(
    'States.ResultPathMatchFailure',
    `Unable to apply ReferencePath ${reference.text} to input "${text}"`,
  );
}
