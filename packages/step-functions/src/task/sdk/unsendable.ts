/** Finds calls that AWS's own client refuses to send, where the SDK of this engine sends something else or waits. */

import { isObject, type Json } from '../../json.ts';
import type { Schema } from './shapes.ts';

/** Returns why a call cannot be sent, in the words of the SDK for Java, which AWS uses; undefined for one that can. */
export function whyUnsendable(input: Schema, parameters: Json): string | undefined {
  if (!isObject(parameters)) return undefined;
  for (const [member, schema] of input.structIterator()) {
    // An empty part of the address would make it that of another resource: a bucket in place of an object.
    const isPartOfAddress = schema.getMergedTraits().httpLabel !== undefined;
    if (isPartOfAddress && parameters[member] === '') return `${member} cannot be empty.`;
  }
  const { Body: body = null, ContentLength: announced } = parameters;
  const length = Buffer.byteLength(typeof body === 'string' ? body : '');
  if (typeof announced !== 'number' || announced <= length) return undefined;
  return `Request content was only ${length} bytes, but the specified content-length was ${announced} bytes.`;
}
