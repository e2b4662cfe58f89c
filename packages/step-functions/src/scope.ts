/** The data that an expression can read, and the value at a path in it. */

import type { Json, JsonObject } from './json.ts';
import type { Path } from './paths/path.ts';
import { PathNotFound, select } from './paths/select.ts';

/** The data that an expression can read. */
export interface Scope {
  /** `$`: the data at this point of the state. In JSONata `$states.input`, the state's raw input. */
  readonly input: Json;
  /** `$states.result` or `$states.errorOutput`, when there is one. */
  readonly result?: Json;
  readonly errorOutput?: Json;
  /** `$$`, made on demand. */
  readonly context: () => JsonObject;
  /** `$name`, from this scope or the nearest outer scope that has it. */
  readonly variable: (name: string) => Json | undefined;
  /** All variables that `variable` finds. */
  readonly variables: () => JsonObject;
}

/** Returns the value at a path. Throws PathNotFound. */
export function readPath(path: Path, scope: Scope): Json {
  if (path.root === 'context') return select(path, scope.context());
  if (path.root !== 'variable') return select(path, scope.input);
  const value = scope.variable(path.variable);
  if (value === undefined) throw new PathNotFound(path, `the variable $${path.variable} has no value`);
  return select(path, value);
}
