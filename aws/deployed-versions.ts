import { GetFunctionConfigurationCommand, ResourceNotFoundException } from '@aws-sdk/client-lambda';
import { DescribeStateMachineCommand, UpdateStateMachineCommand } from '@aws-sdk/client-sfn';
import { lambda } from './clients/lambda.ts';
import { sfn } from './clients/sfn.ts';

/** Returns the environment of a version of a function; undefined when it does not exist. */
export async function environmentOfVersion(
  functionName: string,
  version: string,
): Promise<Record<string, string> | undefined> {
  try {
    const { Environment } = await lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: functionName, Qualifier: version }),
    );
    return Environment?.Variables ?? {};
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/** Returns the definition that new executions of a state machine get. */
export async function definitionOf(stateMachineArn: string): Promise<string> {
  return (await sfn.send(new DescribeStateMachineCommand({ stateMachineArn }))).definition ?? '';
}

/** Sets the definition of a state machine; running executions keep theirs. */
export async function setDefinition(stateMachineArn: string, definition: string): Promise<void> {
  await sfn.send(new UpdateStateMachineCommand({ stateMachineArn, definition }));
}
