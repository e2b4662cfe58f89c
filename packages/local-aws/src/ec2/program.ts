import { type Account, callerName, localAccess } from '../account.ts';
import type { Instance } from './instance.ts';

/** The program of an instance, which runs in place of its image: a module with its own process. */
export interface Program {
  /** Its name in the log, for debuggers and in the requests of its SDK. */
  name: string;
  /** File of the main module. */
  main: string;
  /** Variables from the instance's user data or image. */
  environment: Readonly<Record<string, string>>;
}

/** Returns the program of an instance; an error ends the instance with its message. */
export type ProgramOf = (instance: Readonly<Instance>) => Program;

interface Surroundings {
  account: Account;
  endpoint: string;
  /** The folder that is the instance's disk; it is deleted with the instance. */
  disk?: string;
  codeCache?: string;
}

/** Returns a program's environment: its own, the endpoints of AWS and of its metadata, and the program path. */
export function machineEnvironment(
  { name, environment }: Program,
  { account, endpoint, disk, codeCache }: Surroundings,
  metadataEndpoint: string,
): Record<string, string> {
  const { PATH = '', HOME = '', TMPDIR = '' } = process.env;
  const temporary = disk ?? TMPDIR;
  return {
    ...environment,
    PATH,
    ...(HOME && { HOME }),
    ...(temporary && { TMPDIR: temporary }),
    ...(codeCache && { NODE_COMPILE_CACHE: codeCache }),
    ...localAccess({ endpoint, region: account.region }),
    // Identifies the caller in each request.
    AWS_SDK_UA_APP_ID: callerName(name),
    AWS_EC2_METADATA_SERVICE_ENDPOINT: metadataEndpoint,
  };
}
