/** The protocol: AWS JSON 1.0, `X-Amz-Target: AWSStepFunctions.Operation`. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import { isObject, type Json, type JsonObject, parseRequest } from '../json.ts';
import { activityOperations } from './activities.ts';
import { checkConstraints } from './constraints.ts';
import { ApiError, validationError } from './errors.ts';
import { executionOperations } from './executions.ts';
import { expressOperations } from './express.ts';
import { historyOperations } from './history.ts';
import { localOperations } from './local.ts';
import { machineOperations } from './machines.ts';
import { mapRunOperations } from './map-runs.ts';
import type { Operations, ServiceParts } from './service.ts';
import { tagOperations } from './tags.ts';
import { taskOperations } from './tasks.ts';
import { testStateOperations } from './test-state.ts';
import { versionOperations } from './versions.ts';

const allOperations: Operations = {
  ...machineOperations,
  ...executionOperations,
  ...expressOperations,
  ...historyOperations,
  ...mapRunOperations,
  ...taskOperations,
  ...tagOperations,
  ...testStateOperations,
  ...versionOperations,
  ...activityOperations,
};
const traced = /^Start(Sync)?Execution$/;
const targetPattern = /^(AWSStepFunctions|LocalStates)\.(\w+)$/;

/** Handles one request; never throws. */
export async function answer(
  parts: ServiceParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const requestId = crypto.randomUUID();
  try {
    const body = await bodyOf(request);
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const target = String(request.headers['x-amz-target'] ?? '');
    const trace = request.headers['x-amzn-trace-id'];
    await room(body.length);
    const result = await callOperation(parts, { target, body, trace }, gone.signal);
    send(response, 200, requestId, result);
  } catch (error) {
    const { code, status, message } = asApiError(error, requestId);
    response.setHeader('x-amzn-ErrorType', code);
    send(response, status, requestId, { __type: code, message });
  }
}

/** AWS has 1 MB for a request, escapes included. A definition can have as much here before its quotes and lines are escaped. */
const longestBody = 2_621_440;

/** Throws ValidationException for a request that is too long; an imported history has no limit. */
async function bodyOf(request: IncomingMessage): Promise<string> {
  if (String(request.headers['x-amz-target']).startsWith('LocalStates.')) return text(request);
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= longestBody) chunks.push(chunk);
  }
  if (length > longestBody) throw validationError(`The request is longer than ${longestBody} bytes`);
  return Buffer.concat(chunks).toString('utf8');
}

/** Characters of requests that are parsed in one turn of the event loop: some milliseconds. */
const mostInTurn = 400_000;
let parsed = 0;

/** Resolves when this turn can parse a request, so that many large ones that arrive together do not keep the others waiting. */
async function room(length: number): Promise<void> {
  while (parsed > mostInTurn) await setImmediate();
  if (parsed === 0)
    void setImmediate().then(() => {
      parsed = 0;
    });
  parsed += length;
}

interface Called {
  readonly target: string;
  readonly body: string;
  /** The header of X-Ray, which goes before the member of the request (the API reference of StartExecution). */
  readonly trace: string | string[] | undefined;
}

async function callOperation(
  parts: ServiceParts,
  { target, body, trace }: Called,
  gone: AbortSignal,
): Promise<object> {
  const [, service, name] = targetPattern.exec(target) ?? [];
  if (name === undefined)
    throw new ApiError('UnknownOperationException', `'${target}' is not an operation of Step Functions`);
  const operations = service === 'LocalStates' ? localOperations : allOperations;
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (!operation)
    throw new ApiError('UnknownOperationException', `'${name}' is not an operation of Step Functions`);
  let input: unknown;
  try {
    input = body === '' ? {} : parseRequest(body);
  } catch {
    throw new ApiError(
      'SerializationException',
      'The request is not valid JSON, or has too many levels or values',
    );
  }
  if (trace !== undefined && traced.test(name) && isObject(input as Json))
    input = { ...(input as JsonObject), traceHeader: String(trace) };
  checkConstraints(name, input as Json);
  await parts.engine.ready();
  return operation(parts, input, gone);
}

function asApiError(error: unknown, requestId: string): ApiError {
  if (error instanceof ApiError) return error;
  console.error(`states: request ${requestId} failed:`, error);
  return new ApiError('InternalFailure', error instanceof Error ? error.message : String(error), 500);
}

function send(response: ServerResponse, status: number, requestId: string, result: object): void {
  response.writeHead(status, { 'Content-Type': 'application/x-amz-json-1.0', 'x-amzn-RequestId': requestId });
  response.end(JSON.stringify(result));
}
