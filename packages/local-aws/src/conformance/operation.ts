import type { IncomingHttpHeaders } from 'node:http';
import { type Model, type Operation, shapeOf } from './model.ts';

export interface Received {
  method: string;
  /** Path and query of the request. */
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Returns the name of a request's operation; undefined if the model does not have it. */
export function operationOf(model: Model, received: Received): string | undefined {
  const { protocol } = model.metadata;
  if (protocol === 'json') return known(model, String(received.headers['x-amz-target'] ?? '').split('.')[1]);
  if (protocol === 'query' || protocol === 'ec2')
    return known(model, new URLSearchParams(received.body).get('Action') ?? undefined);
  return mostSpecific(model, received);
}

const known = (model: Model, name: string | undefined) =>
  name !== undefined && Object.hasOwn(model.operations, name) ? name : undefined;

/** Returns the operation whose path fits, and most of whose fixed and required parts the request has. */
function mostSpecific(model: Model, received: Received): string | undefined {
  const fitting = Object.entries(model.operations).flatMap(([name, operation]) => {
    const parts = boundParts(model, operation, received);
    return parts === undefined ? [] : [{ name, parts }];
  });
  return fitting.sort((one, other) => other.parts - one.parts)[0]?.name;
}

/** Returns how many fixed and required parts of an operation a request has; undefined if it lacks one. */
function boundParts(model: Model, { http, input }: Operation, received: Received): number | undefined {
  if (http.method !== received.method) return undefined;
  const [path = '', fixed = ''] = http.requestUri.split('?');
  if (!pathPattern(path).test(pathOf(received))) return undefined;
  const query = queryOf(received);
  const inputShape = input && shapeOf(model, input);
  const has: boolean[] = [...new URLSearchParams(fixed)].map(([name, value]) =>
    value === '' ? query.has(name) : query.get(name) === value,
  );
  for (const name of inputShape?.required ?? []) {
    const member = inputShape?.members?.[name];
    const written = member?.locationName ?? name;
    if (member?.location === 'querystring') has.push(query.has(written));
    if (member?.location === 'header') has.push(received.headers[written.toLowerCase()] !== undefined);
  }
  return has.every(Boolean) ? has.length : undefined;
}

export const pathOf = ({ url }: Received): string => url.split('?')[0] ?? '';
export const queryOf = ({ url }: Received): URLSearchParams =>
  new URLSearchParams(url.includes('?') ? url.slice(url.indexOf('?') + 1) : '');

/** Returns a pattern with a named group for each label of a path: `{Key+}` takes several segments. */
export const pathPattern = (path: string): RegExp =>
  new RegExp(
    `^${path.replace(/\{(\w+)(\+?)\}/g, (_, name, more) => `(?<${name}>${more ? '.+' : '[^/]+'})`)}/?$`,
  );
