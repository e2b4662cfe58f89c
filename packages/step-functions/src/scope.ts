/** The data that an expression reads, and the value at a path in it. */

import type { Json, JsonObject } from './json.ts';
import type { Path } from './paths/path.ts';
import { PathNotFound, select } from './paths/select.ts';

/** What an expression may read. */
export interface Scope {
  /** `$`: the data at this point of the state. In JSONata `$states.input`, the state's raw input. */
  readonly input: Json;
  /** `$states.result` and `$states.errorOutput`, where there is one. */
  readonly result?: Json;
  readonly errorOutput?: Json;
  /** `$$`, made when asked for. */
  readonly context: () => JsonObject;
  /** `$name`: from this scope, or from the nearest outer one that has it. */
  readonly variable: (name: string) => Json | undefined;
}

/** The value at a path. Throws PathNotFound. */
export function readPath(path: Path, scope: Scope): Json {
  if (path.root === 'context') return select(path, scope.context());
  if (path.root !== 'variable') return select(path, scope.input);
  const value = scope.variable(path.variable);
  if (value === undefined) throw new PathNotFound(path, `the variable $${path.variable} has no value`);
  return select(path, value);
}
