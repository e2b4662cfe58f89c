/** Finds and loads clients of the AWS SDK, which the user installs next to this package. */

import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Schema } from './shapes.ts';

interface Command {
  /** An operation: its kind, namespace, name, traits, input and output. */
  readonly schema?: readonly unknown[];
}

export interface SdkClient {
  send(command: Command, options: object): Promise<Record<string, unknown>>;
  readonly config: { readonly serviceId: string };
}

interface Operation {
  command(input: unknown): Command;
  readonly input: Schema;
  readonly output: Schema;
}

export interface ClientPackage {
  /** `handler` has the settings of requests over HTTP/1.1, since local endpoints have no HTTP/2, which some clients use. */
  newClient(configuration: object, handler: object): SdkClient;
  /** Returns undefined for an operation that the service lacks, or that streams events. */
  operation(action: string): Operation | undefined;
  /** Returns whether an error is one that the service's model names. */
  isModeled(error: Error): boolean;
}

const packages = new Map<string, ClientPackage>();

/**
 * Returns the package of a client; undefined if it is not installed next to this package or in the working directory, or if it is
 * older than 2025-10, when clients got the schemas of their operations.
 */
export function loadClient(name: string): ClientPackage | undefined {
  const loaded = packages.get(name) ?? load(name);
  if (loaded) packages.set(name, loaded);
  return loaded;
}

/** Codes that Node reports for a package that is missing, or that has no schemas. */
const absent = new Set<unknown>(['MODULE_NOT_FOUND', 'ERR_PACKAGE_PATH_NOT_EXPORTED']);

function load(name: string): ClientPackage | undefined {
  for (const from of [import.meta.url, join(process.cwd(), 'package.json')]) {
    try {
      const path = createRequire(from).resolve(`@aws-sdk/client-${name}`);
      const opened = open(createRequire(path), path);
      if (opened) return opened;
    } catch (error) {
      if (!absent.has((error as NodeJS.ErrnoException).code)) throw error;
    }
  }
  return undefined;
}

function open(require: NodeJS.Require, path: string): ClientPackage | undefined {
  const content = require(path) as Record<string, unknown>;
  const { NormalizedSchema } = require('@smithy/core/schema') as {
    NormalizedSchema: { of(schema: unknown): Schema };
  };
  const { NodeHttpHandler } = require('@smithy/node-http-handler') as {
    NodeHttpHandler: { create(options: object): unknown };
  };
  const names = Object.keys(content);
  const client = names.find((name) => /[^_]Client$/.test(name)) ?? '';
  const base = names.find((name) => name.endsWith('ServiceException')) ?? '';
  const create = <T>(name: string, argument: unknown): T =>
    new (content[name] as new (argument: unknown) => T)(argument);
  const first = names.find((name) => /\wCommand$/.test(name));
  if (first !== undefined && !create<Command>(first, {}).schema) return undefined;
  return {
    newClient: (configuration, handler) =>
      create(client, { ...configuration, requestHandler: NodeHttpHandler.create(handler) }),
    operation(action) {
      const name = `${action.charAt(0).toUpperCase()}${action.slice(1)}Command`;
      if (!Object.hasOwn(content, name)) return undefined;
      const command = (input: unknown) => create<Command>(name, input);
      const [, , , , input, output] = command({}).schema ?? [];
      const schemas = { input: NormalizedSchema.of(input), output: NormalizedSchema.of(output) };
      const streams = [schemas.input, schemas.output].some((schema) => schema.getEventStreamMember());
      return streams ? undefined : { command, ...schemas };
    },
    isModeled: (error) =>
      error instanceof (content[base] as new () => Error) && error.constructor !== content[base],
  };
}
