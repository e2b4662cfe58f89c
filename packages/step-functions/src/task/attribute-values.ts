/** Attribute values of DynamoDB in the parameters of a task. */

import { isObject, type Json, type JsonObject } from '../json.ts';

/** A field, and the type that its value must have. */
export type Mistyped = [field: string, type: 'STRING' | 'MAP'];

/** The fields whose members are attribute values. */
export const attributeFields = /^(Item|Key|ExpressionAttributeValues|ExclusiveStartKey)$/;

/**
 * Yields what is wrong with an attribute value: one that is not an object, or whose text or number is not text. Of the optimised
 * integration a text alone is a value too: definitions that AWS publishes have `"Key": { "id.$": "$.id" }` and `{ "L": ["a"] }`.
 */
export function* badAttribute(name: string, value: Json, optimised: boolean): Generator<Mistyped> {
  if (value === null || (optimised && typeof value === 'string')) return;
  if (!isObject(value)) {
    yield [name, 'MAP'];
    return;
  }
  for (const type of ['S', 'N']) if (type in value && typeof value[type] !== 'string') yield [type, 'STRING'];
  const inner: [string, Json][] = [
    ...(isObject(value.M) ? Object.entries(value.M) : []),
    ...(Array.isArray(value.L) ? value.L.map((item): [string, Json] => ['L', item]) : []),
  ];
  for (const [field, next] of inner) yield* badAttribute(field, next, optimised);
}

/** Returns the parameters with `{ "S": text }` in place of each attribute value that is a text alone, and without those that are null. */
export function withTextValues(parameters: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      attributeFields.test(name) && isObject(value) ? textValues(value) : value,
    ]),
  );
}

function textValues(values: JsonObject): JsonObject {
  const given = Object.entries(values).filter(([, value]) => value !== null);
  return Object.fromEntries(given.map(([name, value]) => [name, textValue(value)]));
}

function textValue(value: Json): Json {
  if (typeof value === 'string') return { S: value };
  if (!isObject(value)) return value;
  return {
    ...value,
    ...(isObject(value.M) ? { M: textValues(value.M) } : {}),
    ...(Array.isArray(value.L) ? { L: value.L.map(textValue) } : {}),
  };
}
