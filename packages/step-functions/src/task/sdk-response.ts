/** Fields that AWS's SDK client adds to results and errors of service integrations. */

import type { Outcome } from '../interpreter/task.ts';
import { isObject, type Json, type JsonObject, parseJson } from '../json.ts';
import type { ServiceResponse } from './http.ts';
import { exceptionName, sdkExceptionName } from './sdk/names.ts';

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

/** Returns the members in the order of their names, which results of optimized integrations have on AWS. */
export function ordered(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** The names of an optimized integration's errors. */
interface Names {
  readonly prefix: string;
  readonly sdkName: string;
}

/**
 * Returns the failure of an optimized integration, named as the first AWS SDK for Java named exceptions: `DynamoDB.Code`, or
 * after the service for an error that its model does not name.
 */
export function serviceFailure(
  response: ServiceResponse,
  names: Names,
  modeled: (code: string) => boolean = () => true,
): Outcome {
  const { code, message } = errorOf(response);
  return optimizedFailure(names, {
    code,
    modeled: code !== undefined && modeled(code),
    message,
    status: response.status,
    requestId: requestId(response),
  });
}

/** An error that a service returned. */
interface ServiceError {
  readonly code: string | undefined;
  readonly modeled: boolean;
  readonly message: string;
  readonly status: number;
  readonly requestId: string | undefined;
  readonly extendedRequestId?: string | undefined;
}

export function optimizedFailure({ prefix, sdkName }: Names, error: ServiceError): Outcome {
  const fallback = `${sdkName.replace(/v2$/, '')}Exception`;
  const { code = fallback, modeled, message, status, requestId = crypto.randomUUID() } = error;
  const details = `Service: ${sdkName}; Status Code: ${status}; Error Code: ${code}; Request ID: ${requestId}; Proxy: null`;
  const name = modeled ? exceptionName(code) : fallback;
  return { succeeded: false, error: `${prefix}.${name}`, cause: `${message} (${details})` };
}

/** Returns the failure of an SDK integration of a service whose name in Pascal case is given. */
export function sdkFailure(
  response: ServiceResponse,
  service: string,
  modeled: (code: string) => boolean,
): Outcome {
  const { code, message } = errorOf(response);
  const known = code !== undefined && modeled(code);
  return sdkError(service, {
    code,
    modeled: known,
    message,
    status: response.status,
    requestId: requestId(response),
  });
}

export function sdkError(service: string, error: ServiceError): Outcome {
  const { code, modeled, message, status, requestId = crypto.randomUUID(), extendedRequestId } = error;
  const extended = extendedRequestId === undefined ? '' : `, Extended Request ID: ${extendedRequestId}`;
  const details = `Service: ${service}, Status Code: ${status}, Request ID: ${requestId}${extended}`;
  const name = modeled && code !== undefined ? sdkExceptionName(code) : `${service}Exception`;
  return { succeeded: false, error: `${service}.${name}`, cause: `${message} (${details})` };
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

function errorOf(response: ServiceResponse): { code: string | undefined; message: string } {
  const body = jsonBody(response);
  const header = response.headers['x-amzn-errortype'];
  const named = [header].flat()[0] ?? body.__type ?? body.Code;
  const code = typeof named === 'string' ? named.split('#').at(-1)?.split(':')[0] : undefined;
  return { code: code || undefined, message: String(body.Message ?? body.message ?? response.body) };
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
