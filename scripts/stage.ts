import { join } from 'node:path';
import { awsCredentials } from '../aws/credentials.ts';
import { ConfigurationError } from '../domain/errors.ts';
import { loadDeployment } from '../stacks/deployment.ts';

/** STAGE of the command line; prod when it isn't given. */
export function stageOf(environment: Readonly<Record<string, string | undefined>>): string {
  const stage = environment.STAGE || 'prod';
  if (/^[a-z][a-z0-9]{1,9}$/.test(stage)) return stage;
  throw new ConfigurationError(`STAGE is ${stage}; it is 2 to 10 lower-case letters and digits, like dev`);
}

/** Whether the AWS clients of this process are pointed at a cloud on this machine. */
export const isLocalCloud = () => Boolean(process.env.AWS_ENDPOINT_URL);

/**
 * Before AWS is asked about a stage: in the region that its file names, whatever the shell's is, where there would only be
 * nothing; and with credentials. The local cloud is where AWS_ENDPOINT_URL says.
 */
export async function enterStage(stage: string): Promise<void> {
  if (isLocalCloud()) return;
  const { region } = await loadDeployment(stage, join(import.meta.dirname, '..'));
  // Where the SDK looks, when it is first asked.
  process.env.AWS_REGION = region;
  await awsCredentials().catch((cause: Error) => {
    throw new ConfigurationError(
      `no AWS credentials (${cause.message}); run aws configure or aws sso login, or set AWS_PROFILE`,
      { cause },
    );
  });
}
