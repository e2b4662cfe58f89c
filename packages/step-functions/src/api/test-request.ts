/** Checks a request of TestState beyond AWS's model of it: from the guide's page "Testing state machines with TestState API". */

import { isObject, type Json, type JsonObject, parseJson, parseKept } from '../json.ts';
import { ApiError, validationError } from './errors.ts';
import type { ServiceParts } from './service.ts';
import type { Tested } from './tested-state.ts';

interface Asked {
  readonly revealSecrets?: boolean | undefined;
  readonly mock?:
    | {
        readonly result?: string | undefined;
        readonly errorOutput?: object | undefined;
        readonly fieldValidationMode?: string | undefined;
      }
    | undefined;
}

/** Throws ValidationException for a mock that the state cannot have. `result` is the value of its result, if it has one. */
export async function checkMock(
  { mockProblem }: ServiceParts,
  { type, name, original }: Tested,
  asked: Asked,
  result: Json | undefined,
): Promise<void> {
  const { mock, revealSecrets = false } = asked;
  if (revealSecrets && mock)
    throw validationError('TestState does not support RevealSecrets when a mock is specified.');
  if (mock && (mock.result === undefined) === (mock.errorOutput === undefined))
    throw validationError('A test mock should have only one of the following fields: [result, errorOutput].');
  const states = isObject(original.States) ? original.States : {};
  const state = isObject(states[name]) ? states[name] : {};
  if (!mock || result === undefined) return;
  if (type === 'Parallel') checkBranches(state, result);
  if (type === 'Map') checkMapResult(state, result);
  const { fieldValidationMode: mode = 'STRICT' } = mock;
  if (type !== 'Task' || mode === 'NONE') return;
  const problem = await mockProblem(String(state.Resource), result, mode === 'STRICT');
  if (problem !== undefined) throw validationError(`Mock result schema validation error: ${problem}`);
}

function checkBranches({ Branches: branches }: JsonObject, result: Json): void {
  const count = Array.isArray(branches) ? branches.length : 0;
  if (!Array.isArray(result)) throw validationError('Mocked result must be an array.');
  if (result.length !== count)
    throw validationError(
      'Mocked result must contain the same number of items as number of Parallel branches.',
    );
}

/** A Map that writes its results to S3 has an object as its result. */
function checkMapResult({ ResultWriter: writer }: JsonObject, result: Json): void {
  const isWritten = isObject(writer) && writer.Resource !== undefined;
  if (isWritten ? !isObject(result) : !Array.isArray(result))
    throw validationError(`Mocked result must be ${isWritten ? 'a JSON object' : 'an array'}.`);
}

/** Parses a text to a value that keeps it. Throws the error with this code. */
export function jsonOf(text: string, code: string, title: string): Json {
  try {
    return parseKept(text);
  } catch (error) {
    throw new ApiError(code, `${title}: '${(error as Error).message}'`);
  }
}

/** Parses the text of a member of the request. Throws ValidationException. */
export function memberOf(text: string, field: string): Json {
  try {
    return parseJson(text);
  } catch {
    throw validationError(`The value of ${field} is not valid JSON`);
  }
}

export function objectOf(text: string | undefined, field: string): JsonObject {
  const value = text === undefined ? {} : memberOf(text, field);
  if (!isObject(value)) throw validationError(`The value of ${field} must be an object`);
  return value;
}
