import { type Account, callerName, localAccess } from '../account.ts';
import type { DeployedFunction } from './definition.ts';

/** Returns a function's environment: its declared variables, those of Lambda, and the search path of programs. */
export function variablesOf(
  { name, version, label, memory, environment }: DeployedFunction,
  account: Account,
  endpoint: string,
): Record<string, string> {
  const { PATH = '', HOME = '', TMPDIR = '' } = process.env;
  return {
    PATH,
    ...(HOME && { HOME }),
    ...(TMPDIR && { TMPDIR }),
    ...environment,
    ...localAccess({ endpoint, region: account.region }),
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    // Identifies the caller in each request.
    AWS_SDK_UA_APP_ID: callerName(label),
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memory),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
  };
}
