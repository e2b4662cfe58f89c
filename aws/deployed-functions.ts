import { GetFunctionConfigurationCommand, ResourceNotFoundException } from '@aws-sdk/client-lambda';
import { ConfigurationError } from '../domain/errors.ts';
import { lambda } from './clients/lambda.ts';

export interface DeployedFunction {
  arn: string;
  environment: Record<string, string>;
  /** ARNs. */
  layers: string[];
}

/** Returns a deployed function; undefined when it does not exist. */
export async function deployedFunction(name: string): Promise<DeployedFunction | undefined> {
  try {
    const found = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }));
    return {
      arn: found.FunctionArn ?? '',
      environment: found.Environment?.Variables ?? {},
      layers: (found.Layers ?? []).map(({ Arn = '' }) => Arn),
    };
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/** Returns a deployed function. Throws ConfigurationError when it does not exist. */
export async function requiredFunction(name: string): Promise<DeployedFunction> {
  const found = await deployedFunction(name);
  if (!found) throw new ConfigurationError(`${name} is not deployed in this account and region`);
  return found;
}

/** Returns the ARN of the state machine of the same stage, account and region as a function. */
export const stateMachineNextTo = (functionArn: string, { prefix }: { prefix: string }): string =>
  functionArn.replace(':lambda:', ':states:').replace(/:function:.*$/, `:stateMachine:${prefix}`);
