import type { OutgoingHttpHeaders } from 'node:http';
import { type Model, type Operation, type Shape, shapeOf } from './model.ts';
import { pathOf, pathPattern, queryOf, type Received } from './operation.ts';

/** Headers and parameters that SDKs add to every request, and checksums, which the models leave to them. */
const ofEveryRequest =
  /^(x-amz-(content-sha256|date|user-agent|security-token|trailer|decoded-content-length|invocation-id|te)|x-amz-(algorithm|credential|expires|signature|signedheaders)|x-id|x-amz-checksum-\w+)$/i;

/** Returns the members of an input that travel in path, query and headers of a REST request, as text. */
export function boundInput(model: Model, { http, input }: Operation, received: Received): object {
  const shape = input && shapeOf(model, input);
  const found: Record<string, unknown> = labelsOf(http.requestUri, received);
  const query = queryOf(received);
  const fixed = new Set(new URLSearchParams(http.requestUri.split('?')[1] ?? '').keys());
  const members = membersOf(shape);
  for (const [written, value] of query) {
    if (fixed.has(written) || ofEveryRequest.test(written)) continue;
    found[members.named('querystring', written) ?? written] = value;
  }
  return { ...found, ...headersFor(model, shape, received.headers) };
}

/** Returns the members of a shape that travel in headers; an `x-amz-` header that it does not have keeps its name. */
export function headersFor(model: Model, shape: Shape | undefined, headers: OutgoingHttpHeaders): object {
  const members = membersOf(shape);
  const found: Record<string, unknown> = {};
  for (const [written, raw] of Object.entries(headers)) {
    const value = String(raw);
    const name = members.named('header', written);
    if (name !== undefined) {
      const member = shape?.members?.[name];
      found[name] = member && shapeOf(model, member).type === 'list' ? value.split(/,\s*/) : value;
      continue;
    }
    const prefixed = Object.entries(shape?.members ?? {}).find(
      ([, { location, locationName = '' }]) => location === 'headers' && startsWith(written, locationName),
    );
    if (prefixed) {
      const [map, { locationName = '' }] = prefixed;
      found[map] = { ...(found[map] as object), [written.slice(locationName.length)]: value };
    } else if (/^x-amz-/i.test(written) && !ofEveryRequest.test(written)) found[written] = value;
  }
  return found;
}

const startsWith = (text: string, start: string) => text.toLowerCase().startsWith(start.toLowerCase());

function labelsOf(requestUri: string, received: Received): Record<string, unknown> {
  const labels = pathPattern(requestUri.split('?')[0] ?? '').exec(pathOf(received))?.groups ?? {};
  return Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, decodeURIComponent(value)]));
}

const membersOf = (shape: Shape | undefined) => ({
  named: (location: string, written: string) =>
    Object.entries(shape?.members ?? {}).find(
      ([name, member]) =>
        member.location === location && (member.locationName ?? name).toLowerCase() === written.toLowerCase(),
    )?.[0],
});

/** Returns a shape with only the members that travel in the body, or only the others. */
export function partOf(shape: Shape, inBody: boolean): Shape {
  const isIn = (name: string) => {
    const member = shape.members?.[name];
    return (member?.location === undefined && name !== shape.payload) === inBody;
  };
  const members = Object.entries(shape.members ?? {}).filter(([name]) => isIn(name));
  return {
    ...shape,
    required: (shape.required ?? []).filter(isIn),
    members: Object.fromEntries(members),
  };
}
