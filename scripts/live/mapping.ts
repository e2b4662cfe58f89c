import { join } from 'node:path';
import { type FunctionName, functions } from '../../config/functions.ts';
import type { Names } from '../../stacks/names.ts';

/** A deployed function and the source that stands in for it, as lambda-live-debugger takes it. */
export interface LiveFunction {
  functionName: string;
  codePath: string;
  packageJsonPath: string;
  handler: string;
  /** Native packages are left to `node_modules`. */
  esBuildOptions: { external: string[] };
  metadata: { framework: string };
}

/** All functions of the manifest, or one of them. */
export function liveFunctions(root: string, names: Names, only?: FunctionName): LiveFunction[] {
  const chosen = only ? [only] : (Object.keys(functions) as FunctionName[]);
  return chosen.map((name) => ({
    functionName: names.functions[name],
    codePath: join(root, 'functions', name, 'handler.ts'),
    packageJsonPath: join(root, 'package.json'),
    handler: 'handler.handler',
    esBuildOptions: { external: ['sharp', 'tesseract.js', '*.node'] },
    metadata: { framework: 'none' },
  }));
}

/** Where the debugger looks for it. */
export const configFileName = 'lldebugger.config.ts';

/** The debugger's configuration file: it reads TypeScript, and what is in it here is data. */
export const configFile = (region: string, mapping: readonly LiveFunction[]): string =>
  `const functions = ${JSON.stringify(mapping, null, 2)};
export default { framework: 'none', region: ${JSON.stringify(region)}, getLambdas: async () => functions };
`;
