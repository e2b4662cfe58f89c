/**
 * Tasks that send a request of HTTP: `http:invoke`, `apigateway:invoke`, and Kubernetes' API through `eks:call` and `eks:runJob`.
 * The request goes to the endpoint with its own path, query and host, so that no test calls a server by accident.
 */

import type { Target } from '../definition/resource.ts';
import type { Outcome } from '../interpreter/task.ts';
import { isObject, type Json, type JsonObject, parseJson } from '../json.ts';
import type { Exchange, ServiceResponse } from './http.ts';
import type { ServiceTarget } from './json-protocol.ts';
import { textOf } from './json-services.ts';

/** AWS's limit for the request and the response of `http:invoke`, whatever the task's timeout. */
const longestMs = 60_000;

/** Calls a target for which `isHttpTask` holds. `observe` gets what `http:invoke` sends, and again with what it receives. */
export async function callHttpTask(
  { client, endpoint, region }: ServiceTarget,
  target: Target,
  parameters: Json,
  { observe, limitMs = longestMs }: { observe?: (exchange: Exchange) => void; limitMs?: number } = {},
): Promise<Outcome> {
  const given = isObject(parameters) ? parameters : {};
  const prefix = target.integration?.prefix ?? '';
  const { url, method, body } = requestOf(target, given);
  const encoded = encodedBody(given, body);
  const isHttp = target.client === 'http';
  const own = isHttp ? withOwn(headersOf(given.Headers), region) : headersOf(given.Headers);
  const headers = {
    ...(encoded === '' ? {} : { 'Content-Type': contentType(given) }),
    ...own,
    Host: url.host,
  };
  const query = queryOf(url, given);
  const protocol = url.protocol.replace(':', '');
  const request = {
    ...{ protocol, method, url: `${url.origin}${url.pathname}${query}`, headers: shownHeaders(own) },
    ...(encoded === '' ? {} : { body: encoded }),
  };
  observe?.({ request });
  let response: ServiceResponse;
  try {
    response = await client.post({
      url: `${endpoint.replace(/\/$/, '')}${url.pathname}${query}`,
      ...{ method, headers, body: encoded, region },
      service: isHttp ? undefined : 'execute-api',
      ...(isHttp && { signal: AbortSignal.timeout(limitMs) }),
    });
  } catch (error) {
    if (!isHttp) throw error;
    return { succeeded: false, error: 'States.Http.Socket', cause: (error as Error).message };
  }
  const { status, reason, headers: received, body: text } = response;
  const shown = { statusCode: String(status), statusMessage: reason, headers: shownHeaders(received) };
  observe?.({ request, response: { protocol, ...shown, body: text } });
  if (isHttp && !isText(response)) {
    const cause = `The response of type '${received['content-type'] ?? ''}' is not text`;
    return { succeeded: false, error: 'States.Runtime', cause };
  }
  if (status >= 300) {
    const error = `${prefix}.${isHttp ? 'StatusCode.' : ''}${status}`;
    return { succeeded: false, error, cause: text };
  }
  return { succeeded: true, output: outputOf(response) };
}

/** Sets the headers that AWS sets, whatever the task has (the guide's page of HTTP tasks). */
function withOwn(headers: Readonly<Record<string, string>>, region: string): Record<string, string> {
  const given = Object.entries(headers).filter(([name]) => !/^(user-agent|range)$/i.test(name));
  const agent = `Amazon|StepFunctions|HttpInvoke|${region}`;
  return { ...Object.fromEntries(given), 'User-Agent': agent, Range: 'bytes=0-262144' };
}

/** Returns whether `http:invoke` accepts a response: for others the guide names States.Runtime. */
function isText({ headers, isDecoded }: ServiceResponse): boolean {
  return (
    isDecoded && !/^\s*(application\/octet-stream|(image|video|audio)\/)/i.test(headers['content-type'] ?? '')
  );
}

function shownHeaders(headers: ServiceResponse['headers']): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${[value ?? ''].flat().join(', ')}`);
  return `[${lines.join(', ')}]`;
}

interface HttpRequest {
  readonly url: URL;
  readonly method: string;
  readonly body: Json | undefined;
}

function requestOf({ client, action }: Target, given: JsonObject): HttpRequest {
  const { Method = 'GET', RequestBody: body } = given;
  const method = String(Method);
  const path = (name: string) =>
    given[name] === undefined ? '' : `/${textOf(given[name]).replace(/^\//, '')}`;
  if (client === 'http') return { url: new URL(String(given.ApiEndpoint)), method, body };
  if (client === 'api-gateway') {
    const url = new URL(`https://${given.ApiEndpoint}${path('Stage')}${path('Path')}`);
    // Other methods have no body, as the guide's page of API Gateway says; its example gives one to GET.
    const sent = ['PATCH', 'POST', 'PUT'].includes(method) ? body : undefined;
    return { url, method, body: given.AllowNullValues === true ? sent : withoutNulls(sent) };
  }
  const { Namespace = 'default', Job } = given;
  const server = textOf(given.Endpoint ?? 'https://localhost').replace(/\/$/, '');
  return action === 'runJob'
    ? { url: new URL(`${server}/apis/batch/v1/namespaces/${Namespace}/jobs`), method: 'POST', body: Job }
    : { url: new URL(`${server}${path('Path')}`), method, body };
}

/** Leaves out members that are null, which AWS does not send unless the task has AllowNullValues. */
function withoutNulls(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return value.map((item) => withoutNulls(item) ?? null);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(kept.map(([name, member]) => [name, withoutNulls(member) ?? null]));
}

/** Returns the query of the address with the parameters, of which each can have several values. */
function queryOf(url: URL, { QueryParameters: query }: JsonObject): string {
  const added = Object.entries(isObject(query) ? query : {}).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, textOf(one)]),
  );
  const text = [url.search.slice(1), encodedPairs(added)].filter((part) => part !== '').join('&');
  return text === '' ? '' : `?${text}`;
}

/** Encodes a blank as `%20`, as AWS does. */
function encodedPairs(pairs: readonly [string, string][]): string {
  return pairs.map((pair) => pair.map(encodeURIComponent).join('=')).join('&');
}

function headersOf(headers: Json | undefined): Record<string, string> {
  if (!isObject(headers)) return {};
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value].flat().map(textOf).join(',')]),
  );
}

function isForm({ Transform: transform }: JsonObject): boolean {
  return isObject(transform) && transform.RequestBodyEncoding === 'URL_ENCODED';
}

function contentType(given: JsonObject): string {
  return isForm(given) ? 'application/x-www-form-urlencoded' : 'application/json; charset=UTF-8';
}

function encodedBody(given: JsonObject, body: Json | undefined): string {
  if (body === undefined || body === null) return '';
  if (!isForm(given) || !isObject(body)) return textOf(body);
  const { Transform: transform } = given;
  const options = isObject(transform) ? transform.RequestEncodingOptions : undefined;
  const format = isObject(options) ? String(options.ArrayFormat) : 'INDICES';
  return encodedPairs(Object.entries(body).flatMap(([name, value]) => formFields(name, value, format)));
}

/** Returns the fields of a form for one value; the members of an object are in brackets, lists in the task's format. */
function formFields(name: string, value: Json, format: string): [string, string][] {
  if (isObject(value))
    return Object.entries(value).flatMap(([member, inner]) =>
      formFields(`${name}[${member}]`, inner, format),
    );
  if (!Array.isArray(value)) return [[name, textOf(value)]];
  if (format === 'COMMAS') return [[name, value.map(textOf).join(',')]];
  if (format === 'NONE') return [];
  return value.flatMap((item, index) => {
    const suffix = format === 'REPEAT' ? '' : format === 'BRACKETS' ? '[]' : `[${index}]`;
    return formFields(`${name}${suffix}`, item, format);
  });
}

function outputOf({ status, reason, headers, headerLines, body }: ServiceResponse): JsonObject {
  return {
    Headers: Object.fromEntries(Object.entries(headerLines).map(([name, values]) => [name, values ?? []])),
    ResponseBody: String(headers['content-type'] ?? '').includes('json') ? jsonOf(body) : body,
    StatusCode: status,
    StatusText: reason,
  };
}

function jsonOf(body: string): Json {
  try {
    return parseJson(body);
  } catch {
    return body;
  }
}
