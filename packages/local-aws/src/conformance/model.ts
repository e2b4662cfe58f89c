import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A shape of a service model, in botocore's format. */
export interface Shape {
  type: string;
  required?: readonly string[];
  members?: Readonly<Record<string, Reference>>;
  member?: Reference;
  key?: Reference;
  value?: Reference;
  min?: number;
  max?: number;
  pattern?: string;
  enum?: readonly string[];
  /** Name of the member that is the whole body. */
  payload?: string;
  flattened?: boolean;
}

/** A use of a shape, with how it travels. */
export interface Reference {
  shape: string;
  location?: 'uri' | 'querystring' | 'header' | 'headers' | 'statusCode';
  locationName?: string;
  queryName?: string;
  flattened?: boolean;
  resultWrapper?: string;
}

export interface Operation {
  http: { method: string; requestUri: string };
  input?: Reference;
  output?: Reference;
  /** Codes of the errors that are its own. */
  errors: readonly string[];
}

export interface Model {
  metadata: { protocol: 'json' | 'rest-json' | 'rest-xml' | 'query' | 'ec2'; targetPrefix?: string };
  operations: Readonly<Record<string, Operation>>;
  shapes: Readonly<Record<string, Shape>>;
}

const folder = join(import.meta.dirname, '../data');
const loaded = new Map<string, Model | undefined>();

/** Returns AWS's model of a service by its signing name; undefined where none is kept. */
export function modelOf(service: string): Model | undefined {
  if (!loaded.has(service)) {
    const file = join(folder, `${service}.json`);
    loaded.set(service, existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Model) : undefined);
  }
  return loaded.get(service);
}

/** Returns the shape of a reference. Throws if the model lacks it. */
export function shapeOf(model: Model, { shape }: Reference): Shape {
  const found = model.shapes[shape];
  if (!found) throw new Error(`The model has no shape ${shape}`);
  return found;
}

/** Returns the names of all operations that have a model. */
export const knownOperations = (): string[] =>
  readdirSync(folder).flatMap((file) => Object.keys(modelOf(file.replace('.json', ''))?.operations ?? {}));

/** Returns the names of the members of an operation's input, by the operation's name in lower case. */
export function inputOf(
  service: string,
  operation: string,
): { members: string[]; required: string[] } | undefined {
  const model = modelOf(service);
  const [, found] =
    Object.entries(model?.operations ?? {}).find(([name]) => name.toLowerCase() === operation) ?? [];
  if (!model || !found) return undefined;
  const { members = {}, required = [] } = found.input ? shapeOf(model, found.input) : {};
  return { members: Object.keys(members), required: [...required] };
}
