import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { AwsError } from '../protocol/aws-error.ts';
import { storedJson } from '../state/stored-json.ts';
import type { DeployedFunction } from './definition.ts';

const Published = z.object({
  version: z.string(),
  description: z.string(),
  file: z.string(),
  codeSha256: z.string(),
  environment: z.record(z.string(), z.string()),
  memory: z.number(),
  timeout: z.number(),
});
export type Published = z.infer<typeof Published>;
const Alias = z.object({ version: z.string(), description: z.string() });
export type Alias = z.infer<typeof Alias>;
const Stored = z.record(
  z.string(),
  z.object({ versions: z.array(Published), aliases: z.record(z.string(), Alias) }),
);
const none: z.infer<typeof Stored>[string] = { versions: [], aliases: {} };

export const latest = '$LATEST';
/** The names that Lambda accepts, which no version has. */
const aliasPattern = /^(?!\d+$)[\w-]{1,128}$/;

const missing = (what: string) => new AwsError('ResourceNotFoundException', what, 404);
const invalid = (message: string) => new AwsError('InvalidParameterValueException', message);

/** Opens the versions and aliases that are stored in a folder, where they stay when the cloud is started again. */
export function openVersions(folder: string) {
  const stored = storedJson(join(folder, 'versions.json'), Stored, {});
  const all = new Map(Object.entries(stored.read()));
  const of = (name: string) => all.get(name) ?? none;
  function change(name: string, changed: Partial<z.infer<typeof Stored>[string]>): void {
    all.set(name, { ...of(name), ...changed });
    stored.write(Object.fromEntries(all));
  }
  const aliasesOf = ({ name, aliases }: DeployedFunction): Readonly<Record<string, Alias>> => ({
    ...Object.fromEntries(aliases.map((alias) => [alias, { version: latest, description: '' }])),
    ...of(name).aliases,
  });
  const versionOf = (name: string, version: string): Published => {
    const found = of(name).versions.find((one) => one.version === version);
    if (!found) throw missing(`Function not found: ${name}:${version}`);
    return found;
  };

  return {
    /** Returns what a qualifier of a function runs: the function itself for none and for $LATEST. */
    resolve(declared: DeployedFunction, qualifier: string = latest): DeployedFunction {
      const { name } = declared;
      const version = aliasesOf(declared)[qualifier]?.version ?? qualifier;
      if (version === latest) return declared;
      const { description: _, ...published } = versionOf(name, version);
      return { ...declared, ...published };
    },

    /** Publishes the code and configuration of a function, unless its last version already has them. */
    publish({ name, ...declared }: DeployedFunction, description = ''): Published {
      const { file, codeSha256, environment, memory, timeout } = declared;
      if (!codeSha256)
        throw invalid(
          `${name} runs from its source here; upload a zip with UpdateFunctionCode to publish it`,
        );
      const { versions } = of(name);
      const last = versions.at(-1);
      const code = { file, codeSha256, environment, memory, timeout };
      if (last && isDeepStrictEqual({ ...last, ...code }, last)) return last;
      const published = { ...code, description, version: String(Number(last?.version ?? 0) + 1) };
      change(name, { versions: [...versions, published] });
      return published;
    },
    versions: (name: string): readonly Published[] => of(name).versions,

    aliases: aliasesOf,
    alias(declared: DeployedFunction, alias: string): Alias {
      const found = aliasesOf(declared)[alias];
      if (!found) throw missing(`Alias not found: ${declared.name}:${alias}`);
      return found;
    },
    setAlias(name: string, alias: string, { version, description }: Alias): Alias {
      if (!aliasPattern.test(alias)) throw invalid(`${alias} is not the name of an alias`);
      if (version !== latest) versionOf(name, version);
      change(name, { aliases: { ...of(name).aliases, [alias]: { version, description } } });
      return { version, description };
    },
    deleteAlias(name: string, alias: string): void {
      const { [alias]: _, ...others } = of(name).aliases;
      change(name, { aliases: others });
    },
  };
}
