import { parseUserData } from '../../../domain/worker-task.ts';
import { type Account, localCredentials } from '../account.ts';
import type { Instance } from './instance.ts';

interface Surroundings {
  account: Account;
  endpoint: string;
  codeCache?: string;
}

/** What a worker sees: its user data, where AWS and its metadata are, and where programs are; nothing else. */
export function workerEnvironment(
  { userData }: Instance,
  { account, endpoint, codeCache }: Surroundings,
  metadataEndpoint: string,
): Record<string, string> {
  const { PATH = '', HOME = '', TMPDIR = '' } = process.env;
  return {
    ...parseUserData(userData),
    PATH,
    ...(HOME && { HOME }),
    ...(TMPDIR && { TMPDIR }),
    ...(codeCache && { NODE_COMPILE_CACHE: codeCache }),
    ...localCredentials,
    AWS_REGION: account.region,
    AWS_DEFAULT_REGION: account.region,
    AWS_ENDPOINT_URL: endpoint,
    AWS_EC2_METADATA_SERVICE_ENDPOINT: metadataEndpoint,
  };
}
