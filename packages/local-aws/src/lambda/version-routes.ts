import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { AwsError } from '../protocol/aws-error.ts';
import { readBody } from '../protocol/body.ts';
import { sendJson } from '../protocol/responses.ts';
import { configurationOf } from './configuration.ts';
import type { Functions } from './functions.ts';
import { type Alias, latest } from './versions.ts';

/** Maximum size in bytes of a request with a zip: 50 MB of zip, as base64 (Lambda quotas). */
const maxUpload = 70 * 1024 * 1024;

const Text = z.string().optional();
const Code = z.strictObject({
  ZipFile: z.base64(),
  Publish: z.boolean().optional(),
  Architectures: z.array(z.string()).optional(),
});
const Configuration = z.strictObject({
  Description: Text,
  MemorySize: z.number().optional(),
  Timeout: z.number().optional(),
  Environment: z.object({ Variables: z.record(z.string(), z.string()).optional() }).optional(),
});
const Publish = z.strictObject({ Description: Text, CodeSha256: Text });
const NewAlias = z.strictObject({ Name: z.string(), FunctionVersion: z.string(), Description: Text });
const ChangedAlias = z.strictObject({ FunctionVersion: Text, Description: Text });

async function bodyOf<T>(request: IncomingMessage, schema: z.ZodType<T>): Promise<T> {
  const text = (await readBody(request, maxUpload)).toString() || '{}';
  const read = schema.safeParse(parsed(text));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  // Fields that this cloud would have to ignore are among them, such as the weights of an alias.
  throw new AwsError(
    'InvalidParameterValueException',
    `${issue?.path.join('.') ?? ''} ${issue?.message} (in the local cloud)`.trim(),
  );
}

/** Returns undefined for text that is not JSON, which no schema accepts. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The calls about code, versions and aliases: the method and what follows the function's name in the path. */
export function versionRoutes(functions: Functions) {
  const { versions } = functions;
  const described = (name: string, alias: string, { version, description }: Alias) => ({
    AliasArn: `${functions.arnOf(name)}:${alias}`,
    Name: alias,
    FunctionVersion: version,
    Description: description,
    RevisionId: `${name}-${alias}-${version}`,
  });
  const describe = (name: string, version: string) => configurationOf(functions, `${name}:${version}`);

  const routes: Readonly<
    Record<
      string,
      (name: string, rest: string, request: IncomingMessage, response: ServerResponse) => unknown
    >
  > = {
    async 'PUT code'(name, _, request, response) {
      const { ZipFile, Publish: publish } = await bodyOf(request, Code);
      functions.upload(name, Buffer.from(ZipFile, 'base64'));
      const version = publish ? functions.publish(name).version : latest;
      sendJson(response, describe(name, version));
    },
    async 'PUT configuration'(name, _, request, response) {
      const { MemorySize: memory, Timeout: timeout, Environment } = await bodyOf(request, Configuration);
      functions.change(name, {
        ...(memory && { memory }),
        ...(timeout && { timeout }),
        ...(Environment && { environment: Environment.Variables ?? {} }),
      });
      sendJson(response, describe(name, latest));
    },
    async 'POST versions'(name, _, request, response) {
      const { Description } = await bodyOf(request, Publish);
      sendJson(response, describe(name, functions.publish(name, Description).version), 201);
    },
    'GET versions'(name, _, __, response) {
      functions.find(name);
      const all = [latest, ...versions.versions(name).map(({ version }) => version)];
      sendJson(response, { Versions: all.map((version) => describe(name, version)) });
    },
    async 'POST aliases'(name, _, request, response) {
      const declared = functions.find(name);
      const { Name, FunctionVersion, Description = '' } = await bodyOf(request, NewAlias);
      if (versions.aliases(declared)[Name])
        throw new AwsError('ResourceConflictException', `Alias already exists: ${name}:${Name}`, 409);
      const made = versions.setAlias(name, Name, { version: FunctionVersion, description: Description });
      sendJson(response, described(name, Name, made), 201);
    },
    'GET aliases'(name, alias, _, response) {
      const declared = functions.find(name);
      if (alias) return sendJson(response, described(name, alias, versions.alias(declared, alias)));
      const all = Object.entries(versions.aliases(declared));
      sendJson(response, { Aliases: all.map(([one, value]) => described(name, one, value)) });
    },
    async 'PUT aliases'(name, alias, request, response) {
      const before = versions.alias(functions.find(name), alias);
      const { FunctionVersion: version = before.version, Description: description = before.description } =
        await bodyOf(request, ChangedAlias);
      sendJson(response, described(name, alias, versions.setAlias(name, alias, { version, description })));
    },
    'DELETE aliases'(name, alias, _, response) {
      versions.deleteAlias(name, alias);
      response.writeHead(204).end();
    },
  };
  return routes;
}
