/** Expressions that states compute values with: paths, intrinsic function calls and JSONata. */

import { computed, jsonPathElsewhere } from './elsewhere.ts';
import { runtimeError } from './errors.ts';
import { type IntrinsicCall, parseIntrinsic } from './intrinsics/call.ts';
import { callIntrinsic } from './intrinsics/evaluate.ts';
import { type Json, shownJson } from './json.ts';
import { evaluateExpressions } from './jsonata/evaluate.ts';
import type { JsonataExpression } from './jsonata/expression.ts';
import { parsePath } from './paths/jsonpath.ts';
import type { Path } from './paths/path.ts';
import { PathNotFound } from './paths/select.ts';
import { readPath, type Scope } from './scope.ts';

export type Expression = Path | IntrinsicCall | JsonataExpression;

/** Parses the value of a `….$` field. Throws PathSyntaxError. */
export function parseExpression(text: string): Path | IntrinsicCall {
  return text.trimStart().startsWith('$') ? parsePath(text) : parseIntrinsic(text);
}

/** Throws PathNotFound, or an EvaluationError from an intrinsic function. */
export function evaluate(expression: Expression, scope: Scope): Json {
  if (expression.kind === 'jsonata') return evaluateExpressions([expression], scope)[0] ?? null;
  return expression.kind === 'path' ? readPath(expression, scope) : callIntrinsic(expression, scope);
}

/** Applies InputPath or OutputPath: `undefined` keeps the data, `null` gives an empty object. */
export function applyPath(path: Path | null | undefined, scope: Scope): Json {
  if (path === undefined) return scope.input;
  if (path === null) return {};
  return valueAt(path, scope);
}

/** Returns the value at a path. Throws States.Runtime when it is missing. */
export function valueAt(path: Path, scope: Scope): Json {
  const here = () => {
    try {
      return readPath(path, scope);
    } catch (error) {
      if (!(error instanceof PathNotFound)) throw error;
      throw runtimeError(`Invalid path '${path.text}' : ${error.message}`);
    }
  };
  return computed(path, here, () => jsonPathElsewhere(path, 'path', path.text, scope));
}

/** Evaluates the expression of a state's field. Throws AWS's error message when it finds nothing. */
export function evaluateField(expression: Path | IntrinsicCall, field: string, scope: Scope): Json {
  return computed(
    expression,
    () => fieldValue(expression, field, scope),
    () => jsonPathElsewhere(expression, 'field', expression.text, scope, field),
  );
}

/** Evaluates the expression of a field of a template. */
export function fieldValue(expression: Expression, field: string, scope: Scope): Json {
  try {
    return evaluate(expression, scope);
  } catch (error) {
    if (!(error instanceof PathNotFound)) throw error;
    // AWS gives null for an index past the end of a list, but not for one in an argument of a function.
    if (error.pastEnd && expression.kind !== 'call') return null;
    const input = shownJson(scope.input);
    // AWS names a path into the context object as one into the input.
    if (expression.kind === 'call')
      throw runtimeError(
        `The function '${expression.text}' had the following error: The JsonPath argument for the field '${error.path.text.replace(/^\$\$/, '$')}' could not be found in the input '${input}'`,
      );
    throw runtimeError(
      `The JSONPath '${error.path.text}' specified for the field '${field}' could not be found in the input '${input}'`,
    );
  }
}
