/** Lambda over its wire protocol: `POST /2015-03-31/functions/{name}/invocations`. */

import type { Outcome } from '../interpreter/task.ts';
import { isObject, type Json, type JsonObject, jsonText, withText } from '../json.ts';
import type { ServiceResponse } from './http.ts';
import type { ServiceTarget } from './json-protocol.ts';
import { sdkMetadata, serviceFailure } from './sdk-response.ts';

/** Calls a function that is the resource itself: its input is the state's input, its result the task's result. */
export async function callFunction(
  target: ServiceTarget,
  functionArn: string,
  input: Json,
): Promise<Outcome> {
  const response = await invoke(target, functionArn, jsonText(input ?? {}), {});
  return failureOf(response) ?? { succeeded: true, output: payload(response) };
}

/** Calls `lambda:invoke`: its parameters are those of the Invoke API, its result the API's response. */
export async function callInvoke(target: ServiceTarget, parameters: Json): Promise<Outcome> {
  const name = isObject(parameters) ? parameters.FunctionName : undefined;
  if (!isObject(parameters) || typeof name !== 'string' || name === '') {
    return {
      succeeded: false,
      error: 'Lambda.ValidationException',
      cause: 'The parameter FunctionName must be a string',
    };
  }
  const response = await invoke(target, name, requestBody(parameters), parameters);
  const failure = failureOf(response);
  if (failure) return failure;
  const version = response.headers['x-amz-executed-version'];
  const log = response.headers['x-amz-log-result'];
  return {
    succeeded: true,
    output: {
      ...(version === undefined ? {} : { ExecutedVersion: String(version) }),
      ...(log === undefined ? {} : { LogResult: String(log) }),
      ...(response.body === '' ? {} : { Payload: payload(response) }),
      ...sdkMetadata(response),
      StatusCode: response.status,
    },
  };
}

/** Returns the payload as text. As on AWS, null is sent as `{}`, and a string that is JSON is sent unchanged. */
function requestBody({ Payload }: JsonObject): string {
  if (Payload === undefined) return '';
  return typeof Payload === 'string' && isJson(Payload) ? Payload : JSON.stringify(Payload ?? {});
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function invoke(
  target: ServiceTarget,
  name: string,
  body: string,
  parameters: JsonObject,
): Promise<ServiceResponse> {
  const header = (field: string, headerName: string) => {
    const value = parameters[field];
    return typeof value === 'string' ? { [headerName]: value } : {};
  };
  const qualifier = parameters.Qualifier;
  const query = typeof qualifier === 'string' ? `?Qualifier=${encodeURIComponent(qualifier)}` : '';
  return target.client.post({
    url: `${target.endpoint.replace(/\/$/, '')}/2015-03-31/functions/${encodeURIComponent(name)}/invocations${query}`,
    service: 'lambda',
    region: target.region,
    headers: {
      'Content-Type': 'application/json',
      ...header('InvocationType', 'X-Amz-Invocation-Type'),
      ...header('LogType', 'X-Amz-Log-Type'),
      ...header('ClientContext', 'X-Amz-Client-Context'),
      ...header('DurableExecutionName', 'X-Amz-Durable-Execution-Name'),
      ...header('TenantId', 'X-Amz-Tenant-Id'),
    },
    body,
  });
}

/** Returns the failure of a response. A function's error keeps its own name; errors of Lambda are named `Lambda.…`. */
function failureOf(response: ServiceResponse): Outcome | undefined {
  if (response.status >= 300) {
    const code =
      { 429: 'TooManyRequestsException', 404: 'ResourceNotFoundException' }[response.status] ??
      'ServiceException';
    const named = { ...response, headers: { 'x-amzn-errortype': code, ...response.headers } };
    return withVersion(serviceFailure(named, { prefix: 'Lambda', sdkName: 'AWSLambda' }));
  }
  if (response.headers['x-amz-function-error'] === undefined) return undefined;
  const error = payload(response);
  const name = isObject(error) ? error.errorType : undefined;
  if (typeof name === 'string' && name !== '') return { succeeded: false, error: name, cause: response.body };
  const unknown = 'The cause could not be determined because Lambda did not return an error type.';
  const cause = `${unknown} Returned payload: ${response.body}`;
  return { succeeded: false, error: 'Lambda.Unknown', cause };
}

/** Adds the version to AWS's error for an unknown function: Step Functions calls the unpublished version. */
function withVersion(outcome: Outcome): Outcome {
  if (outcome.succeeded || outcome.cause === undefined) return outcome;
  return {
    ...outcome,
    cause: outcome.cause.replace(/^(Function not found: \S+:function:[^:\s]+)(?= \()/, '$1:$$LATEST'),
  };
}

function payload(response: ServiceResponse): Json {
  if (response.body === '') return null;
  try {
    return withText(JSON.parse(response.body) as Json, response.body);
  } catch {
    return response.body;
  }
}
