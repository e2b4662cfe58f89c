/** Converts between a task's JSON and the values of the AWS SDK, by the schemas that the SDK's clients contain. */

import { isObject, type Json, type JsonObject } from '../../json.ts';
import { isJsonata } from '../../jsonata/expression.ts';
import { booleanOf } from '../booleans.ts';
import { memberName, type Naming } from './names.ts';

/** The part of `NormalizedSchema` of @smithy/core that is used here. */
export interface Schema {
  isStructSchema(): boolean;
  /** `httpLabel` marks a member that is part of the address of a request. */
  getMergedTraits(): { readonly httpLabel?: unknown };
  isListSchema(): boolean;
  isMapSchema(): boolean;
  isBlobSchema(): boolean;
  isTimestampSchema(): boolean;
  isStringSchema(): boolean;
  isNumericSchema(): boolean;
  isBooleanSchema(): boolean;
  isIdempotencyToken(): boolean;
  getValueSchema(): Schema;
  getEventStreamMember(): string;
  structIterator(): Iterable<[member: string, schema: Schema]>;
  /** For a structure: its kind, namespace, name, traits, members, their schemas, and how many of them are required. */
  getSchema(): unknown;
}

function membersOf(schema: Schema, naming: Naming): Map<string, [member: string, schema: Schema]> {
  const name = namerOf(schema, naming);
  return new Map([...schema.structIterator()].map((entry) => [name(entry[0]), entry]));
}

/** Returns the function that names the members of a structure. Values of DynamoDB keep their names: `SS`, `BOOL`. */
function namerOf(schema: Schema, naming: Naming): (member: string) => string {
  const [, , structure] = schema.getSchema() as unknown[];
  return (member) => memberName(member, structure === 'AttributeValue' ? 'model' : naming);
}

/** The way in which parameters are read: in a template, the value of a field `name.$` and a text of JSONata can have any type. */
export interface Reading {
  readonly naming: Naming;
  readonly isTemplate: boolean;
}

/** Returns the problems of a task's parameters: fields that the action lacks, and required ones that are missing. */
export function problemsOf(schema: Schema, reading: Reading, parameters: Json): string[] {
  const { naming, isTemplate } = reading;
  if (isTemplate && typeof parameters === 'string' && isJsonata(parameters)) return [];
  const mismatch = mismatchOf(schema, parameters);
  if (mismatch !== undefined) return [mismatch];
  if (Array.isArray(parameters)) {
    if (!schema.isListSchema()) return [];
    return parameters.flatMap((item) => problemsOf(schema.getValueSchema(), reading, item));
  }
  if (!isObject(parameters)) return [];
  const given = Object.entries(parameters).map(([field, value]): [name: string, value: Json] =>
    isTemplate && field.endsWith('.$') ? [field.slice(0, -2), null] : [field, value],
  );
  if (schema.isMapSchema())
    return given.flatMap(([, value]) => problemsOf(schema.getValueSchema(), reading, value));
  if (!schema.isStructSchema()) return [];
  const members = membersOf(schema, naming);
  // A member that is null is missing when the task starts.
  const present = new Set(given.filter(([, value]) => isTemplate || value !== null).map(([name]) => name));
  const missing = requiredOf(schema, naming).filter((name) => !present.has(name));
  return [
    ...given.flatMap(([field, value]): string[] => {
      const member = members.get(field)?.[1];
      return member
        ? problemsOf(member, reading, value)
        : [`The field "${field}" is not supported by Step Functions`];
    }),
    ...missing.map((name) => `The field "${name}" is required but was missing`),
  ];
}

/**
 * Returns the problem of a value of another type. AWS converts some: everything to text, and texts to numbers and booleans that they
 * write. The words are those of its JSON reader, without the names of its classes.
 */
function mismatchOf(schema: Schema, value: Json): string | undefined {
  const expected = typeOf(schema);
  if (expected === undefined || value === null) return undefined;
  const given = Array.isArray(value) ? 'list' : isObject(value) ? 'object' : typeof value;
  if (given === expected || (expected === 'boolean' && given === 'number')) return undefined;
  if (typeof value === 'string' && expected === 'boolean' && typeof booleanOf(value) === 'boolean')
    return undefined;
  if (typeof value === 'string' && expected === 'number' && Number.isFinite(Number(value))) return undefined;
  return `Cannot deserialize value of type ${expected} from ${given} value`;
}

function typeOf(schema: Schema): 'list' | 'object' | 'boolean' | 'number' | undefined {
  if (schema.isListSchema()) return 'list';
  if (schema.isStructSchema() || schema.isMapSchema()) return 'object';
  if (schema.isBooleanSchema()) return 'boolean';
  return schema.isNumericSchema() ? 'number' : undefined;
}

/**
 * Returns the first way in which a mocked result does not conform to the model of a response, in AWS's words. Fields that the model
 * lacks are taken, since it can be older than the service.
 */
export function mockProblem(
  schema: Schema,
  naming: Naming,
  value: Json,
  strict: boolean,
  field = '',
): string | undefined {
  const inner = (of: Schema, item: Json, name: string) => mockProblem(of, naming, item, strict, name);
  const wanted = (what: string) => `Field '${field}' must be ${what}`;
  if (schema.isStructSchema()) {
    if (!isObject(value)) return field === '' ? 'The result must be an object' : wanted('an object');
    const missing = strict && requiredOf(schema, naming).find((name) => !Object.hasOwn(value, name));
    if (missing) return `Required field '${missing}' is missing`;
    const members = membersOf(schema, naming);
    return first(Object.entries(value), ([name, item]) => {
      const member = members.get(name)?.[1];
      return member && inner(member, item, name);
    });
  }
  if (schema.isListSchema())
    return Array.isArray(value)
      ? first(value, (item) => inner(schema.getValueSchema(), item, field))
      : wanted('an array');
  if (schema.isMapSchema())
    return isObject(value)
      ? first(Object.values(value), (item) => inner(schema.getValueSchema(), item, field))
      : wanted('an object');
  // So are the fields of bytes that a task shows as JSON, such as a function's Payload.
  if (schema.isBlobSchema() || schema.isTimestampSchema() || schema.isStringSchema())
    return typeof value === 'string' ? undefined : wanted('a string');
  if (schema.isNumericSchema()) return typeof value === 'number' ? undefined : wanted('a number');
  if (schema.isBooleanSchema()) return typeof value === 'boolean' ? undefined : wanted('a boolean');
  return undefined;
}

function first<T>(items: readonly T[], problem: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = problem(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Returns the required members that the SDK does not fill itself. */
function requiredOf(schema: Schema, naming: Naming): string[] {
  const [, , , , , , count = 0] = schema.getSchema() as unknown[];
  return [...schema.structIterator()]
    .slice(0, Number(count))
    .filter(([, member]) => !member.isIdempotencyToken())
    .map(([member]) => namerOf(schema, naming)(member));
}

/** Returns the SDK's value of a task's JSON; fields without a member are left out. */
export function toSdk(schema: Schema, naming: Naming, value: Json): unknown {
  if (value === null) return undefined;
  if (schema.isBlobSchema()) return Buffer.from(asText(value));
  if (schema.isStringSchema()) return asText(value);
  if (schema.isTimestampSchema())
    return new Date(typeof value === 'number' ? value * (naming === 'model' ? 1 : 1000) : asText(value));
  if (schema.isNumericSchema())
    return typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (schema.isBooleanSchema()) return booleanOf(value);
  if (schema.isListSchema() && Array.isArray(value))
    return value.map((item) => toSdk(schema.getValueSchema(), naming, item));
  if (!isObject(value)) return value;
  if (schema.isMapSchema()) return mapped(value, (item) => toSdk(schema.getValueSchema(), naming, item));
  if (!schema.isStructSchema()) return value;
  const members = membersOf(schema, naming);
  return Object.fromEntries(
    Object.entries(value).flatMap(([field, item]) => {
      const found = members.get(field);
      return found ? [[found[0], toSdk(found[1], naming, item)]] : [];
    }),
  );
}

/** Returns text as it is and any other JSON as its text, as AWS does for fields of type string. */
function asText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

interface BlobStream {
  transformToByteArray(): Promise<Uint8Array>;
}

/** Returns a task's JSON of the SDK's value; reads streams to their end. */
export async function fromSdk(schema: Schema, naming: Naming, value: unknown): Promise<Json> {
  if (value === undefined || value === null) return null;
  if (schema.isBlobSchema()) {
    const isStream = typeof value === 'object' && 'transformToByteArray' in value;
    return blobText(isStream ? await (value as BlobStream).transformToByteArray() : (value as Uint8Array));
  }
  if (value instanceof Date)
    return naming === 'model' ? value.getTime() : value.toISOString().replace('.000Z', 'Z');
  if (schema.isListSchema())
    return Promise.all((value as unknown[]).map((item) => fromSdk(schema.getValueSchema(), naming, item)));
  if (schema.isMapSchema())
    return fields(
      Object.entries(value).map(([key, item]) => [key, schema.getValueSchema(), item]),
      naming,
    );
  if (schema.isStructSchema()) {
    const content = value as Record<string, unknown>;
    const present = [...schema.structIterator()].filter(
      ([member]) => content[member] !== undefined && content[member] !== null,
    );
    const name = namerOf(schema, naming);
    const named = present.map(([member, inner]): [string, Schema, unknown] => [
      name(member),
      inner,
      content[member],
    ]);
    // The first SDK for Java, which optimized integrations use, has them in the order of their names.
    if (naming === 'model') named.sort(([left], [right]) => (left < right ? -1 : 1));
    return fields(named, naming);
  }
  // A number with decimals beyond those of JavaScript, a lazily parsed text, or a document.
  return JSON.parse(
    JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? Number(inner) : inner)),
  ) as Json;
}

async function fields(
  entries: [name: string, schema: Schema, value: unknown][],
  naming: Naming,
): Promise<JsonObject> {
  const converted = entries.map(
    async ([name, schema, value]): Promise<[string, Json]> => [name, await fromSdk(schema, naming, value)],
  );
  return Object.fromEntries(await Promise.all(converted));
}

function mapped(value: JsonObject, convert: (item: Json) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, convert(item)]));
}

/** Returns bytes as text, or as base64 if they are not UTF-8. */
function blobText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return Buffer.from(bytes).toString('base64');
  }
}
