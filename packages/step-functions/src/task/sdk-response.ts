/** Fields that AWS's SDK client adds to results and errors of service integrations. */

import type { Outcome } from '../interpreter/task.ts';
import { isObject, type Json, type JsonObject, parseJson } from '../json.ts';
import type { ServiceResponse } from './http.ts';

/** Returns `SdkHttpMetadata` and `SdkResponseMetadata` of a response. */
export function sdkMetadata(response: ServiceResponse): JsonObject {
  const headers = Object.entries(response.headers).filter(([, value]) => value !== undefined);
  return {
    SdkHttpMetadata: {
      AllHttpHeaders: Object.fromEntries(headers.map(([name, value]) => [name, [value ?? ''].flat()])),
      HttpHeaders: Object.fromEntries(headers.map(([name, value]) => [name, [value ?? ''].flat().join(',')])),
      HttpStatusCode: response.status,
    },
    SdkResponseMetadata: { RequestId: requestId(response) },
  };
}

/**
 * Returns the failure of a service call, named `Service.Code`. `code` names a response without an error name; `sdkName`
 * is the service's name in the cause.
 */
export function serviceFailure(
  response: ServiceResponse,
  { prefix, sdkName, code }: { prefix: string; sdkName: string; code: string },
): Outcome {
  const body = jsonBody(response);
  const header = response.headers['x-amzn-errortype'];
  const named = [header].flat()[0] ?? body.__type ?? body.Code;
  const error = typeof named === 'string' ? (named.split('#').at(-1)?.split(':')[0] ?? code) : code;
  const message = String(body.Message ?? body.message ?? response.body);
  const details = `Service: ${sdkName}; Status Code: ${response.status}; Error Code: ${error}; Request ID: ${requestId(response)}; Proxy: null`;
  return { succeeded: false, error: `${prefix}.${error}`, cause: `${message} (${details})` };
}

/** Returns the failure of a call without a response. */
export function connectionFailure(prefix: string, error: unknown): Outcome {
  const reason =
    error instanceof Error
      ? error.message || ('code' in error ? String(error.code) : error.name)
      : String(error);
  return {
    succeeded: false,
    error: `${prefix}.SdkClientException`,
    cause: `Unable to execute HTTP request: ${reason}`,
  };
}

function jsonBody(response: ServiceResponse): JsonObject {
  try {
    const body: Json = parseJson(response.body);
    return isObject(body) ? body : {};
  } catch {
    return {};
  }
}

function requestId(response: ServiceResponse): string {
  return [response.headers['x-amzn-requestid']].flat()[0] ?? crypto.randomUUID();
}
