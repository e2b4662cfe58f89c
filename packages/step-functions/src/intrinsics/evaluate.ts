/** Evaluates an intrinsic call; arguments come first, the innermost call before all others. */

import { EvaluationError } from '../errors.ts';
import { isObject, type Json } from '../json.ts';
import { readPath, type Scope } from '../scope.ts';
import { Overload, spend, spendText } from '../work.ts';
import type { Argument, IntrinsicCall } from './call.ts';
import { functions } from './functions.ts';

/** Throws States.IntrinsicFailure, which names the call, or PathNotFound for an argument's path. */
export function callIntrinsic(call: IntrinsicCall, scope: Scope): Json {
  const values = call.arguments.map((argument) => argumentValue(argument, call, scope));
  try {
    for (const value of values) spendOn(value);
    const result = functions[call.name]?.apply(values) ?? null;
    spendOn(result);
    return result;
  } catch (error) {
    if (error instanceof EvaluationError || error instanceof Overload) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new EvaluationError(
      'States.IntrinsicFailure',
      `The function '${call.text}' had the following error: ${reason}`,
    );
  }
}

/** A function reads each argument and writes its result; an object costs more than a list of that length. */
function spendOn(value: Json): void {
  if (typeof value === 'string') spendText(value.length);
  else if (Array.isArray(value)) spend(value.length);
  else if (isObject(value)) spend(8 * Object.keys(value).length);
  spend(1);
}

function argumentValue(argument: Argument, call: IntrinsicCall, scope: Scope): Json {
  if (argument.kind === 'call') return callIntrinsic(argument, scope);
  if (argument.kind === 'path') return readPath(argument, scope);
  // Only the template of States.Format gives escaped braces a meaning.
  if (
    typeof argument.value === 'string' &&
    (call.name !== 'States.Format' || argument !== call.arguments[0])
  ) {
    return argument.value.replace(/\\([{}])/g, '$1');
  }
  return argument.value;
}
