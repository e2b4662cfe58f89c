import { join } from 'node:path';
import { type FunctionName, functionNames, isOptional } from '../../config/functions.ts';
import type { Names } from '../../stacks/names.ts';

/** A deployed function and the source that replaces it, in lambda-live-debugger's format. */
export interface LiveFunction {
  functionName: string;
  codePath: string;
  packageJsonPath: string;
  handler: string;
  /** Native packages stay in `node_modules`. */
  esBuildOptions: { external: string[] };
  metadata: { framework: string };
}

/** Returns the mapping of all functions of the manifest, or of one of them. */
export function liveFunctions(root: string, names: Names, only?: FunctionName): LiveFunction[] {
  const chosen = only ? [only] : functionNames.filter((name) => !isOptional(name));
  return chosen.map((name) => ({
    functionName: names.functions[name],
    codePath: join(root, 'functions', name, 'handler.ts'),
    packageJsonPath: join(root, 'package.json'),
    handler: 'handler.handler',
    esBuildOptions: { external: ['sharp', 'tesseract.js', '*.node'] },
    metadata: { framework: 'none' },
  }));
}

/** Name under which the debugger reads it. */
export const configFileName = 'lldebugger.config.ts';

/** Returns the debugger's configuration file, which is TypeScript with this data in it. */
export const configFile = (region: string, mapping: readonly LiveFunction[]): string =>
  `const functions = ${JSON.stringify(mapping, null, 2)};
export default { framework: 'none', region: ${JSON.stringify(region)}, getLambdas: async () => functions };
`;
