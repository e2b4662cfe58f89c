import type { Functions } from './functions.ts';
import { parseName } from './qualified-name.ts';
import { latest } from './versions.ts';

/** Returns the configuration of a function, or of a version or an alias of it, as Lambda reports it. */
export function configurationOf(functions: Functions, given: string) {
  const { name, version, memory, timeout, environment, codeSha256 } = functions.find(given);
  const { qualifier = latest } = parseName(given);
  return {
    FunctionName: name,
    FunctionArn: `${functions.arnOf(name)}${qualifier === latest ? '' : `:${qualifier}`}`,
    Runtime: 'nodejs24.x',
    Role: `arn:aws:iam::${functions.account.id}:role/${name}`,
    Handler: codeSha256 ? 'index.handler' : 'handler.handler',
    ...(codeSha256 && { CodeSha256: codeSha256 }),
    PackageType: 'Zip',
    Version: version,
    State: 'Active',
    LastUpdateStatus: 'Successful',
    // Limits below those of Lambda are possible here; a description has its units.
    Timeout: Math.ceil(timeout),
    MemorySize: Math.max(128, memory),
    Environment: { Variables: environment },
  };
}
