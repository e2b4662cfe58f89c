import { GetAliasCommand, ResourceNotFoundException, UpdateAliasCommand } from '@aws-sdk/client-lambda';
import { lambda } from './clients/lambda.ts';

/** Returns the version that an alias of a function chooses; undefined without the function or the alias. */
export async function aliasVersion(functionName: string, alias: string): Promise<string | undefined> {
  try {
    const found = await lambda.send(new GetAliasCommand({ FunctionName: functionName, Name: alias }));
    return found.FunctionVersion;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/** Makes an alias choose a version; later calls of the alias run it. */
export async function chooseVersion(functionName: string, alias: string, version: string): Promise<void> {
  await lambda.send(
    new UpdateAliasCommand({ FunctionName: functionName, Name: alias, FunctionVersion: version }),
  );
}
