import type { DeployedFunction } from '../../aws/deployed-functions.ts';
import { ConfigurationError } from '../../domain/errors.ts';
import type { Names } from '../../stacks/names.ts';

/**
 * Returns the environment of a stage's own functions, so that a command uses the same bucket and tables, and the ARN of
 * the state machine, which is in the same account and region.
 */
export function stageEnvironment(
  stage: string,
  names: Names,
  functions: readonly DeployedFunction[],
): Record<string, string> {
  const [, partition, , region, account] = functions[0]?.arn.split(':') ?? [];
  if (!partition || !region || !account)
    throw new ConfigurationError(`stage ${stage} has no function with an ARN`);
  return {
    ...Object.assign({}, ...functions.map(({ environment }) => environment)),
    STAGE: stage,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    STATE_MACHINE_ARN: `arn:${partition}:states:${region}:${account}:stateMachine:${names.prefix}`,
  };
}
