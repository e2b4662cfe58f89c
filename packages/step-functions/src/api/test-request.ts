/** What TestState asks of its request, beyond AWS's model of it: from the guide's page "Testing state machines with TestState API". */

import { isObject, type Json, type JsonObject, parseJson } from '../json.ts';
import { ApiError, validationError } from './errors.ts';
import type { ServiceParts } from './service.ts';
import type { Tested } from './tested-state.ts';

interface Asked {
  readonly inspectionLevel?: string | undefined;
  readonly revealSecrets?: boolean | undefined;
  readonly mock?:
    | { readonly result?: string | undefined; readonly fieldValidationMode?: string | undefined }
    | undefined;
}

/** Throws ValidationException for a mock, or a level of inspection, that the state cannot have. */
export async function checkMock(
  { mockProblem }: ServiceParts,
  { type, name, original }: Tested,
  asked: Asked,
): Promise<void> {
  const { mock, inspectionLevel, revealSecrets = false } = asked;
  if (revealSecrets && mock) throw validationError('revealSecrets cannot be used with a mock');
  const states = isObject(original.States) ? original.States : {};
  const state = isObject(states[name]) ? states[name] : {};
  const isHttp = /^arn:aws[a-z-]*:states:::http:invoke$/.test(String(state.Resource));
  if (inspectionLevel === 'TRACE' && !isHttp)
    throw validationError('The inspection level TRACE is supported for HTTP tasks only');
  if (mock?.result === undefined) return;
  const result = memberOf(mock.result, 'mock.result');
  if (type === 'Parallel') checkBranches(state, result);
  if (type === 'Map') checkMapResult(state, result);
  const { fieldValidationMode: mode = 'STRICT' } = mock;
  if (type !== 'Task' || mode === 'NONE') return;
  const problem = await mockProblem(String(state.Resource), result, mode === 'STRICT');
  if (problem !== undefined) throw validationError(`Mock result schema validation error: ${problem}`);
}

function checkBranches({ Branches: branches }: JsonObject, result: Json): void {
  const count = Array.isArray(branches) ? branches.length : 0;
  if (!Array.isArray(result) || result.length !== count)
    throw validationError(`The mocked result of this Parallel state must be an array of ${count} elements`);
}

/** A Map that writes its results to S3 has an object as its result. */
function checkMapResult({ ResultWriter: writer }: JsonObject, result: Json): void {
  const isWritten = isObject(writer) && writer.Resource !== undefined;
  if (isWritten ? !isObject(result) : !Array.isArray(result))
    throw validationError(`The mocked result of this Map state must be an ${isWritten ? 'object' : 'array'}`);
}

/** Parses a text. Throws the error with this code. */
export function jsonOf(text: string, code: string, title: string): Json {
  try {
    return parseJson(text);
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
