import { parseUserData, workerMemory } from '../../../domain/worker-task.ts';
import { type Account, localCredentials } from '../account.ts';
import type { Instance } from './instance.ts';

interface Surroundings {
  account: Account;
  endpoint: string;
  /** The folder that is the instance's disk: whatever it leaves there goes with it. */
  disk?: string;
  codeCache?: string;
}

/** What a worker sees: its user data, where AWS and its metadata are, and where programs are; nothing else. */
export function workerEnvironment(
  { userData }: Instance,
  { account, endpoint, disk, codeCache }: Surroundings,
  metadataEndpoint: string,
): Record<string, string> {
  const { PATH = '', HOME = '', TMPDIR = '' } = process.env;
  const temporary = disk ?? TMPDIR;
  const task = parseUserData(userData);
  return {
    ...task,
    ...workerMemory,
    PATH,
    ...(HOME && { HOME }),
    ...(temporary && { TMPDIR: temporary }),
    ...(codeCache && { NODE_COMPILE_CACHE: codeCache }),
    ...localCredentials,
    // So that each request says who made it.
    ...(task.WORKER && { AWS_SDK_UA_APP_ID: task.WORKER }),
    AWS_REGION: account.region,
    AWS_DEFAULT_REGION: account.region,
    AWS_ENDPOINT_URL: endpoint,
    AWS_EC2_METADATA_SERVICE_ENDPOINT: metadataEndpoint,
  };
}
