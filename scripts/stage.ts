import { join } from 'node:path';
import { awsCredentials } from '../aws/credentials.ts';
import { ConfigurationError } from '../domain/errors.ts';
import { loadDeployment } from '../stacks/deployment.ts';

/** Returns STAGE of the command line; prod by default. */
export function stageOf(environment: Readonly<Record<string, string | undefined>>): string {
  const stage = environment.STAGE || 'prod';
  if (/^[a-z][a-z0-9]{1,9}$/.test(stage)) return stage;
  throw new ConfigurationError(`STAGE is ${stage}; it is 2 to 10 lower-case letters and digits, like dev`);
}

/** Returns whether the AWS clients of this process use a local cloud. */
export const isLocalCloud = () => Boolean(process.env.AWS_ENDPOINT_URL);

/**
 * Prepares requests about a stage: sets the region from its file, whatever the shell's is, and checks the credentials.
 * With AWS_ENDPOINT_URL the local cloud is used.
 */
export async function enterStage(stage: string): Promise<void> {
  if (isLocalCloud()) return;
  const { region } = await loadDeployment(stage, join(import.meta.dirname, '..'));
  // The SDK reads this at its first request.
  process.env.AWS_REGION = region;
  await awsCredentials().catch((cause: Error) => {
    throw new ConfigurationError(
      `no AWS credentials (${cause.message}); run aws configure or aws sso login, or set AWS_PROFILE`,
      { cause },
    );
  });
}
