import { parseUserData, workerMemory } from '../../../domain/worker-task.ts';
import { type Account, localCredentials } from '../account.ts';
import type { Instance } from './instance.ts';

interface Surroundings {
  account: Account;
  endpoint: string;
  /** The folder that is the instance's disk; it is deleted with the instance. */
  disk?: string;
  codeCache?: string;
}

/** Returns a worker's environment: its user data, the endpoints of AWS and of its metadata, and the program path. */
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
    // Identifies the caller in each request.
    ...(task.WORKER && { AWS_SDK_UA_APP_ID: task.WORKER }),
    AWS_REGION: account.region,
    AWS_DEFAULT_REGION: account.region,
    AWS_ENDPOINT_URL: endpoint,
    AWS_EC2_METADATA_SERVICE_ENDPOINT: metadataEndpoint,
  };
}
