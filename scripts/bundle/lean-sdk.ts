import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

const namedImport = /import \{([^}]*)\} from (['"])(@aws-sdk\/(?:client|lib)-[^'"/]+)\2;/g;

/**
 * Imports SDK names from the files that define them instead of the index of all commands: EC2's index alone has a
 * thousand files to read and discard again, for each bundle.
 */
export const deepImports = (text: string): string =>
  text.replace(namedImport, (_, names: string, quote: string, module: string) =>
    names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && !name.startsWith('type '))
      .map((name) => `import { ${name} } from ${quote}${module}/dist-es/${placeOf(name)}${quote};`)
      .join(' '),
  );

/** Returns the file of its package that defines a name. */
function placeOf(imported: string): string {
  const name = imported.replace(/ as .*/, '');
  if (name.endsWith('Command')) return `commands/${name}`;
  if (name.endsWith('Client') || name === 'Upload') return name;
  if (name.endsWith('ServiceException')) return `models/${name}`;
  const paginated = /^paginate(\w+)$/.exec(name)?.[1];
  if (paginated) return `pagination/${paginated}Paginator`;
  return name === 'ChecksumAlgorithm' ? 'models/enums' : 'models/errors';
}

const constant = /^const (\w+) = ("[^"\n]*");$/gm;
const computedKey = /\[(_\w+)\]:/g;

/**
 * The SDK describes the types of a service in one table, with keys like `[_xN]`. A computed key could have a side
 * effect, so bundlers keep every row, and a function that starts a machine contains all of EC2. With literal keys, only
 * the rows that its commands use remain.
 */
function leanSchemas(text: string): string {
  const values = new Map([...text.matchAll(constant)].map(([, name, value]) => [name, value]));
  return text.replace(computedKey, (key, name: string) => `${values.get(name) ?? key.slice(0, -1)}:`);
}

/** Packages of the SDK that import each other. */
export const leanSdk: Plugin = {
  name: 'lean-sdk',
  setup(build) {
    build.onLoad({ filter: /[\\/]@aws-sdk[\\/].*[\\/]schemas[\\/]schemas_\d+\.js$/ }, ({ path }) => ({
      contents: leanSchemas(readFileSync(path, 'utf8')),
    }));
    build.onLoad({ filter: /[\\/]@aws-sdk[\\/]lib-[^\\/]+[\\/]dist-es[\\/].*\.js$/ }, ({ path }) => ({
      contents: deepImports(readFileSync(path, 'utf8')),
    }));
  },
};
